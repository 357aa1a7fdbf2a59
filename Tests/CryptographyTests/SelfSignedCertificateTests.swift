import Cryptography
import FoundationEssentials
import Glibc
import TestSupport
import Testing

@Suite("The self-signed certificate, as the openssl program sees it")
struct SelfSignedCertificateTests {
  private static let now: Int64 = 1_795_265_047_000

  private let directory: ScratchDirectory
  private let certificate: SelfSignedCertificate

  init() throws {
    directory = try ScratchDirectory()
    certificate = try SelfSignedCertificate(wallTime: Self.now, days: 30)
    try Data(certificate.certificatePEM.utf8)
      .write(to: URL(filePath: directory.file("cert.pem")))
    try Data(certificate.privateKeyPEM.utf8).write(to: URL(filePath: directory.file("key.pem")))
  }

  /// What `openssl` prints for these arguments, and its exit status.
  private func openssl(_ arguments: String) throws -> (output: String, status: Int32) {
    let pipe = try #require(popen("cd \(directory.path) && openssl \(arguments) 2>&1", "r"))
    var output: [UInt8] = []
    while case let byte = getc(pipe), byte != EOF { output.append(UInt8(byte)) }
    return (String(decoding: output, as: UTF8.self), pclose(pipe))
  }

  @Test("It names the loopback addresses, the curve and the times")
  func contents() throws {
    let (text, status) = try openssl("x509 -in cert.pem -noout -text")
    #expect(status == 0)
    #expect(
      text.contains("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1"))
    #expect(text.contains("ASN1 OID: prime256v1"))
    #expect(text.contains("CA:FALSE"))
    #expect(text.contains("Version: 3"))
    #expect(text.contains("Not Before: Nov 21 11:44:07 2026 GMT"))
    #expect(text.contains("Not After : Dec 21 12:44:07 2026 GMT"))
  }

  @Test("The key belongs to it")
  func key() throws {
    let (fromKey, status) = try openssl("pkey -in key.pem -pubout")
    #expect(status == 0)
    #expect(fromKey.hasPrefix("-----BEGIN PUBLIC KEY-----"))
    #expect(try openssl("x509 -in cert.pem -noout -pubkey").output == fromKey)
  }

  @Test(
    "It verifies against itself for each of its names, strictly",
    arguments: ["-verify_hostname localhost", "-verify_ip 127.0.0.1", "-verify_ip ::1"])
  func verification(name: String) throws {
    let (text, status) = try openssl(
      "verify -x509_strict -purpose sslserver -attime \(Self.now / 1000) \(name)"
        + " -CAfile cert.pem cert.pem")
    #expect(text == "cert.pem: OK\n")
    #expect(status == 0)
  }

  @Test(
    "It does not for another name, nor after its time, nor against another",
    arguments: [
      "-attime 1795265047 -verify_hostname example.org -CAfile cert.pem",
      "-attime 1795265047 -verify_ip 127.0.0.2 -CAfile cert.pem",
      "-attime 1797857048 -CAfile cert.pem",
      "-attime 1795265047 -CAfile other.pem",
    ])
  func refusal(options: String) throws {
    let other = try SelfSignedCertificate(wallTime: Self.now)
    try Data(other.certificatePEM.utf8).write(to: URL(filePath: directory.file("other.pem")))
    #expect(try openssl("verify \(options) cert.pem").status != 0)
  }

  @Test("Each has a key and a number of its own")
  func freshness() throws {
    let other = try SelfSignedCertificate(wallTime: Self.now, days: 30)
    #expect(other.privateKeyPEM != certificate.privateKeyPEM)
    #expect(other.certificatePEM != certificate.certificatePEM)
  }
}
