import Accounts
import Dispatch
import Domain
import FoundationEssentials
import Glibc
import Phrases
import Synchronization

/// Where a command's lines go: JSON Lines, or words for a person.
///
/// All that is written to standard output goes through here. The first write that fails ends the
/// command: `failure` then says what the program ends with.
final class Output: Sendable {
  let isJSON: Bool
  /// Tells once that nobody can read on: a write has failed, or the reader has gone.
  let end: AsyncStream<Void>
  private let ending: AsyncStream<Void>.Continuation
  private let lock = Mutex<ConsoleError?>(nil)
  private let readerGone = Mutex(false)

  init(isJSON: Bool) {
    self.isJSON = isJSON
    (end, ending) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
  }

  /// Why standard output could not be written; nil if all of it was.
  var failure: ConsoleError? { lock.withLock { $0 } }

  /// Prints one line of the contract: its JSON, or `words`.
  func line(_ value: some Encodable, _ words: @autoclosure () -> String) {
    guard failure == nil else { return }
    print((isJSON ? Output.json(value) : words()) + "\n")
  }

  /// Prints text that is the same in both forms.
  func raw(_ text: String) { print(text + "\n") }

  /// Prints words that have no JSON form; nothing with `--json`.
  func words(_ text: String) {
    if !isJSON { print(text + "\n") }
  }

  /// Prints text that has its line breaks already.
  func whole(_ text: String) { print(text) }

  /// A remark on standard error, for a person only.
  func remark(_ text: String) {
    if !isJSON { complain("tercet: \(text)") }
  }

  /// A line of the log, whatever form the answer has.
  func log(_ text: String) { complain(harmless(text)) }

  func failure(_ error: ConsoleError) {
    struct Envelope: Encodable {
      struct Body: Encodable { var code, message, hint: String }
      var error: Body
    }
    let body = Envelope.Body(code: error.code, message: error.message, hint: error.hint)
    let words = "tercet: \(harmless(error.sentences))"
    complain(isJSON ? Output.json(Envelope(error: body)) : words)
  }

  /// Compact JSON with keys in a fixed order.
  static func json(_ value: some Encodable) -> String { jsonText(of: value) }

  /// Whether a watched reader has gone: nothing that is told then is of use to anybody.
  var isReaderGone: Bool { readerGone.withLock { $0 } }

  /// Ends the command, too, when whoever reads its lines has gone and no line is due.
  func watchReader() {
    DispatchQueue(label: "tercet.reader").async { [self] in
      var reader = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      // Errors and hang-ups are told without being asked for; nothing else is.
      while poll(&reader, 1, -1) < 0, errno == EINTR {}
      readerGone.withLock { $0 = true }
      ending.yield()
    }
  }

  private func print(_ text: String) {
    let failed = lock.withLock { failure in
      guard failure == nil else { return false }
      guard let reason = Output.write(Array(text.utf8), to: STDOUT_FILENO) else { return false }
      failure = .notWritten(reason)
      return true
    }
    if failed { ending.yield() }
  }

  /// Nobody can be told that standard error cannot be written.
  private func complain(_ text: String) {
    lock.withLock { _ in _ = Output.write(Array((text + "\n").utf8), to: STDERR_FILENO) }
  }

  /// Writes all of it, so that two tasks never mix their lines; returns the system's error if that
  /// cannot be done.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        written += count
      } else if count < 0, errno == EAGAIN {
        // Whoever gave it to us wants to wait for nothing; we have to.
        var outlet = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        _ = poll(&outlet, 1, -1)
      } else if count < 0, errno != EINTR {
        return errno
      }
    }
    return nil
  }
}

extension ConsoleError {
  fileprivate static func notWritten(_ reason: Int32) -> ConsoleError {
    let hint: Phrase =
      switch reason {
      case ENOSPC, EDQUOT: .outputFullHint
      case EPIPE: .outputClosedHint
      default: .outputHint
      }
    return ConsoleError(
      .failed, code: "output",
      Phrase.outputNotWritten.with(String(cString: strerror(reason))), hint: hint.text)
  }
}
