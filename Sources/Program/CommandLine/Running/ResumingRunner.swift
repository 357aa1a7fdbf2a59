import Accounts
import Clocks
import Control
import Domain
import Synchronization

/// Where the request of a watching command goes. When the process whose accounts it uses ends, the command
/// makes it again, to whoever holds the profile then: it goes on there, and tells nothing twice.
struct ResumingRunner: RequestRunner {
  let base: any RequestRunner
  let memory: WatchMemory

  func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError) {
    let next = memory.begin(request)
    try await base.run(next) { [memory] line in
      if memory.takes(line, of: request) { await emit(line) }
    }
  }
}

/// What a watching command has told, and since when it may have missed something.
final class WatchMemory: Sendable {
  /// What had come before the end of a process may not have been told by it; and a request rings no
  /// longer. What was told is remembered, so that a longer time costs nothing but reading it again.
  private static let doubt: Int64 = 60_000
  /// Whoever ends the connection so often at once does not speak as we do.
  private static let patience = 10
  /// The longest pause between two attempts.
  static let longestPause: Duration = .seconds(5)

  private struct State {
    var told = RepeatFilter()
    var began: Int64?
    var cut: Int64?
    var begunAt: Duration = .zero
    /// Connections without news that were over at once.
    var failures = 0
  }

  private let state = Mutex(State())
  private let time: any TimeSource

  init(_ time: any TimeSource) { self.time = time }

  /// Whether the request has been cut off, and goes on or is about to.
  var isCut: Bool { state.withLock { $0.cut != nil } }

  /// How long to wait before the request is made again.
  var pause: Duration {
    let failures = state.withLock { $0.failures }
    return min(.milliseconds(20) * (1 << min(failures, 10)), WatchMemory.longestPause)
  }

  /// The request as it is to be made now.
  func begin<R: Request>(_ request: R) -> R {
    state.withLock { state in
      state.begunAt = time.uptime
      guard let began = state.began else {
        state.began = time.wallTime
        return request
      }
      guard let cut = state.cut else { return request }
      return request.resumed(since: max(began, cut.minus(WatchMemory.doubt)))
    }
  }

  /// Whether a line tells something new; it counts as told from now on.
  func takes<R: Request>(_ line: R.Output, of request: R) -> Bool {
    guard let identity = R.identity(of: line) else { return true }
    return state.withLock { state in
      let isKnown = state.told.knows(identity.subject)
      guard request.includes(line, isKnown: isKnown) else { return false }
      let isNews = state.told.isNews(identity.subject, identity.revision)
      if isNews { state.failures = 0 }
      return isNews
    }
  }

  /// Whether the request goes on after its connection has ended with an error: because the other process
  /// has, or, once that has happened, because no server can be reached for now.
  func goesOn(after error: UserError) -> Bool {
    state.withLock { state in
      let isLost = error.kind == .noConnection
      let isEnd =
        isLost && [UserError.hungUpCode, UserError.noHolderCode].contains(error.code)
      guard isEnd || isLost && state.cut != nil else { return false }
      if isEnd {
        state.cut = time.wallTime
        state.failures = time.uptime - state.begunAt < .seconds(1) ? state.failures + 1 : 0
      } else {
        state.failures = min(state.failures + 1, WatchMemory.patience - 1)
      }
      return state.failures < WatchMemory.patience
    }
  }
}
