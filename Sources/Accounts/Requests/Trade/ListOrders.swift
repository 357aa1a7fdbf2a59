import Domain
import Storage

/// Orders, newest first; watching, oldest first, then each one that changes.
package struct ListOrders: MarketCall {
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

  package static func identity(of line: OrderLine) -> LineIdentity? { line.identity }

  /// Orders that have ended meanwhile are among those that are not open any more.
  package func resumed(since moment: Int64) -> Self { ListOrders(watching: true) }

  package func includes(_ line: OrderLine, isKnown: Bool) -> Bool {
    !openOnly || isKnown || !OrderStatus(storedText: line.status).isTerminal
  }

  /// Emits every order; a line that is down is thrown after them.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (OrderLine) async -> Void
  ) async throws(ConsoleError) {
    let news = desk.orderNews()
    let problem = await desk.problem(reaching: try await desk.service(with: .exchange))
    let orders = try await desk.ruling { store in
      try await openOnly ? store.orders.open().reversed() : store.orders.recent(limit: .max)
    }
    var stream = OrderStream(on: desk)
    for order in watching ? orders.reversed() : orders { await emit(stream.line(of: order)) }
    if let problem { throw problem }
    guard watching else { return }
    for await case .order(let order) in news
    where !openOnly || order.isOpen || stream.knows(order) {
      if let line = try await stream.line(ifNews: order) { await emit(line) }
    }
  }
}

/// One order by either of its ids, as the server has it now; watching, until it has ended.
package struct ShowOrder: MarketCall {
  package var id: String
  package var watching: Bool

  /// - Parameter id: ours or the server's.
  package init(id: String, watching: Bool = false) {
    self.id = id
    self.watching = watching
  }

  package static func identity(of line: OrderLine) -> LineIdentity? { line.identity }

  /// Emits the order as it is stored after the server was asked; throws `no-order` for one that was
  /// not placed from here.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (OrderLine) async -> Void
  ) async throws(ConsoleError) {
    let news = desk.orderNews()
    guard let known = try await order(on: desk) else { throw .noOrder(id) }
    let problem = await desk.problem(reaching: try await desk.service(with: .exchange))
    if problem == nil, known.isOpen || known.lacksAmount {
      try await desk.open(.exchange, as: (any Exchange).self).refresh(known, thoroughly: false)
    }
    let current = try await order(on: desk) ?? known
    var stream = OrderStream(on: desk)
    await emit(stream.line(of: current))
    if let problem { throw problem }
    guard watching, current.isOpen || current.lacksAmount else { return }
    for await case .order(let order) in news where order.clientOrderId == current.clientOrderId {
      if let line = try await stream.line(ifNews: order) { await emit(line) }
      if !order.isOpen, !order.lacksAmount { return }
    }
  }

  private func order(on desk: Desk) async throws(ConsoleError) -> OrderRecord? {
    try await desk.ruling { store in try await store.orders.order(id) }
  }
}

/// Asks the server what became of an order.
package struct RefreshOrder: MarketCall {
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

  /// Emits one empty line; what the server says is told as news.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (NoLine) async -> Void
  ) async throws(ConsoleError) {
    let known = try await desk.ruling { store in try await store.orders.order(id) }
    guard let known else { throw .noOrder(id) }
    let account = try await desk.online(.exchange, as: (any Exchange).self)
    try await account.refresh(known, thoroughly: thoroughly)
    await emit(NoLine())
  }
}
