import Cryptography
import Domain
import Phrases
import Storage

/// Executes a swap that somebody has confirmed on the grounds of a quote: of the one that they hold, or
/// else of one that is asked for now and compared with what they confirmed.
///
/// The output tells what became of it; anything but an accepted order is thrown after it.
package struct PlaceSwap: TradingRequest {
  package var estimate: EstimateSwap
  /// 1/100 of a percent, 0 to 10,000.
  package var slippageBps: Int
  package var clientOrderId: String?
  /// The output that was shown and confirmed: a quote that has fallen below it by more than the
  /// slippage is refused.
  package var confirmedOut: String?
  /// The very quote that was confirmed; nil asks for one now. One that has run out is not sent.
  package var held: HeldQuote?
  /// Whether to wait until the order has ended, also where its outcome is unknown at first.
  package var waiting: Bool
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - slippageBps: how far below the quote is acceptable, in 1/100 of a percent.
  ///   - clientOrderId: nil makes one up.
  ///   - confirmedOut: the output somebody has agreed to; nil accepts any.
  ///   - held: the quote somebody has agreed to, for the same estimate; nil asks for a fresh one.
  ///   - waiting: whether to wait until the order has ended.
  package init(
    _ estimate: EstimateSwap, slippageBps: Int, clientOrderId: String? = nil,
    confirmedOut: String? = nil, held: HeldQuote? = nil, waiting: Bool = false
  ) {
    self.estimate = estimate
    self.slippageBps = slippageBps
    self.clientOrderId = clientOrderId
    self.confirmedOut = confirmedOut
    self.held = held
    self.waiting = waiting
  }

  /// A new name for an order.
  package static func newOrderId(from random: some RandomSource) -> String {
    ClientOrderID.random(from: random).text
  }

  /// Sends the swap once, for the held quote or a fresh one that is as good as what was confirmed.
  ///
  /// Throws `.outcomeUnknown` when it was sent, no answer came, and nothing was found out within the
  /// time that there is.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SwapOutput) async -> Void
  ) async throws(UserError) {
    let id = try orderId(on: hub)
    let news = hub.environment.changes.listen()
    let (trader, quote) = try await quoted(on: hub)
    try checkStillGood(quote)
    // What has no time left for its answer is not begun.
    guard hub.timeout > .zero else {
      throw .noConnection(try await hub.service(with: .exchange))
    }
    let request = try SwapRequest(
      accepting: quote, slippageBps: slippageBps, clientOrderId: id)
    let outcome = try await trader.swap(request, quote: quote)
    if outcome.hasPerhapsLeft, waiting { await untilEnded(id.text, news, on: hub) }
    // Whatever the store says now: the swap has left, and its outcome is what matters.
    let read = await hub.environment.storing { [ledger = hub.environment.ledger] _ in
      try await ledger.orders.order(id.text)
    }
    let stored = read ?? nil
    await emit(stored.map { SwapOutput($0) } ?? SwapOutput(id, outcome))
    switch outcome {
    case .accepted: if let stored, waiting || !stored.isOpen { try checkEnd(of: stored) }
    case .rejected(let error): throw refusal(error)
    case .notSent(let error): throw error
    case .unknown(let error):
      guard waiting, let stored, !stored.isUnknown, !stored.isLost else {
        throw .outcomeUnknown(id.text, error.message)
      }
      try checkEnd(of: stored)
    }
  }

  /// Who executes it, and on the grounds of what. A held quote waits for no connection: it would run
  /// out meanwhile, and the account waits as long as it holds.
  private func quoted(
    on hub: AccountHub
  ) async throws(UserError) -> (any Exchange, Quote) {
    let request = try estimate.request()
    guard let quote = held?.quote else {
      let trader = try await hub.online(.exchange, as: (any Exchange).self)
      return (trader, try await trader.estimate(request))
    }
    // Another question's answer, or one from a clock that is not this machine's, confirms nothing.
    guard quote.request == request, quote.receivedUptime <= hub.environment.time.uptime else {
      throw UserError(
        .usage, code: "invalid-input", Phrase.otherQuote.text, hint: Phrase.otherQuoteHint.text)
    }
    return (try await hub.open(.exchange, as: (any Exchange).self), quote)
  }

  private func orderId(on hub: AccountHub) throws(UserError) -> ClientOrderID {
    guard let clientOrderId else { return .random(from: hub.environment.random) }
    guard let id = ClientOrderID(clientOrderId) else {
      throw UserError(
        .usage, code: "invalid-input", Phrase.badOrderId.text, hint: Phrase.badOrderIdHint.text)
    }
    return id
  }

  private func checkStillGood(_ quote: Quote) throws(UserError) {
    guard let confirmedOut, let confirmed = Amount(serverText: confirmedOut),
      quote.expectedOut < confirmed.reduced(byBasisPoints: slippageBps)
    else { return }
    throw UserError(
      .refused, code: "price-moved",
      Phrase.priceMoved.with(
        Amount.grouped(quote.expectedOut.text), Amount.grouped(confirmedOut)),
      hint: Phrase.priceMovedHint.text)
  }

  private func untilEnded(
    _ id: String, _ news: AsyncStream<AccountEvent>, on hub: AccountHub
  ) async {
    // At the end of either the order's row says how far it came.
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await case .order(let order) in news where order.clientOrderId == id {
          // Lost is the server's last word: it has no such order.
          if order.isLost || !order.isOpen && !order.lacksAmount { return }
        }
      }
      group.addTask { try? await hub.environment.time.sleep(for: hub.timeout) }
      await group.next()
      group.cancelAll()
    }
  }

  private func checkEnd(of order: OrderRecord) throws(UserError) {
    guard order.status != .filled else {
      guard order.filledOut != nil else {
        var remark = UserError(
          .failed, code: "amount-unknown", Phrase.orderAmountUnknown.with(order.clientOrderId),
          hint: Phrase.orderNotEndedHint.with(order.clientOrderId))
        remark.isRemark = true
        throw remark
      }
      guard order.isBelowMinimum, let filled = order.filledOut, let minimum = order.minimumOut
      else {
        return
      }
      throw UserError(
        .failed, code: "below-minimum",
        Phrase.orderBroughtLess.with(order.clientOrderId, "\(filled) \(order.to)"),
        hint: Phrase.orderBelowHint.with("\(minimum.shown) \(order.to)"))
    }
    guard !order.isOpen else {
      throw UserError(
        .failed, code: "not-ended",
        Phrase.orderNotEnded.with(order.clientOrderId, order.status.word),
        hint: Phrase.orderNotEndedHint.with(order.clientOrderId))
    }
    throw UserError(
      .failed, code: order.status.text.lowercased(),
      Phrase.orderEnded.with(order.clientOrderId, order.status.word),
      hint: order.reason ?? Phrase.orderEndedHint.text)
  }

  private func refusal(_ error: UserError) -> UserError {
    var refusal = error
    if refusal.kind != .credentials { refusal.kind = .refused }
    return refusal
  }
}

extension UserError {
  /// The one outcome that must never be taken for a failure.
  package static func outcomeUnknown(_ id: String, _ reason: String) -> UserError {
    UserError(
      .outcomeUnknown, code: "outcome-unknown", Phrase.outcomeUnknown.with(id, reason),
      hint: Phrase.outcomeUnknownHint.with(id))
  }
}

extension SwapOutcome {
  /// Whether the server has it or may have it.
  fileprivate var hasPerhapsLeft: Bool {
    switch self {
    case .accepted, .unknown: true
    case .rejected, .notSent: false
    }
  }
}
