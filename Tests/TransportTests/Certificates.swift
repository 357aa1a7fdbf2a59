import FoundationEssentials
import Glibc
import Transport

/// Certificates made for one test run with the `openssl` program, in a directory of their own.
struct Certificates {
  let identity: TLSIdentity
  /// A file that a client may trust to accept `identity`.
  let authorityFile: String

  /// A self-signed certificate for localhost and 127.0.0.1.
  static let shared = Result { try Certificates(name: "localhost", addresses: "IP:127.0.0.1") }
  /// One for another host, to be refused even where its authority is trusted.
  static let foreign = Result { try Certificates(name: "elsewhere.example", addresses: nil) }

  private init(name: String, addresses: String?) throws {
    let directory = try TemporaryDirectory.make()
    let (key, certificate) = (directory + "/key.pem", directory + "/certificate.pem")
    let names = ["DNS:\(name)", addresses].compactMap { $0 }.joined(separator: ",")
    try run([
      "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
      "-nodes", "-days", "2", "-subj", "/CN=\(name)", "-addext", "subjectAltName=\(names)",
      "-keyout", key, "-out", certificate,
    ])
    identity = TLSIdentity(
      certificate: try String(contentsOfFile: certificate, encoding: .utf8),
      privateKey: try String(contentsOfFile: key, encoding: .utf8))
    authorityFile = certificate
  }
}

private func run(_ arguments: [String]) throws {
  var child = pid_t()
  var pointers = arguments.map { strdup($0) }
  pointers.append(nil)
  defer { for pointer in pointers { free(pointer) } }
  var actions = posix_spawn_file_actions_t()
  posix_spawn_file_actions_init(&actions)
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
  defer { posix_spawn_file_actions_destroy(&actions) }
  var status: Int32 = 0
  guard posix_spawnp(&child, arguments[0], &actions, nil, pointers, environ) == 0,
    waitpid(child, &status, 0) == child, status == 0
  else { throw TransportError.io("\(arguments[0]) failed") }
}
