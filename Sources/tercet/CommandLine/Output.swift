import Console
import FoundationEssentials
import Glibc
import Synchronization

/// Where a command's lines go: JSON Lines, or words for a person.
final class Output: Sendable {
  let isJSON: Bool
  private let lock = Mutex(())

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// Prints one line of the contract: its JSON, or `words`.
  func line(_ value: some Encodable, _ words: @autoclosure () -> String) {
    write(isJSON ? Output.json(value) : words(), to: STDOUT_FILENO)
  }

  /// Prints text that is the same in both forms.
  func raw(_ text: String) { write(text, to: STDOUT_FILENO) }

  /// Prints words that have no JSON form; nothing with `--json`.
  func words(_ text: String) {
    if !isJSON { write(text, to: STDOUT_FILENO) }
  }

  /// A remark on standard error, for a person only.
  func remark(_ text: String) {
    if !isJSON { write("tercet: \(text)", to: STDERR_FILENO) }
  }

  /// A line of the log, whatever form the answer has.
  func log(_ text: String) { write(harmless(text), to: STDERR_FILENO) }

  func failure(_ error: ConsoleError) {
    struct Envelope: Encodable {
      struct Body: Encodable { var code, message, hint: String }
      var error: Body
    }
    let body = Envelope.Body(code: error.code, message: error.message, hint: error.hint)
    let words = "tercet: \(harmless(error.sentences))"
    write(isJSON ? Output.json(Envelope(error: body)) : words, to: STDERR_FILENO)
  }

  /// Compact JSON with keys in a fixed order.
  static func json(_ value: some Encodable) -> String { jsonText(of: value) }

  /// Prints text that has its line breaks already.
  func whole(_ text: String) { write(bytes: Array(text.utf8), to: STDOUT_FILENO) }

  /// Writes whole lines at once, so that two tasks never mix theirs. A closed pipe ends the program
  /// by SIGPIPE, as scripts expect.
  private func write(_ text: String, to descriptor: Int32) {
    write(bytes: Array((text + "\n").utf8), to: descriptor)
  }

  private func write(bytes: [UInt8], to descriptor: Int32) {
    lock.withLock { _ in
      var written = 0
      while written < bytes.count {
        let count = bytes[written...].withUnsafeBytes {
          Glibc.write(descriptor, $0.baseAddress, $0.count)
        }
        if count < 0 && errno != EINTR { return }
        written += max(0, count)
      }
    }
  }
}
