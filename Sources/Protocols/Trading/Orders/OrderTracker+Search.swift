import Domain

extension OrderTracker {
  /// Looks for an order, at first after `pause` and until the server says something about it.
  func search(for id: ClientOrderID, _ state: OrderState, after pause: Duration = .zero) {
    guard searches[id] == nil else { return }
    searches[id] = OrderSearch(state, now: context.time.uptime + pause)
    keepWatch()
  }

  /// Puts the question once; an error says that it could not be put.
  func look(for id: ClientOrderID) async -> TradingError? {
    guard let state = searches[id]?.state else { return nil }
    do throws(TradingError) {
      let update = try await question(id.text, for: id)
      searches[id]?.asked(at: context.time.uptime)
      if let update {
        await found(update, id, state)
        await settle()
      }
      return nil
    } catch {
      switch error {
      case .refused(let refusal, _):
        searches[id]?.asked(at: context.time.uptime)
        // Only the server's own word counts; a question that failed says nothing.
        if refusal == .notFound, searches[id]?.denied(at: context.time.uptime) == true {
          let advice = Reconciliation.advice(notFound: OrderSearch.proof.answers)
          await record(.lost(id, advice: advice), thenTell: [.warning(.orderLost(id))])
        }
        return nil
      case .unreadable:
        searches[id]?.asked(at: context.time.uptime)
        emit(.warning(.unreadable(error.message)))
        return nil
      default:
        return error
      }
    }
  }

  /// Asks for the order of this id of ours by `name`, the same id or the server's; nil if the
  /// answer is about another one.
  private func question(
    _ name: String, for id: ClientOrderID
  ) async throws(TradingError) -> OrderUpdate? {
    guard let trade = pool?.trade else { throw .stopped }
    let update = try await trade.order(name, within: context.configuration.timeouts.queue)
    let isOurs =
      update.clientOrderId.map { $0 == id.text } ?? (name == id.text || name == update.orderId)
    return isOurs ? update : nil
  }

  /// The order exists: watches it instead.
  func found(_ update: OrderUpdate, _ id: ClientOrderID, _ state: OrderState) async {
    searches[id] = nil
    if tracked.entries[update.orderId] != nil {
      // Its late answer came first, and did not say whose it was.
      await identify(update.orderId, as: id, state)
    } else {
      await watch(state.identified(orderId: update.orderId, clientOrderId: id))
    }
    await receive(update, via: .status)
  }

  /// See `TradingClient.reconcile`.
  func reconcile(
    _ id: ClientOrderID, orderId: String?, attempts: Int = Reconciliation.attempts
  ) async -> Reconciliation {
    let state = searches[id]?.state ?? OrderState(clientOrderId: id.text, status: .unknown)
    search(for: id, state, after: Reconciliation.pause * attempts)
    var notFound = 0
    for attempt in 0..<attempts {
      if attempt > 0 {
        do { try await context.time.sleep(for: Reconciliation.pause) } catch { break }
      }
      var isNowhere = true
      for name in [orderId, id.text].compactMap({ $0 }) {
        do throws(TradingError) {
          if let update = try await question(name, for: id) {
            await found(update, id, state)
            await settle()
            // The search that goes on by itself may have found it in the same moment.
            await allRecorded()
            return .found(tracked.entries[update.orderId]?.state ?? state)
          }
          isNowhere = false
        } catch {
          // Only the server's own word counts; a question that failed says nothing.
          if case .refused(.notFound, _) = error { continue }
          isNowhere = false
        }
      }
      if isNowhere { notFound += 1 }
    }
    return .unresolved(notFound: notFound, advice: Reconciliation.advice(notFound: notFound))
  }
}
