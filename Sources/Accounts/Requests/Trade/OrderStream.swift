import Domain
import Storage

/// Orders as they change: each change once, and nothing that was overtaken by what is told already.
struct OrderStream {
  private let hub: AccountHub
  private var told = RepeatFilter()

  init(on hub: AccountHub) { self.hub = hub }

  /// The line of an order as it was read from the store.
  mutating func line(of order: OrderRecord) -> OrderOutput {
    let line = OrderOutput(order)
    _ = told.isNews(line.clientOrderId, jsonText(of: line))
    return line
  }

  /// Whether a line of it was told.
  func knows(_ order: OrderRecord) -> Bool { told.knows(order.clientOrderId) }

  /// The line of an order that has changed; nil for one that was told like that, or has come so far
  /// already that what is told stands in the store.
  mutating func line(ifNews order: OrderRecord) async throws(UserError) -> OrderOutput? {
    let id = order.clientOrderId
    let stored = try await hub.withLedger { store in try await store.orders.order(id) }
    if let stored, told.isTold(id, jsonText(of: OrderOutput(stored))) { return nil }
    let line = OrderOutput(order)
    return told.isNews(id, jsonText(of: line)) ? line : nil
  }
}

extension OrderOutput {
  var identity: OutputIdentity {
    OutputIdentity(subject: clientOrderId, revision: jsonText(of: self))
  }
}

extension AccountHub {
  /// News about orders alone.
  nonisolated func orderNews() -> AsyncStream<AccountEvent> {
    environment.changes.listen { if case .order = $0 { true } else { false } }
  }
}
