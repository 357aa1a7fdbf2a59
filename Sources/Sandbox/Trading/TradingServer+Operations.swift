import Transport

extension TradingServer {
  /// Answers one message of session `id`, unless something is planned for it.
  func receive(_ message: WebSocketMessage, from id: Int) {
    guard sessions[id] != nil else { return }
    sessions[id]?.lastMessage = time.uptime
    let trouble = troubleWithFrame()
    if let action = trouble.before { undergo(action, on: id) }
    if trouble.isFrameLost { return }
    do throws(TradingRefusal) {
      guard sessions[id]?.rate.admit(at: time.uptime) == true else {
        throw TradingRefusal.tooFast
      }
      guard message.size <= dialect.sizeLimit else { throw TradingRefusal.tooLarge }
      guard case .text(let text) = message, let frame = RawObject(Array(text.utf8)),
        let operation = frame.value("op", as: String.self)
      else { throw TradingRefusal.invalidMessage }
      try perform(operation, frame, for: id)
    } catch {
      refuse(error, to: id)
    }
    if trouble.dropsAfter { undergo(.drop, on: id) }
  }

  private func refuse(_ refusal: TradingRefusal, to id: Int) {
    events.report(.refused(.trading, connection: id, error: refusal.text))
    if refusal == .tooLarge {
      sessions[id]?.queue.close(code: 1009, reason: refusal.text)
      return
    }
    send(JSONText.encode(TradingErrorReply(error: refusal.text)), to: id)
    if refusal == .tooManyConnections {
      sessions[id]?.queue.close(code: 1008, reason: refusal.text)
    }
  }

  func send(_ text: String, to id: Int) {
    sessions[id]?.queue.send(.text(text))
  }

  /// Answers, unless another way is planned for the answer.
  func answer(_ operation: String, ch: String? = nil, _ data: some Encodable, to id: Int) {
    if let error = mischief.plannedError {
      return send(JSONText.encode(TradingErrorReply(error: error.text)), to: id)
    }
    let text = JSONText.encode(TradingReply(op: operation, ch: ch, data: data))
    if let late = faults.strike(.lateReply, operation: operation) {
      events.report(.fault(late.kind.rawValue))
      schedule(.reply(text, session: id), after: .milliseconds(Int(late.detail ?? "") ?? 0))
    } else if faults.strike(.noReply, operation: operation) != nil {
      events.report(.fault(Fault.Kind.noReply.rawValue))
    } else {
      send(text, to: id)
      if let again = faults.strike(.replyTwice, operation: operation) {
        events.report(.fault(again.kind.rawValue))
        schedule(.reply(text, session: id), after: .milliseconds(Int(again.detail ?? "") ?? 0))
      }
    }
  }

  private func perform(
    _ operation: String, _ frame: RawObject, for id: Int
  ) throws(TradingRefusal) {
    mischief.plannedError = faults.strike(.answerError, operation: operation)
      .flatMap { $0.detail }.flatMap { TradingRefusal.byWord[$0] }
    defer { mischief.plannedError = nil }
    if mischief.plannedError != nil { events.report(.fault(Fault.Kind.answerError.rawValue)) }
    // That answer is true: a message is looked at no further once its time was found wrong.
    if mischief.plannedError == .outsideWindow { throw .outsideWindow }
    if operation == "auth" {
      try authenticate(frame, id)
    } else if sessions[id]?.isAuthenticated != true {
      throw .notAuthenticated
    }
    switch operation {
    case "auth": answer(operation, TradingStatus(status: "authenticated"), to: id)
    case "subscribe", "unsubscribe": try changeChannels(operation, frame, id)
    case "estimate":
      let request = try admit(EstimateRequest.self, operation, frame)
      answer(operation, try exchange.estimate(request, at: now), to: id)
    case "swap": try swap(try admit(SwapRequest.self, operation, frame), id)
    case "order_status":
      let request = try admit(OrderStatusRequest.self, operation, frame)
      guard !strikes(.noOrder), let order = exchange.orders[request.id] else { throw .noOrder }
      answer(operation, order.report(in: dialect), to: id)
    case "balances":
      _ = try gate.admit(operation: operation, frame, at: now)
      answer(operation, BalancesAnswer(balances: exchange.wallet.balances), to: id)
    default: throw .unknownOperation(operation)
    }
    events.report(.request(.trading, connection: id, name: operation))
  }

