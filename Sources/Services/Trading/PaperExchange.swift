import Accounts
import Domain
import Phrases
import Storage
import Trading
import Transport

/// Fills swaps on paper: at the market's own prices, with money that is none, in a ledger of its
/// own, where real orders never come.
package actor PaperExchange {
  private let environment: AccountEnvironment
  /// Ends when the swaps before have: each needs the money that they leave.
  private var turn: Task<Void, Never>?

  /// What a new paper account holds.
  static let endowment = (asset: "USDT", amount: "10000")

  /// - Parameter environment: its ledger is that of paper trading.
  init(_ environment: AccountEnvironment) { self.environment = environment }

  /// Gives a new account its money, and tells what an old one holds.
  func open() async {
    let now = environment.time.wallTime
    let held = await environment.storing { [ledger = environment.ledger] _ in
      let held = try await ledger.balances.all()
      guard held.isEmpty, try await ledger.orders.recent(limit: 1).isEmpty else { return held }
      let first = BalanceRecord(
        asset: PaperExchange.endowment.asset, total: PaperExchange.endowment.amount, locked: "0",
        at: now)
      try await ledger.balances.replaceAll([first])
      return [first]
    }
    if let held { environment.changes.send(.balances(held)) }
  }

  /// What is held on paper.
  func balances() async throws(UserError) -> [Balance] {
    do {
      return try await environment.ledger.balances.all().compactMap { record in
        Amount(serverText: record.total).map {
          Balance(asset: record.asset, total: $0, locked: .zero)
        }
      }
    } catch {
      throw UserError(storing: error)
    }
  }

  /// Asks for the price once more, as the market would at the moment of the trade, and fills the
  /// swap with what it gives unless that is less than was confirmed.
  func swap(
    _ request: SwapRequest, quote: Quote, by client: TradingClient
  ) async -> SwapOutcome<TradingError> {
    let fill = Task { [turn] in
      await turn?.value
      return await self.fill(request, quote, by: client)
    }
    turn = Task { _ = await fill.value }
    return await fill.value
  }

  private func fill(
    _ request: SwapRequest, _ quote: Quote, by client: TradingClient
  ) async -> SwapOutcome<TradingError> {
    let now = environment.time.wallTime
    var order = OrderRecord(
      clientOrderId: request.clientOrderId.text, status: .submitting,
      from: request.from, to: request.to, amount: request.amount.text,
      slippageBps: request.slippageBps, filter: request.filter,
      expectedOut: quote.expectedOut.text, price: quote.price?.text, createdAt: now)
    do {
      try await environment.ledger.orders.record(order, [entry(order, .intent, "on paper")])
    } catch {
      return .notSent(.journal("\(error)"))
    }
    let price: Quote
    do throws(TradingError) {
      price = try await client.estimate(quote.request)
    } catch {
      order.status = .notSent
      return await close(order, .notSent(error), nil, because: error.message)
    }
    let held = await environment.storing { [ledger = environment.ledger] _ in
      try await ledger.balances.all()
    }
    var totals = Dictionary(
      (held ?? []).map { ($0.asset, Amount(serverText: $0.total) ?? .zero) },
      uniquingKeysWith: { $1 })
    let available = totals[request.from] ?? .zero
    order.orderId = "paper_\(order.clientOrderId)"
    guard available >= request.amount else {
      order.status = .rejected
      let reason = Phrase.overBalance.with(available.shown)
      return await close(order, .rejected(.invalid(reason)), nil, because: reason)
    }
    let received = price.expectedOut
    order.updatedAt = environment.time.wallTime
    guard received >= quote.minimumOut(slippageBps: request.slippageBps) else {
      order.status = .failed
      let reason = Phrase.paperBelowMinimum.with(received.shown)
      let outcome = SwapOutcome<TradingError>.accepted(
        orderId: order.orderId ?? "", status: .failed)
      return await close(order, outcome, nil, because: reason)
    }
    order.status = .filled
    order.filledOut = received.text
    totals[request.from] = available - request.amount
    totals[request.to] = (totals[request.to] ?? .zero) + received
    let balances = totals.sorted { $0.key < $1.key }.map {
      BalanceRecord(asset: $0, total: $1.plainText, locked: "0", at: environment.time.wallTime)
    }
    let outcome = SwapOutcome<TradingError>.accepted(orderId: order.orderId ?? "", status: .filled)
    return await close(order, outcome, balances, because: nil)
  }

  /// The order, its line and the money are stored together, or none of them.
  private func close(
    _ order: OrderRecord, _ outcome: SwapOutcome<TradingError>, _ balances: [BalanceRecord]?,
    because reason: String?
  ) async -> SwapOutcome<TradingError> {
    var order = order
    order.reason = reason
    let words = [order.status.text, order.filledOut, reason].compactMap(\.self).joined(
      separator: ": ")
    do {
      let alerts = try await environment.ledger.orders.settle(
        order, [entry(order, reason == nil ? .reply : .error, words)], balances: balances,
        telling: order.alerts(at: environment.time.wallTime))
      if let balances { environment.changes.send(.balances(balances)) }
      environment.tell(order, alerts)
      return outcome
    } catch {
      return .notSent(.journal("\(error)"))
    }
  }

  private func entry(
    _ order: OrderRecord, _ kind: JournalEntry.Kind, _ body: String
  ) -> JournalEntry {
    JournalEntry(
      at: environment.time.wallTime, clientOrderId: order.clientOrderId, kind: kind, body: body)
  }
}
