import Domain
import Storage

/// Orders, newest first; watching, oldest first, then each one that changes.
package struct ListOrders: TradingRequest {
  /// Only orders of which more is expected.
  package var openOnly: Bool
  package var watching: Bool

  /// - Parameters:
  ///   - openOnly: leaves out orders of which nothing more is expected.
  ///   - watching: whether to go on with changes until cancelled.
  package init(openOnly: Bool = false, watching: Bool = false) {
    self.openOnly = openOnly
    self.watching = watching
  }

  package static func identity(of output: OrderOutput) -> OutputIdentity? { output.identity }

  /// Orders that have ended meanwhile are among those that are not open any more.
  package func resumed(since moment: Int64) -> Self { ListOrders(watching: true) }

  package func includes(_ output: OrderOutput, isKnown: Bool) -> Bool {
    !openOnly || isKnown || !OrderStatus(storedText: output.status).isTerminal
  }

  /// Emits every order; what keeps a service from being reached is thrown after them.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (OrderOutput) async -> Void
  ) async throws(UserError) {
    let news = hub.orderNews()
    let problem = await hub.problem(reaching: try await hub.service(with: .exchange))
    let orders = try await hub.withLedger { store in
      try await openOnly ? store.orders.open().reversed() : store.orders.recent(limit: .max)
    }
    var stream = OrderStream(on: hub)
    for order in watching ? orders.reversed() : orders { await emit(stream.output(of: order)) }
    if let problem { throw problem }
    guard watching else { return }
    for await case .order(let order) in news
    where !openOnly || order.isOpen || stream.hasSeen(order) {
      if let output = try await stream.output(ifNews: order) { await emit(output) }
    }
  }
}

/// One order by either of its ids, as the server has it now; watching, until it has ended.
package struct ShowOrder: TradingRequest {
  package var id: String
  package var watching: Bool

  /// - Parameter id: ours or the server's.
  package init(id: String, watching: Bool = false) {
    self.id = id
    self.watching = watching
  }

  package static func identity(of output: OrderOutput) -> OutputIdentity? { output.identity }

  /// Emits the order as it is stored after the server was asked; throws `no-order` for one that was
  /// not placed from here.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (OrderOutput) async -> Void
  ) async throws(UserError) {
    let news = hub.orderNews()
    guard let known = try await order(on: hub) else { throw .noOrder(id) }
    let problem = await hub.problem(reaching: try await hub.service(with: .exchange))
    if problem == nil, known.isOpen || known.lacksAmount {
      try await hub.open(.exchange, as: (any Exchange).self).refresh(known, thoroughly: false)
    }
    let current = try await order(on: hub) ?? known
    var stream = OrderStream(on: hub)
    await emit(stream.output(of: current))
    if let problem { throw problem }
    guard watching, current.isOpen || current.lacksAmount else { return }
    for await case .order(let order) in news where order.clientOrderId == current.clientOrderId {
      if let output = try await stream.output(ifNews: order) { await emit(output) }
      if !order.isOpen, !order.lacksAmount { return }
    }
  }

  private func order(on hub: AccountHub) async throws(UserError) -> OrderRecord? {
    try await hub.withLedger { store in try await store.orders.order(id) }
  }
}

/// Asks the server what became of an order.
package struct RefreshOrder: TradingRequest {
  package var id: String
  package var thoroughly: Bool

  /// - Parameters:
  ///   - id: ours or the server's.
  ///   - thoroughly: whether to ask, over half a minute, until it is certain that the server does not
  ///     know the order.
  package init(id: String, thoroughly: Bool) {
    self.id = id
    self.thoroughly = thoroughly
  }

  /// Emits one empty output; what the server says is told as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let known = try await hub.withLedger { store in try await store.orders.order(id) }
    guard let known else { throw .noOrder(id) }
    let account = try await hub.online(.exchange, as: (any Exchange).self)
    try await account.refresh(known, thoroughly: thoroughly)
    await emit(NoOutput())
  }
}

/// Orders as they change: each change once, and nothing that was overtaken by what is told already.
struct OrderStream {
  private let hub: AccountHub
  private var told = DuplicateFilter()

  init(on hub: AccountHub) { self.hub = hub }

  /// The output for an order as it was read from the store.
  mutating func output(of order: OrderRecord) -> OrderOutput {
    let output = OrderOutput(order)
    _ = told.isNew(output.clientOrderId, jsonText(of: output))
    return output
  }

  /// Whether an output about it was told.
  func hasSeen(_ order: OrderRecord) -> Bool { told.hasSeen(order.clientOrderId) }

  /// The output for an order that has changed; nil for one that was told like that, or has come so far
  /// already that what is told stands in the store.
  mutating func output(ifNews order: OrderRecord) async throws(UserError) -> OrderOutput? {
    let id = order.clientOrderId
    let stored = try await hub.withLedger { store in try await store.orders.order(id) }
    if let stored, told.isLatest(id, jsonText(of: OrderOutput(stored))) { return nil }
    let output = OrderOutput(order)
    return told.isNew(id, jsonText(of: output)) ? output : nil
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
