import Sandbox
import Synchronization

/// What a server told.
package final class ServerLog: Sendable {
  private struct State {
    var events: [SandboxEvent] = []
    var waiters: [(isMet: @Sendable ([SandboxEvent]) -> Bool, CheckedContinuation<Void, Never>)] =
      []
  }

  private let state = Mutex(State())

  package var events: [SandboxEvent] { state.withLock { $0.events } }

  package func note(_ event: SandboxEvent) {
    let woken = state.withLock { state in
      state.events.append(event)
      let events = state.events
      let met = state.waiters.filter { $0.isMet(events) }
      state.waiters.removeAll { $0.isMet(events) }
      return met
    }
    for (_, waiter) in woken { waiter.resume() }
  }

  package func until(_ isMet: @escaping @Sendable ([SandboxEvent]) -> Bool) async {
    await withCheckedContinuation { waiter in
      let now = state.withLock { state in
        if isMet(state.events) { return true }
        state.waiters.append((isMet, waiter))
        return false
      }
      if now { waiter.resume() }
    }
  }

  package func requests(_ name: String) -> Int {
    events.count { event in
      if case .request(_, _, name) = event { true } else { false }
    }
  }

  /// What clients were refused with.
  package var refusals: [String] {
    events.compactMap { event in
      if case .refused(_, _, let error) = event { error } else { nil }
    }
  }

  package var duplicates: Int {
    events.count { event in
      if case .duplicateOrder = event { true } else { false }
    }
  }

  /// The server's ids and last statuses of its orders, by the client's ids.
  package var orders: [String: [String: String]] {
    var orders: [String: [String: String]] = [:]
    for case .order(let id, let clientId?, let status) in events {
      orders[clientId, default: [:]][id] = status
    }
    return orders
  }
}
