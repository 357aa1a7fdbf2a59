import Clocks
import Synchronization
import Transport

/// A gate that tasks wait at: open lets everybody through, closed holds those who come.
package final class AsyncGate: Sendable {
  private struct State {
    var isOpen = false
    var next = 0
    var waiters: [Int: AsyncStream<Never>.Continuation] = [:]
  }

  private let state = Mutex(State())

  /// Closed.
  package init() {}

  package func open() {
    let waiters = state.withLock { state in
      state.isOpen = true
      defer { state.waiters = [:] }
      return state.waiters.values
    }
    for waiter in waiters { waiter.finish() }
  }

  package func close() { state.withLock { $0.isOpen = false } }

  /// Returns when the gate is open, `limit` has passed on the uptime clock, or the task is
  /// cancelled.
  package func wait(atMost limit: Duration, time: any TimeSource) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await self.wait() }
      // Cancelled or not: either way the waiting is over.
      group.addTask { try? await time.sleep(for: limit) }
      await group.next()
      group.cancelAll()
    }
  }

  /// A stream without elements ends when it is finished and when its task is cancelled, whichever
  /// comes first and even before anybody listens.
  private func wait() async {
    let (gate, waiter) = AsyncStream.makeStream(of: Never.self)
    let id: Int? = state.withLock { state in
      guard !state.isOpen else { return nil }
      state.next += 1
      state.waiters[state.next] = waiter
      return state.next
    }
    guard let id else { return }
    for await _ in gate {}
    state.withLock { _ = $0.waiters.removeValue(forKey: id) }
  }
}
