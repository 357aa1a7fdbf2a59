import Domain
import Storage

/// Orders as they change: each change once, and nothing that was overtaken by what is told already.
struct OrderStream {
  private let desk: Desk
  private var told = ToldLines()

  init(on desk: Desk) { self.desk = desk }

  /// The line of an order as it was read from the store.
  mutating func line(of order: OrderRecord) -> OrderLine {
    let line = OrderLine(order)
    _ = told.isNews(line.clientOrderId, jsonText(of: line))
    return line
  }

  /// Whether a line of it was told.
  func knows(_ order: OrderRecord) -> Bool { told.knows(order.clientOrderId) }

  /// The line of an order that has changed; nil for one that was told like that, or has come so far
  /// already that what is told stands in the store.
  mutating func line(ifNews order: OrderRecord) async throws(ConsoleError) -> OrderLine? {
    let id = order.clientOrderId
    let stored = try await desk.ruling { store in try await store.orders.order(id) }
    if let stored, told.isTold(id, jsonText(of: OrderLine(stored))) { return nil }
    let line = OrderLine(order)
    return told.isNews(id, jsonText(of: line)) ? line : nil
  }
}

extension OrderLine {
  var identity: LineIdentity {
    LineIdentity(subject: clientOrderId, revision: jsonText(of: self))
  }
}

extension Desk {
  /// News about orders alone.
  nonisolated func orderNews() -> AsyncStream<DeskChange> {
    context.changes.listen { if case .order = $0 { true } else { false } }
  }
}
