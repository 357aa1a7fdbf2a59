import CLinux
import Cryptography
import Domain
import Glibc
import Processes
import Storage

/// A program whose first line is a passphrase: a password manager, as in `pass show tercet`.
///
/// It may ask at the terminal itself. It gets none of our settings, secrets and files.
struct UnlockCommand {
  private let template: String
  /// More a passphrase has not.
  private static let limit = 4096

  init(_ template: String) { self.template = template }

  func passphrase() throws(KeyError) -> Secret {
    guard let words = OperatorCommand(template)?.words else { throw failure("it is no command") }
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw failure(String(cString: strerror(errno))) }
    defer { close(ends[0]) }
    let child: pid_t
    do throws(ChildProcess.Failure) {
      defer { close(ends[1]) }
      child = try ChildProcess.start(words, files: [1: ends[1]], place: .beside)
    } catch {
      throw failure(error.reason)
    }
    let bytes = read(from: ends[0])
    let code = ChildProcess.end(of: child)
    guard code == 0 else {
      throw failure(code > 0 ? "it ended with \(code)" : "it was stopped")
    }
    guard let passphrase = PassphraseFile.firstLine(of: bytes) else {
      throw failure("its first line is empty")
    }
    return passphrase
  }

  private func failure(_ reason: String) -> KeyError {
    .noWord(from: harmless(template, limit: 60), reason: reason)
  }

  private func read(from descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 512)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return bytes }
      // What is too much is read, so that the program can end, and left out.
      if bytes.count < UnlockCommand.limit { bytes += buffer[..<count] }
    }
  }
}
