import Transport

/// Sends swaps: each is journalled before its first byte leaves, written once, and written again
/// only after the server refused it for its time, which alone proves that it was not carried out.
actor SwapDesk {
  private let context: LinkContext
  private let orders: OrderDesk
  private let journal: any SwapJournal
  private var used: Set<ClientOrderID> = []

  init(_ context: LinkContext, orders: OrderDesk, journal: any SwapJournal) {
    self.context = context
    self.orders = orders
    self.journal = journal
  }

  func swap(_ request: SwapRequest, quote: Quote, over trade: Lane) async -> SwapOutcome {
    guard quote.answers(request), quote.remaining(at: context.time.uptime) > .zero else {
      return .notSent(.staleQuote)
    }
    guard used.insert(request.clientOrderId).inserted else {
      return .notSent(.alreadySent(request.clientOrderId))
    }
    let (outcome, update) = await send(request, quote, over: trade)
    if case .notSent = outcome { used.remove(request.clientOrderId) }
    await orders.record(.ended(request.clientOrderId, outcome))

    let state = OrderState(
      clientOrderId: request.clientOrderId.text,
      minimumOut: quote.minimumOut(slippageBps: request.slippageBps))
    if let update {
      await orders.accept(update, as: state)
    } else if case .unknown = outcome {
      await orders.leaveUnresolved(request.clientOrderId, state)
    }
    return outcome
  }

  private func send(
    _ request: SwapRequest, _ quote: Quote, over trade: Lane
  ) async -> (SwapOutcome, OrderUpdate?) {
    var refused: TradingError?
    for attempt in 1...2 {
      let intent = SwapIntent(
        request: request, expectedOut: quote.expectedOut,
        minimumOut: quote.minimumOut(slippageBps: request.slippageBps), attempt: attempt,
        preparedAt: context.time.wallTime)
      do { try await journal.willSend(intent) } catch {
        return (refused.map { .rejected($0) } ?? .notSent(.journal("\(error)")), nil)
      }
      // The journal may have taken its time.
      let patience = min(
        quote.remaining(at: context.time.uptime), context.configuration.timeouts.queue)
      guard patience > .zero else {
        return (refused.map { .rejected($0) } ?? .notSent(.staleQuote), nil)
      }
      do throws(TradingError) {
        // A refused swap may wait for the next connection, on which it is signed anew. The first
        // writing may not: the person who confirmed it did not know that orders may be missing.
        let reply = try await trade.ask(
          .swap(request), within: patience, untilDisconnected: attempt == 1)
        guard case .order(let update) = reply,
          update.clientOrderId == nil || update.clientOrderId == request.clientOrderId.text
        else {
          return (.unknown(.unreadable(operation: "swap", "It is about another order.")), nil)
        }
        return (.accepted(orderId: update.orderId, status: update.status), update)
      } catch {
        if error.isOutcomeUnknown { return (.unknown(error), nil) }
        guard case .refused = error else {
          return (refused.map { .rejected($0) } ?? .notSent(error), nil)
        }
        // What was pushed about it tells more than its answer.
        if await orders.hasHeard(of: request.clientOrderId) { return (.unknown(error), nil) }
        // For its time: a new signature may help, once.
        refused = error
      }
    }
    return (refused.map { .rejected($0) } ?? .notSent(.notReady), nil)
  }
}

extension Quote {
  /// Whether a person who saw this quote agreed to that swap.
  fileprivate func answers(_ swap: SwapRequest) -> Bool {
    request.from == swap.from && request.to == swap.to && request.amount == swap.amount
      && request.filter == swap.filter
  }
}
