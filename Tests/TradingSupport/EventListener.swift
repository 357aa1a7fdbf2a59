import Domain
import Trading

/// A client's events as they come, remembered.
package actor EventListener {
  package init() {}

  package private(set) var seen: [TradingEvent] = []
  private var waiters:
    [(isMet: @Sendable ([TradingEvent]) -> Bool, waiter: CheckedContinuation<Void, Never>)] = []
  private var task: Task<Void, Never>?

  package func listen(to client: TradingClient) {
    task = Task { for await event in client.events { note(event) } }
  }

  private func note(_ event: TradingEvent) {
    seen.append(event)
    let met = waiters.filter { $0.isMet(seen) }
    waiters.removeAll { $0.isMet(seen) }
    for (_, waiter) in met { waiter.resume() }
  }

  package func until(_ isMet: @escaping @Sendable ([TradingEvent]) -> Bool) async {
    if isMet(seen) { return }
    await withCheckedContinuation { waiters.append((isMet, $0)) }
  }

  package func untilOnline() async { await until { $0.contains(.state(.online)) } }

  /// The statuses of an order, each time that one was told.
  package func statuses(of id: String) -> [OrderStatus] {
    seen.compactMap { event in
      if case .order(let state, _) = event, state.clientOrderId == id || state.orderId == id {
        return state.status
      }
      return nil
    }
  }

  package func until(_ id: String, is status: OrderStatus) async {
    await until { events in
      events.contains { event in
        if case .order(let state, _) = event {
          return (state.clientOrderId == id || state.orderId == id) && state.status == status
        }
        return false
      }
    }
  }
}
