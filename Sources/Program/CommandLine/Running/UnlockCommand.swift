import CLinux
import Cryptography
import Domain
import Glibc
import Relay
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
    let started = start(words, output: ends[1])
    close(ends[1])
    guard case .success(let child) = started else {
      guard case .failure(let number) = started else { throw failure("it did not start") }
      throw failure(
        number.code == ENOENT ? "there is no such program" : String(cString: strerror(number.code)))
    }
    let bytes = read(from: ends[0])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    guard status == 0 else {
      throw failure(
        status & 0x7f == 0 ? "it ended with \(status >> 8 & 0xff)" : "it was stopped")
    }
    return try PassphraseFile.firstLine(of: bytes, from: name)
  }

  private var name: String { "unlock-command \(harmlessName)" }
  private var harmlessName: String { harmless(template, limit: 60) }

  private func failure(_ reason: String) -> KeyError { .inaccessible(path: name, reason: reason) }

  private struct Failure: Error { var code: Int32 }

  private func start(_ words: [String], output: Int32) -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_addclosefrom_np(&actions, 3)
    var attributes = posix_spawnattr_t()
    linux_spawn_afresh(&attributes, 0)
    defer { posix_spawnattr_destroy(&attributes) }
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] =
      ChildProgram.environment().map { strdup($0) } + [nil]
    defer { for text in arguments + variables { free(text) } }
    var child: pid_t = 0
    let result = posix_spawnp(&child, words[0], &actions, &attributes, &arguments, &variables)
    return result == 0 ? .success(child) : .failure(Failure(code: result))
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
