import Accounts
import Database
import Domain
import Phrases
import Storage
import Trading

/// The orders of one account: swaps go out here, and orders are asked about.
struct AccountOrders: Sendable {
  let environment: AccountEnvironment
  let client: TradingClient
  let rules: SwapGuard
  /// Fills swaps in the server's place; nil where money is real.
  let paper: PaperExchange?
  /// Whether the account is only being tried: it has no orders then.
  let isTrial: Bool

  /// Sends a swap that a person or script has confirmed, unless a rule of the person forbids it.
  func swap(
    _ request: SwapRequest, quote: Quote
  ) async throws(UserError) -> SwapOutcome<UserError> {
    try await checkUnused(request.clientOrderId)
    try await rules.admit(request, quote: quote, isPaper: paper != nil)
    let outcome = await environment.busy.during("trading.swap") {
      if let paper { return await paper.swap(request, quote: quote, by: client) }
      return await client.swap(request, quote: quote)
    }
    switch outcome {
    case .notSent, .rejected: await rules.forget(request.clientOrderId)
    case .accepted, .unknown: break
    }
    return outcome.explained { UserError($0) }
  }

  /// Asks the server about an order and stores what it says.
  ///
  /// - Parameter thoroughly: whether to ask, over half a minute, until it is certain that the server
  ///   does not know the order.
  func refresh(_ order: OrderRecord, thoroughly: Bool) async throws(UserError) {
    guard paper == nil else { return }
    guard let id = ClientOrderID(order.clientOrderId) else { throw .noOrder(order.clientOrderId) }
    switch await client.reconcile(
      clientOrderId: id, orderId: order.orderId,
      attempts: thoroughly ? Reconciliation.attempts : 1)
    {
    case .found: break  // The journal has it already.
    case .unresolved(let notFound, let advice):
      if notFound >= Reconciliation.attempts { try await lose(order, advice) }
      environment.notify(.warning, Phrase.orderStillUnknown.with(order.clientOrderId), hint: advice)
    }
  }

  /// Nothing waits any more for an order that the server does not know; it is sought further.
  private func lose(_ order: OrderRecord, _ advice: String) async throws(UserError) {
    do {
      guard var order = try await environment.ledger.orders.order(order.clientOrderId),
        order.isUnknown
      else { return }
      order.status = .lost
      order.reason = [order.reason, advice].compactMap(\.self).joined(separator: " ")
      let now = environment.time.wallTime
      let entry = JournalEntry(
        at: now, clientOrderId: order.clientOrderId, kind: .decision, body: "lost: \(advice)")
      environment.tell(
        order,
        try await environment.ledger.orders.settle(order, [entry], telling: order.alerts(at: now)))
    } catch {
      throw UserError(storing: error)
    }
  }

  /// An id that an earlier run has sent is as used as one of this run.
  private func checkUnused(_ id: ClientOrderID) async throws(UserError) {
    do {
      let earlier = try await environment.ledger.orders.order(id.text)
      guard let earlier, earlier.status != .notSent else { return }
    } catch {
      throw UserError(storing: error)
    }
    throw UserError(TradingError.alreadySent(id))
  }

  /// Those that the client has to follow from the start.
  func open() async -> [OpenOrder] {
    // The server knows nothing of orders on paper.
    guard !isTrial, paper == nil else { return [] }
    let orders = await environment.storing { _ in
      try await environment.ledger.orders.open() + environment.ledger.orders.lackingAmounts()
    }
    return (orders ?? []).map(OpenOrder.init)
  }
}

extension OpenOrder {
  /// The order as the store has it; the client goes on where the last run stopped.
  init(_ record: OrderRecord) {
    self.init(
      clientOrderId: ClientOrderID(record.clientOrderId), orderId: record.orderId,
      state: OrderState(
        orderId: record.orderId, clientOrderId: record.clientOrderId,
        status: record.isLost ? .unknown : record.status,
        filledOut: record.filledOut.flatMap { Amount(serverText: $0) }, txHash: record.txHash,
        updatedAt: record.updatedAt,
        minimumOut: record.expectedOut.flatMap { Amount(serverText: $0) }?
          .reduced(byBasisPoints: record.slippageBps)))
  }
}