  private func authenticate(_ frame: RawObject, _ id: Int) throws(TradingRefusal) {
    try gate.admit(authentication: frame, at: now)
    let others = sessions.keys.count { $0 != id && sessions[$0]?.isAuthenticated == true }
    guard others < TradingServer.connectionLimit else { throw .tooManyConnections }
    sessions[id]?.isAuthenticated = true
  }

  /// Checks the signature, then reads `data`.
  private func admit<Request: Decodable>(
    _ type: Request.Type, _ operation: String, _ frame: RawObject
  ) throws(TradingRefusal) -> Request {
    let data = try gate.admit(operation: operation, frame, at: now)
    do {
      return try JSONText.decode(type, from: data, settings: [.tradingDialect: dialect])
    } catch {
      throw .invalid(error.complaint)
    }
  }

  /// "Subscriptions". An order need not exist to be followed.
  private func changeChannels(
    _ operation: String, _ frame: RawObject, _ id: Int
  ) throws(TradingRefusal) {
    guard let channel = frame.value("ch", as: String.self), TradingServer.isChannel(channel) else {
      throw .invalidChannel
    }
    if operation == "unsubscribe" {
      sessions[id]?.channels.remove(channel)
    } else if sessions[id]?.channels.contains(channel) == false {
      guard let count = sessions[id]?.channels.count, count < dialect.channelLimit else {
        throw .tooManyChannels
      }
      sessions[id]?.channels.insert(channel)
    }
    answer(operation, ch: channel, TradingStatus(status: "\(operation)d"), to: id)
  }

  private static func isChannel(_ name: String) -> Bool {
    let prefix = "orders:"
    return name == "balances"
      || name.hasPrefix(prefix) && TradingExchange.isName(name.dropFirst(prefix.count))
  }

  private func swap(_ request: SwapRequest, _ id: Int) throws(TradingRefusal) {
    if strikes(.dropBeforeSwap) {
      sessions[id]?.queue.drop()
      return
    }
    let order = try execute(request)
    let data = SwapAnswer(orderId: order.id, status: dialect.word(for: order.status))
    if strikes(.pushEarly) { tell(order, on: "balances") }
    if strikes(.dropAfterSwap) {
      sessions[id]?.queue.drop()
    } else if let late = faults.strike(.lateSwapReply) {
      events.report(.fault(late.kind.rawValue))
      schedule(
        .reply(JSONText.encode(TradingReply(op: "swap", data: data)), session: id),
        after: .milliseconds(late.number ?? 0))
    } else if let again = faults.strike(.repeatedSwap) {
      events.report(.fault(again.kind.rawValue))
      let refusal = TradingErrorReply(error: TradingRefusal.outsideWindow.text)
      schedule(
        .reply(JSONText.encode(refusal), session: id), after: .milliseconds(again.number ?? 0))
    } else if !strikes(.noSwapReply) {
      answer("swap", data, to: id)
    }
    pushBalances()
  }

  private func execute(_ request: SwapRequest) throws(TradingRefusal) -> Order {
    var course = Order.Course()
    course.outcome = strikes(.failOrder) ? .failed : strikes(.cancelOrder) ? .cancelled : nil
    course.isPartial = strikes(.partialFill)
    course.isStuck = strikes(.stickOrder)
    course.revives = strikes(.reviveOrder)
    course.oddWord = strikes(.oddStatus) ? "SETTLING" : nil
    switch try exchange.swap(request, course: course, at: now) {
    case .taken(let order):
      report(order)
      schedule(.advance(order: order.id), after: .seconds(1))
      return order
    case .known(let order):
      events.report(
        .duplicateOrder(id: order.id, clientOrderID: request.clientOrderID ?? order.id))
      return order
    }
  }

  func strikes(_ kind: Fault.Kind) -> Bool {
    guard faults.strike(kind) != nil else { return false }
    events.report(.fault(kind.rawValue))
    return true
  }
}

extension WebSocketMessage {
  /// In bytes.
  fileprivate var size: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .binary(let bytes): bytes.count
    }
  }
}
