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
final class OutputWriter: Sendable {
  let isJSON: Bool
  /// Tells once that nobody can read on: a write has failed, or the reader has gone.
  let end: AsyncStream<Void>
  private let ending: AsyncStream<Void>.Continuation
  private let lock = Mutex(State())

  private struct State {
    /// The system's error of the first write that failed.
    var reason: Int32?
    /// Whether a reader that goes away is none to complain of.
    var endsQuietly = false
    var isReaderGone = false
    /// What was done and could not be told of.
    var unprinted: [Unprinted] = []

    /// Nothing is written from now on.
    mutating func fail(_ reason: Int32) {
      if endsQuietly, reason == EPIPE {
        isReaderGone = true
      } else if self.reason == nil {
        self.reason = reason
      }
    }
  }

  /// A line about something that stays done.
  private struct Unprinted: Encodable, Sendable {
    let line: any Encodable & Sendable
    /// What was done, for a person: the ids of it first.
    let words: String

    func encode(to encoder: any Encoder) throws { try line.encode(to: encoder) }
  }

  init(isJSON: Bool) {
    self.isJSON = isJSON
    (end, ending) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingOldest(1))
  }

  /// Why standard output could not be written, and what was done all the same; nil if all of it was.
  var failure: UserError? {
    let state = lock.withLock { $0 }
    guard let reason = state.reason else { return nil }
    return .notWritten(reason, done: state.unprinted.map(\.words))
  }

  /// Prints one line of the contract: its JSON, or `words`, made harmless.
  ///
  /// - Parameter done: what the line means where it cannot be printed although what it tells of stays
  ///   done, with `{}` for `words`; nil for a line that can be had again.
  func line(
    _ value: some Encodable & Sendable, _ words: @autoclosure () -> String, done: Phrase? = nil
  ) {
    if print({ (isJSON ? OutputWriter.json(value) : shown(words())) + "\n" }) { return }
    guard let done else { return }
    let unprinted = Unprinted(
      line: value, words: done.with(harmless(words(), limit: 300).trimmed))
    lock.withLock { $0.unprinted.append(unprinted) }
  }

  /// Words for a terminal: what a server has put in them moves, hides and restyles nothing.
  private func shown(_ words: String) -> String {
    harmless(words, keepingLines: true, limit: .max)
  }

  /// Prints text that is the same in both forms.
  func raw(_ text: String) { print { text + "\n" } }

  /// Prints words that have no JSON form; nothing with `--json`.
  func words(_ text: String) {
    if !isJSON { print { text + "\n" } }
  }

  /// Prints text that has its line breaks already.
  func whole(_ text: String) { print { text } }

  /// A remark on standard error, for a person only.
  func remark(_ text: String) {
    if !isJSON { complain("tercet: \(text)") }
  }

  /// A line of the log, whatever form the answer has.
  func log(_ text: String) { complain(harmless(text)) }

  func failure(_ error: UserError) {
    struct Envelope: Encodable {
      struct Body: Encodable {
        var code, message, hint: String
        /// The lines of what was done that standard output did not take.
        var unprinted: [Unprinted]?
      }
      var error: Body
    }
    let unprinted = lock.withLock { $0.unprinted }
    let body = Envelope.Body(
      code: error.code, message: error.message, hint: error.hint,
      unprinted: unprinted.isEmpty ? nil : unprinted)
    let words = "tercet: \(harmless(error.sentences))"
    complain(isJSON ? OutputWriter.json(Envelope(error: body)) : words)
  }

  /// Compact JSON with keys in a fixed order.
  static func json(_ value: some Encodable) -> String { jsonText(of: value) }

  /// Whether the reader of a stream has gone: nothing that is told then is of use to anybody.
  var isReaderGone: Bool { lock.withLock { $0.isReaderGone } }

  /// Ends the command, too, when whoever reads its lines has gone and no line is due.
  ///
  /// - Parameter isLoss: whether that is a failure: what comes later would be missed by somebody. Else
  ///   the reader has simply had enough.
  func watchReader(isLoss: Bool = false) {
    lock.withLock { $0.endsQuietly = !isLoss }
    DispatchQueue(label: "tercet.reader").async { [self] in
      var reader = pollfd(fd: STDOUT_FILENO, events: 0, revents: 0)
      // Errors and hang-ups are told without being asked for; nothing else is.
      while poll(&reader, 1, -1) < 0, errno == EINTR {}
      lock.withLock { $0.fail(EPIPE) }
      ending.yield()
    }
  }

  /// Returns whether it was written.
  @discardableResult
  private func print(_ text: () -> String) -> Bool {
    let (isWritten, isFirstFailure) = lock.withLock { state in
      guard state.reason == nil, !state.isReaderGone else { return (false, false) }
      guard let reason = OutputWriter.write(Array(text().utf8), to: STDOUT_FILENO) else {
        return (true, false)
      }
      state.fail(reason)
      return (false, true)
    }
    if isFirstFailure { ending.yield() }
    return isWritten
  }

  /// Nobody can be told that standard error cannot be written.
  private func complain(_ text: String) {
    lock.withLock { _ in _ = OutputWriter.write(Array((text + "\n").utf8), to: STDERR_FILENO) }
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

extension UserError {
  /// - Parameter done: what was done all the same, a sentence each.
  fileprivate static func notWritten(_ reason: Int32, done: [String]) -> UserError {
    let hint: Phrase =
      switch reason {
      case ENOSPC, EDQUOT: .outputFullHint
      case EPIPE: .outputClosedHint
      default: .outputHint
      }
    var error = UserError(
      .failed, code: "output",
      Phrase.outputNotWritten.with(String(cString: strerror(reason))), hint: hint.text)
    error.hint = (done + [hint.text]).joined(separator: ". ")
    return error
  }
}
