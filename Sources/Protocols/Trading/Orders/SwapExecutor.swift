import Domain
import Transport

/// Sends swaps: each is journalled before its first byte leaves, written once, and written again
/// only after the server refused it for its time, which alone proves that it was not carried out.
actor SwapExecutor {
  private let context: ConnectionContext
  private let orders: OrderTracker
  private let journal: any SwapJournal
  private var used: Set<ClientOrderID> = []

  init(_ context: ConnectionContext, orders: OrderTracker, journal: any SwapJournal) {
    self.context = context
    self.orders = orders
    self.journal = journal
  }

  func swap(
    _ request: SwapRequest, quote: Quote, over trade: TradingConnection
  ) async -> SwapOutcome<TradingError> {
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
    _ request: SwapRequest, _ quote: Quote, over trade: TradingConnection
  ) async -> (SwapOutcome<TradingError>, OrderUpdate?) {
    var refused: TradingError?
    let strays = await orders.strays
    for attempt in 1...2 {
      if attempt > 1, let update = await known(request.clientOrderId, over: trade) {
        return (.accepted(orderId: update.orderId, status: update.status), update)
      }
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
          .swap(request), within: patience, untilDisconnected: attempt == 1,
          unless: { [orders] in
            await orders.mayHold(request.clientOrderId, withStraysSince: strays)
          })
        guard case .order(let update) = reply,
          update.clientOrderId == nil || update.clientOrderId == request.clientOrderId.text
        else {
          return (.unknown(.unreadable(operation: "swap", "It is about another order.")), nil)
        }
        return (.accepted(orderId: update.orderId, status: update.status), update)
      } catch {
        if error.isOutcomeUnknown { return (.unknown(error), nil) }
        // Something came meanwhile that may be the answer to the first writing.
        if case .superseded = error { return (.unknown(refused ?? error), nil) }
        guard case .refused = error else {
          return (refused.map { .rejected($0) } ?? .notSent(error), nil)
        }
        // What was pushed about it tells more than its answer.
        if await orders.mayHold(request.clientOrderId, withStraysSince: strays) {
          return (.unknown(error), nil)
        }
        // For its time: a new signature may help, once.
        refused = error
      }
    }
    return (refused.map { .rejected($0) } ?? .notSent(.notReady), nil)
  }

  /// What the server has of an order that it says it refused, asked on the next connection. Nil if it
  /// has none, or cannot be asked.
  private func known(_ id: ClientOrderID, over trade: TradingConnection) async -> OrderUpdate? {
    do throws(TradingError) {
      let update = try await trade.order(
        id.text, within: context.configuration.timeouts.queue)
      return update.clientOrderId.map { $0 == id.text } ?? true ? update : nil
    } catch {
      // The refusal was the proof; this is only one more look before it is acted on.
      return nil
    }
  }
}

extension Quote {
  /// Whether a person who saw this quote agreed to that swap.
  fileprivate func answers(_ swap: SwapRequest) -> Bool {
    request.from == swap.from && request.to == swap.to && request.amount == swap.amount
      && request.filter == swap.filter
  }
}
