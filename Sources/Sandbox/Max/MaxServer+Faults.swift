import Transport

/// What goes wrong on purpose between a request and its answer, and after a login
/// (OneMe notes §8).
extension MaxServer {
  /// Before a request is looked at.
  func disturb(_ head: MaxFrame.Head, _ id: Int) {
    guard sessions[id]?.account != nil else { return }
    if faults.standing(.pushCollides) != nil {
      events.report(.fault(Fault.Kind.pushCollides.rawValue))
      send(presence(of: Population.pavel), as: .request, seq: head.seq, opcode: 132, to: id)
    }
    if faults.standing(.pushBetween) != nil {
      events.report(.fault(Fault.Kind.pushBetween.rawValue))
      push(presence(of: Population.pavel), opcode: 132, toSession: id)
    }
  }

  /// Sends an answer, if, when and as often as the plan has it.
  func reply(_ payload: (any Encodable)?, _ head: MaxFrame.Head, _ id: Int) {
    func planned(_ kind: Fault.Kind) -> Fault? {
      guard let fault = faults.standing(kind, opcode: head.opcode) else { return nil }
      events.report(.fault(kind.rawValue))
      return fault
    }
    if planned(.noAnswer) != nil { return }
    guard let session = sessions[id] else { return }
    let message: WebSocketMessage
    if head.opcode == 19, faults.standing(.bareLogin) != nil {
      message = answer(["token": WireValue.null], head, session)
    } else if let payload, planned(.nullPayload) == nil {
      message = answer(payload, head, session)
    } else {
      message = answer(EmptyPayload?.none, head, session)
    }
    if session.heldAnswer == nil, planned(.outOfOrder) != nil {
      sessions[id]?.heldAnswer = message
      return
    }
    if let fault = planned(.lateAnswer) {
      let delay = Duration.milliseconds(fault.detail.flatMap { Int($0) } ?? 0)
      schedule(.send(message, session: id), after: delay)
      return
    }
    session.queue.send(message)
    if planned(.answerTwice) != nil { session.queue.send(message) }
    if let held = session.heldAnswer {
      session.queue.send(held)
      sessions[id]?.heldAnswer = nil
    }
  }

  private func answer(
    _ payload: (some Encodable)?, _ head: MaxFrame.Head, _ session: MaxSession
  ) -> WebSocketMessage {
    session.wire.message(payload, cmd: .answer, seq: head.seq, opcode: head.opcode)
  }

  // MARK: Messages

  /// Pushes a message, once as a rule.
  func deliver(_ update: MaxPush.NewMessage, _ message: Int64, toSession id: Int) {
    let seq = push(update, opcode: 128, toSession: id)
    if strikes(.duplicateMessage) != nil { push(update, opcode: 128, toSession: id) }
    guard let seconds = faults.standing(.repeatUnacked)?.number else { return }
    sessions[id]?.unacknowledged[seq] = message
    schedule(
      .repeatMessage(update, seq: seq, session: id, left: 3), after: .seconds(seconds))
  }

  /// Pushes a message again that was not acknowledged, with a number of its own.
  func repeatMessage(
    _ update: MaxPush.NewMessage, seq: Int, toSession id: Int, left: Int, at moment: Duration
  ) {
    guard let message = sessions[id]?.unacknowledged.removeValue(forKey: seq), left > 0,
      let seconds = faults.standing(.repeatUnacked)?.number
    else { return }
    events.report(.fault(Fault.Kind.repeatUnacked.rawValue))
    let next = push(update, opcode: 128, toSession: id)
    sessions[id]?.unacknowledged[next] = message
    schedule(
      .repeatMessage(update, seq: next, session: id, left: left - 1),
      at: moment + .seconds(seconds))
  }

  // MARK: After a login

  func misbehaveAfterLogin(_ id: Int, _ account: Int64) {
    sessions[id]?.wire.style.compressesWithZstd = faults.standing(.zstd) != nil
    if strikes(.garbage) != nil {
      sessions[id]?.queue.send(.text("this is no JSON {"))
      sessions[id]?.queue.send(.text("[11,0,1]"))
      sessions[id]?.queue.send(.binary(chance.bytes(64)))
    }
    if let fault = strikes(.oversize) {
      let filler = String(repeating: "x", count: (fault.number ?? 2) << 20)
      push(["filler": filler], opcode: 292, toSession: id)
    }
    if strikes(.deleteUnknown) != nil {
      let update = MaxPush.Deleted(
        chatId: Population.pavel ^ account, messageIds: [MessageID(1), MessageID(Int64.max)])
      push(update, opcode: 142, toSession: id)
    }
    if strikes(.unknownKinds) != nil { pushUnknownKinds(id, account) }
    if strikes(.redirect) != nil {
      push(MaxPush.Redirect(redirectHost: place.host), opcode: 3, toSession: id)
      sessions[id]?.queue.close(code: 1000)
    }
    if let fault = strikes(.dropAfter) {
      schedule(.drop(session: id), after: .seconds(fault.number ?? 0))
    }
    if let fault = strikes(.outage) {
      schedule(.outage(.begin(seconds: fault.number ?? 0, account)), after: .seconds(5))
    }
  }

  /// An opcode, a kind of chat and a status that nobody knows; attachments stand in the account.
  private func pushUnknownKinds(_ id: Int, _ account: Int64) {
    let now = time.wallTime
    push(["mystery": WireValue.integer(1)], opcode: 9001, toSession: id)
    let chat: WireValue = [
      "id": -70_000_000_000_777, "type": "SPACE", "status": "FLOATING",
      "owner": .integer(account), "title": "?", "lastEventTime": .integer(now),
      "participants": [:], "created": .integer(now), "modified": .integer(now),
    ]
    push(["chat": chat], opcode: 135, toSession: id)
    push(EmptyPayload?.none, opcode: 128, toSession: id)
  }
}

/// A server that is away for a while, as if its line were cut: connections break, nobody is let in,
/// and people go on writing.
extension MaxServer {
  enum OutageStep: Sendable {
    case begin(seconds: Int, Int64)
    case message(number: Int, Int64)
    case end
  }

  /// Messages that arrive while it lasts.
  static let outageMessages = 50

  func takeStep(_ step: OutageStep, at moment: Duration) {
    switch step {
    case .begin(let seconds, let account):
      setReachable(false)
      for number in 1...MaxServer.outageMessages {
        let share = Duration.seconds(seconds) * number / (MaxServer.outageMessages + 1)
        schedule(.outage(.message(number: number, account)), at: moment + share)
      }
      schedule(.outage(.end), at: moment + .seconds(seconds))
    case .message(let number, let account):
      speak("Пока тебя нет: \(number)", from: Population.pavel, toDialogWith: account)
    case .end: setReachable(true)
    }
  }

  func setReachable(_ isReachable: Bool) {
    setReachability(isReachable)
    guard !isReachable else { return }
    for id in sessions.keys.sorted() { sessions[id]?.queue.drop() }
    for id in state.book.signals.keys.sorted() { state.book.signals[id]?.queue.drop() }
  }

  /// Lets someone write who is not signed in.
  func speak(_ text: String, from sender: Int64, toDialogWith account: Int64) {
    let dialog = state.world.dialog(sender, account, at: time.wallTime)
    speak(text, from: sender, in: dialog)
  }
}
