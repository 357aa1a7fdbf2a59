import Cryptography
import Glibc
import Transport

/// A certificate for this machine's loopback names, made anew for every run and valid for a week.
enum LoopbackCertificate {
  /// A fresh key and a certificate signed by it. `wallTime` is now, in milliseconds since 1970.
  static func make(wallTime: Int64) throws(SandboxError) -> TLSIdentity {
    do {
      let made = try SelfSignedCertificate(wallTime: wallTime, days: 7)
      return TLSIdentity(certificate: made.certificatePEM, privateKey: made.privateKeyPEM)
    } catch {
      throw .certificate("\(error)")
    }
  }

  /// Writes the certificate (never the key) as `sandbox-ca.pem` and returns its path.
  static func publish(_ identity: TLSIdentity, in directory: String) throws(SandboxError) -> String
  {
    let path = directory + "/sandbox-ca.pem"
    guard let file = fopen(path, "we") else {
      throw .certificate("\(path): \(String(cString: strerror(errno)))")
    }
    let wasWritten = fputs(identity.certificate, file) >= 0
    guard fclose(file) == 0, wasWritten else {
      throw .certificate("\(path) could not be written")
    }
    return path
  }
}
