import Domain

/// One thing that can be asked of the process that holds the accounts: by its own console, by a
/// command in the same process, or by a command in another process over the control socket.
///
/// The request itself is the parameters and travels as JSON. What it answers is a series of outputs, in
/// the form that `--json` prints, a line each; a request that watches emits outputs until it is cancelled.
package protocol Request: Codable, Sendable {
  /// What it answers, any number of times.
  associatedtype Output: Codable & Sendable

  /// How the time-out of whoever asks counts for it.
  static var timeoutRule: TimeoutRule { get }

  /// What an output is about, and in which state it shows that; nil for requests that do not watch.
  static func identity(of output: Output) -> OutputIdentity?

  /// The same request, where one that watches goes on after it was cut off.
  ///
  /// - Parameter moment: what came since then (wall ms) may not have been told.
  func resumed(since moment: Int64) -> Self

  /// Whether an output of the resumed request is one of this request's, too.
  ///
  /// - Parameter isKnown: whether an output about the same thing was told.
  func includes(_ output: Output, isKnown: Bool) -> Bool

  /// Whether it does something that stays done: whoever cannot print what it answers must not say that
  /// it has failed, and nobody is to be told to repeat it.
  var hasEffects: Bool { get }

  /// Does what the request asks for, with the accounts of `hub`, and hands each output to `emit` as
  /// soon as it is known. A failure may come after outputs: those stand.
  func run(
    on hub: AccountHub, emit: @escaping @Sendable (Output) async -> Void
  ) async throws(UserError)
}

extension Request {
  package static var timeoutRule: TimeoutRule { .whole }
  package var hasEffects: Bool { false }

  package static func identity(of output: Output) -> OutputIdentity? { nil }

  package func resumed(since moment: Int64) -> Self { self }

  package func includes(_ output: Output, isKnown: Bool) -> Bool { true }
}

/// What an output of a watching request is about, and in which state it shows that: a state that was told
/// before is not told again.
package struct OutputIdentity: Sendable, Equatable {
  /// Unique among the things that the request tells of.
  package var subject: String
  /// All that makes two outputs about it differ.
  package var revision: String
}

/// A request about the trading account's money or orders: answered only by a process that trades with the
/// same sort of money, real or on paper, as whoever asks.
package protocol TradingRequest: Request {}

/// Where requests go: to accounts in this process, or to those of another one.
package protocol RequestRunner: Sendable {
  /// Runs a request there; outputs come in order, and none after this returns.
  func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError)
}

extension RequestRunner {
  /// All outputs of a request that ends by itself.
  package func lines<R: Request>(of request: R) async throws(UserError) -> [R.Output] {
    let collector = OutputCollector<R.Output>()
    try await run(request) { await collector.append($0) }
    return await collector.outputs
  }
}

private actor OutputCollector<Output: Sendable> {
  var outputs: [Output] = []
  func append(_ output: Output) { outputs.append(output) }
}

/// An empty output, for requests whose answer is that they worked.
package struct NoOutput: Codable, Sendable {}
