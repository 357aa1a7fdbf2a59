import Transport

/// What is planned to go wrong with a frame that came in.
struct FrameTrouble {
  enum Action {
    case drop, stall
    case close(UInt16)
  }

  /// What happens to the connection before the frame is looked at.
  var before: Action?
  /// Whether the frame is never looked at.
  var isFrameLost = false
  /// Whether the connection drops once the frame is answered.
  var dropsAfter = false
}

extension TradingServer {
  /// Counts a frame for every fault that strikes by number.
  func troubleWithFrame() -> FrameTrouble {
    var trouble = FrameTrouble(dropsAfter: strikes(.dropAfterFrame))
    // What is answered after the drop goes nowhere.
    if strikes(.dropAtFrame) { trouble.before = .drop }
    if strikes(.halfOpen) { trouble = FrameTrouble(before: .stall, isFrameLost: true) }
    if let close = faults.strike(.closeAtFrame) {
      events.report(.fault(close.kind.rawValue))
      trouble = FrameTrouble(before: .close(UInt16(close.number ?? 1000)), isFrameLost: true)
    }
    if strikes(.dropBeforeFrame) { trouble = FrameTrouble(before: .drop, isFrameLost: true) }
    return trouble
  }

  func undergo(_ action: FrameTrouble.Action, on id: Int) {
    switch action {
    case .drop: sessions[id]?.queue.drop()
    case .stall: sessions[id]?.queue.stall()
    case .close(let code): sessions[id]?.queue.close(code: code, reason: "planned")
    }
  }

  /// Tells an order to whoever follows `channel`, by default its own.
  func tell(_ order: Order, on channel: String? = nil) {
    guard faults.standing(.noPush) == nil else { return }
    let own = "orders:\(order.id)"
    let channel = channel ?? own
    let text = JSONText.encode(TradingReply(ch: own, data: order.report(in: dialect)))
    let isLast = order.next == nil
    if strikes(.pushReordered), !isLast {
      mischief.heldPushes[own] = text
      return
    }
    push(text, on: channel)
    if strikes(.pushTwice) { push(text, on: channel) }
    if let held = mischief.heldPushes.removeValue(forKey: own) { push(held, on: channel) }
    if isLast, strikes(.pushLate) {
      var first = order
      first.status = .pending
      first.filled = nil
      first.updatedAt -= 1
      push(JSONText.encode(TradingReply(ch: own, data: first.report(in: dialect))), on: channel)
    }
  }
}

extension TradingServer: MessageServer {
  func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    var headers = HTTPHeaders()
    // The system's own date would give away that only the trading clock is off.
    headers["Date"] = faults.standing(.noDate) == nil ? HTTPHeaders.dateText(now) : "unknown"
    if request.path == TradingServer.timePath, faults.standing(.noTime) == nil {
      return .response(
        status: 200, headers: headers,
        body: Array(JSONText.encode(TradingTime(serverTime: now)).utf8))
    }
    guard request.path == TradingServer.path else { return .response(status: 404) }
    if let fault = faults.strike(.refuseUpgrade) {
      events.report(.fault(fault.kind.rawValue))
      let status = fault.number ?? 503
      if status == 429 || status == 503 { headers["Retry-After"] = "1" }
      return .response(status: status, headers: headers)
    }
    return .webSocket(headers: headers) { [weak self] connection in await self?.serve(connection) }
  }
}

/// The vendor's REST interface tells the time without a key.
private struct TradingTime: Encodable {
  let serverTime: Int64
}
