import Accounts
import Clocks
import Control
import Domain
import Synchronization

/// Runs the request of a watching command. When the process whose accounts it uses ends, the command makes
/// the request again, to the process that holds the profile then: it goes on there, and tells nothing twice.
struct ResumingRunner: RequestRunner {
  let base: any RequestRunner
  let memory: WatchMemory

  func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError) {
    let next = memory.begin(request)
    try await base.run(next) { [memory] output in
      if memory.isNew(output, of: request) { await emit(output) }
    }
  }
}

/// What a watching command has told, and since when it may have missed something.
final class WatchMemory: Sendable {
  /// Milliseconds before the end of a process from which on everything is read again: what came shortly
  /// before the end may not have been told. What was told is remembered, so that a longer time costs
  /// nothing but the reading.
  private static let overlap: Int64 = 60_000
  /// So many connections that end at once mean that the other program speaks another protocol.
  private static let failureLimit = 10
  /// The longest pause between two attempts.
  static let longestPause: Duration = .seconds(5)

  private struct State {
    var told = DuplicateFilter()
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
      return request.resumed(since: max(began, cut.minus(WatchMemory.overlap)))
    }
  }

  /// Whether an output tells something new; it counts as told from now on.
  func isNew<R: Request>(_ output: R.Output, of request: R) -> Bool {
    guard let identity = R.identity(of: output) else { return true }
    return state.withLock { state in
      let isKnown = state.told.hasSeen(identity.subject)
      guard request.includes(output, isKnown: isKnown) else { return false }
      let isNew = state.told.isNew(identity.subject, identity.revision)
      if isNew { state.failures = 0 }
      return isNew
    }
  }

  /// Whether the request goes on after its connection has ended with an error: because the other process
  /// has, or, once that has happened, because no server can be reached for now.
  func canContinue(after error: UserError) -> Bool {
    state.withLock { state in
      let isLost = error.kind == .noConnection
      let isEnd =
        isLost && [UserError.hungUpCode, UserError.noHolderCode].contains(error.code)
      guard isEnd || isLost && state.cut != nil else { return false }
      if isEnd {
        state.cut = time.wallTime
        state.failures = time.uptime - state.begunAt < .seconds(1) ? state.failures + 1 : 0
      } else {
        state.failures = min(state.failures + 1, WatchMemory.failureLimit - 1)
      }
      return state.failures < WatchMemory.failureLimit
    }
  }
}
