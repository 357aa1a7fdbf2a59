import Synchronization

/// Counts the work in flight, so that the bottom line can say "busy" and a test can wait for idle
/// instead of sleeping.
///
/// Work is entered before it starts and leaves when its effects are visible.
package final class ActivityTracker: Sendable {
  private struct State {
    var counts: [String: Int] = [:]
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  private let state = Mutex(State())

  init() {}

  package var isIdle: Bool { state.withLock { $0.counts.isEmpty } }

  /// What is in flight, by name, for a person who wonders.
  var entries: [String: Int] { state.withLock { $0.counts } }

  /// Runs `work` as an entry called `name`.
  package func during<Result, Failure: Error>(
    _ name: String, isolation: isolated (any Actor)? = #isolation,
    _ work: () async throws(Failure) -> Result
  ) async throws(Failure) -> Result {
    begin(name)
    defer { end(name) }
    return try await work()
  }

  package func begin(_ name: String) {
    state.withLock { $0.counts[name, default: 0] += 1 }
  }

  package func end(_ name: String) {
    let waiters: [CheckedContinuation<Void, Never>] = state.withLock { state in
      let count = state.counts[name, default: 0] - 1
      state.counts[name] = count > 0 ? count : nil
      guard state.counts.isEmpty else { return [] }
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Returns when nothing is in flight.
  package func untilIdle() async {
    await withCheckedContinuation { continuation in
      let isIdle = state.withLock { state in
        if !state.counts.isEmpty { state.waiters.append(continuation) }
        return state.counts.isEmpty
      }
      if isIdle { continuation.resume() }
    }
  }
}
