import Accounts
import Domain
import FoundationEssentials
import Phrases
import Storage
import Trading
import Transport

/// The journal that the trading client writes to before it sends: every change of an order is one
/// transaction of the order's row and a line of the hash-chained journal.
struct StoredSwapJournal: SwapJournal {
  let environment: AccountEnvironment

  /// Durable before the first byte of the swap leaves; throwing keeps it from leaving.
  func willSend(_ intent: SwapIntent) async throws {
    let request = intent.request
    let id = request.clientOrderId.text
    var order =
      try await environment.ledger.orders.order(id)
      ?? OrderRecord(
        clientOrderId: id, status: .submitting, from: request.from,
        to: request.to, amount: request.amount.text, slippageBps: request.slippageBps,
        filter: request.filter, createdAt: intent.preparedAt)
    order.status = .submitting
    order.expectedOut = intent.expectedOut.text
    try await record(order, .intent, try StoredSwapJournal.json(intent))
  }

  func record(_ event: SwapEvent) async throws {
    switch event {
    case .ended(let id, let outcome): try await end(id, outcome)
    case .updated(let state): try await update(state)
    case .lost(let id, let advice): try await lose(id, advice)
    case .stray(let update):
      let entry = JournalEntry(
        at: environment.time.wallTime, clientOrderId: update.clientOrderId, kind: .reply,
        body: try StoredSwapJournal.json(update))
      try await environment.ledger.journal.append([entry])
    }
  }

  private func end(_ id: ClientOrderID, _ outcome: SwapOutcome<TradingError>) async throws {
    guard var order = try await environment.ledger.orders.order(id.text) else { return }
    switch outcome {
    case .accepted(let orderId, let status):
      order.orderId = orderId
      order.status = status
      order.reason = nil
      try await record(order, .reply, "accepted as \(orderId), \(status.text)")
    case .rejected(let error):
      try await end(order, as: .rejected, error)
    case .notSent(let error):
      try await end(order, as: .notSent, error)
    case .unknown(let error):
      try await end(order, as: .unknown, error)
    }
  }

  private func end(
    _ order: OrderRecord, as status: OrderStatus, _ error: TradingError
  ) async throws {
    var order = order
    order.status = status
    let explanation = UserError(error)
    // What to do about a refusal is no advice while the order may exist all the same.
    order.reason =
      status == .unknown
      ? Phrase.mayBeCarriedOut.with(explanation.message) : explanation.sentences
    try await record(order, .error, "\(status.text): \(explanation.message)")
  }

  private func lose(_ id: ClientOrderID, _ advice: String) async throws {
    guard var order = try await environment.ledger.orders.order(id.text), order.isUnknown else {
      return
    }
    order.status = .lost
    order.reason = [order.reason, advice].compactMap(\.self).joined(separator: " ")
    try await record(order, .decision, "lost: \(advice)")
  }

  private func update(_ state: OrderState) async throws {
    let known = [state.clientOrderId, state.orderId].compactMap(\.self)
    for id in known {
      guard var order = try await environment.ledger.orders.order(id) else { continue }
      order.orderId = state.orderId ?? order.orderId
      order.status = state.status
      order.filledOut = state.filledOut?.text ?? order.filledOut
      order.txHash = state.txHash ?? order.txHash
      order.updatedAt = state.updatedAt ?? order.updatedAt
      if state.status != .unknown {
        order.reason = state.reason
      } else if order.reason == nil {
        order.reason = Reconciliation.unresolvedAdvice
      }
      return try await record(order, .push, try StoredSwapJournal.json(state))
    }
  }

  private func record(
    _ order: OrderRecord, _ kind: JournalEntry.Kind, _ body: String
  ) async throws {
    let entry = JournalEntry(
      at: environment.time.wallTime, clientOrderId: order.clientOrderId, kind: kind, body: body)
    let alerts = try await environment.ledger.orders.settle(
      order, [entry], telling: order.alerts(at: environment.time.wallTime))
    environment.tell(order, alerts)
  }

  private static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}
