import Domain

/// One thing that can be asked of the process that holds the accounts: by its own console, by a
/// command in the same process, or by a command in another process over the control socket.
///
/// The call itself is the parameters and travels as JSON. What it answers is a series of lines, in
/// the form that `--json` prints; a call that watches emits lines until it is cancelled.
package protocol DeskCall: Codable, Sendable {
  /// What it answers, any number of times.
  associatedtype Line: Codable & Sendable

  /// How the time-out of whoever asks counts for it.
  static var patience: CallPatience { get }

  /// What a line is about, and how that looks by it; nil for calls that do not watch.
  static func identity(of line: Line) -> LineIdentity?

  /// The same call, where one that watches goes on after it was cut off.
  ///
  /// - Parameter moment: what came since then (wall ms) may not have been told.
  func resumed(since moment: Int64) -> Self

  /// Whether a line of the resumed call is one of this call's, too.
  ///
  /// - Parameter isKnown: whether a line about the same thing was told.
  func includes(_ line: Line, isKnown: Bool) -> Bool

  /// Whether it does something that stays done: whoever cannot print what it answers must not say that
  /// it has failed, and nobody is to be told to repeat it.
  var isDeed: Bool { get }

  /// Does what the call asks for, with the accounts of `desk`, and hands each line to `emit` as soon
  /// as it is known. A failure may come after lines: those stand.
  func run(
    on desk: Desk, emit: @escaping @Sendable (Line) async -> Void
  ) async throws(ConsoleError)
}

extension DeskCall {
  package static var patience: CallPatience { .whole }
  package var isDeed: Bool { false }

  package static func identity(of line: Line) -> LineIdentity? { nil }

  package func resumed(since moment: Int64) -> Self { self }

  package func includes(_ line: Line, isKnown: Bool) -> Bool { true }
}

/// What a line of a watching call is about, and how that looks: told before, it is no news.
package struct LineIdentity: Sendable, Equatable {
  /// Unique among the things that the call tells of.
  package var subject: String
  /// All that makes two lines about it differ.
  package var revision: String
}

/// A call about the trading account's money or orders: answered only by a process that trades with the
/// same sort of money, real or on paper, as whoever asks.
package protocol MarketCall: DeskCall {}

/// Where calls go: to accounts in this process, or to those of another one.
package protocol DeskAccess: Sendable {
  /// Runs a call there; lines come in order, and none after this returns.
  func run<Call: DeskCall>(
    _ call: Call, emit: @escaping @Sendable (Call.Line) async -> Void
  ) async throws(ConsoleError)
}

extension DeskAccess {
  /// All lines of a call that ends by itself.
  package func lines<Call: DeskCall>(of call: Call) async throws(ConsoleError) -> [Call.Line] {
    let collector = LineCollector<Call.Line>()
    try await run(call) { await collector.append($0) }
    return await collector.lines
  }
}

private actor LineCollector<Line: Sendable> {
  var lines: [Line] = []
  func append(_ line: Line) { lines.append(line) }
}

/// An empty line, for calls whose answer is that they worked.
package struct NoLine: Codable, Sendable {}
