import Transport

/// From a frame to its answer.
extension MaxServer {
  /// Takes one message of session `id`.
  func receive(_ message: WebSocketMessage, from id: Int) {
    guard let session = sessions[id] else { return }
    sessions[id]?.lastFrame = time.uptime
    if isDroppedByPlan(id) { return }
    guard let (head, text) = session.wire.read(message) else {
      events.report(.refused(.max, connection: id, error: "malformed frame"))
      session.queue.close(code: 1003, reason: "malformed frame")
      return
    }
    switch (MaxFrame.Command(rawValue: head.cmd), head.opcode) {
    case (.request, _): answer(head, text, id)
    case (.answer, 1): break
    case (.answer, 128): acknowledge(head, text, id)
    default: refuse(.payload("cmd"), head, id)
    }
  }

  private func isDroppedByPlan(_ id: Int) -> Bool {
    guard let period = faults.standing(.dropEvery)?.number else { return false }
    sessions[id]?.frames += 1
    guard let frames = sessions[id]?.frames, frames % period == 0 else { return false }
    events.report(.fault(Fault.Kind.dropEvery.rawValue))
    sessions[id]?.queue.drop()
    return true
  }

  private func answer(_ head: MaxFrame.Head, _ text: [UInt8], _ id: Int) {
    if head.opcode == 128 {
      // A push sent back as a request; the real server hangs up on it.
      events.report(.refused(.max, connection: id, error: "128 as a request"))
      sessions[id]?.queue.drop()
      return
    }
    disturb(head, id)
    do throws(MaxRefusal) {
      try check(head, text, id)
      if let fault = strikes(.refuse, opcode: head.opcode) {
        throw .planned(fault.detail ?? "")
      }
      let payload = try perform(head.opcode, text, id)
      events.report(.request(.max, connection: id, name: "\(head.opcode)"))
      reply(payload, head, id)
      if head.opcode == 19 { welcome(id) }
    } catch {
      refuse(error, head, id)
    }
  }

  private func refuse(_ refusal: MaxRefusal, _ head: MaxFrame.Head, _ id: Int) {
    events.report(.refused(.max, connection: id, error: refusal.error))
    if faults.standing(.errorShape)?.value == "seed" {
      let payload = ["error": refusal.error]
      send(payload, as: .answer, seq: head.seq, opcode: head.opcode, to: id)
    } else {
      send(refusal, as: .failure, seq: head.seq, opcode: head.opcode, to: id)
    }
  }

  /// What holds for every request: version, counting, an object as payload, and the right moment.
  private func check(_ head: MaxFrame.Head, _ text: [UInt8], _ id: Int) throws(MaxRefusal) {
    guard let session = sessions[id], head.ver == session.wire.version else {
      throw .payload("ver")
    }
    guard session.admits(head.seq) else { throw .payload("seq") }
    sessions[id]?.lastRequest = head.seq
    // A logout alone may come without (OneMe notes §3.1, 20).
    if head.opcode != 20 { _ = try read(EmptyPayload.self, text) }
    switch (session.stage, head.opcode) {
    case (.fresh, 6), (.greeted, 1), (.greeted, 5), (.greeted, 6), (.greeted, 17...19),
      (.greeted, 115), (.greeted, 224), (.greeted, 288...289), (.greeted, 291), (.online, _):
      return
    case (.fresh, _): throw .notGreeted
    case (.greeted, _): throw .notOnline
    }
  }

  private func read<Payload: Decodable>(
    _ type: Payload.Type, _ text: [UInt8]
  ) throws(MaxRefusal) -> Payload {
    do {
      return try JSONText.decode(MaxFrame.Body<Payload>.self, from: text).payload
    } catch {
      throw .payload(error.complaint)
    }
  }

  private func acknowledge(_ head: MaxFrame.Head, _ text: [UInt8], _ id: Int) {
    do throws(MaxRefusal) {
      let receipt = try read(MaxRequest.Receipt.self, text)
      // Nobody waits for it, or the number was another push's: it changes nothing.
      if sessions[id]?.unacknowledged[head.seq] == receipt.messageId.value {
        sessions[id]?.unacknowledged[head.seq] = nil
      }
    } catch {
      events.report(.refused(.max, connection: id, error: error.error))
    }
  }

  /// Carries a request out; nil is an answer too, written as null.
  private func perform(
    _ opcode: Int, _ text: [UInt8], _ id: Int
  ) throws(MaxRefusal) -> (any Encodable)? {
    switch opcode {
    case 1: _ = try read(MaxRequest.Ping.self, text)
    case 5: break  // Telemetry.
    case 6: return try greet(read(MaxRequest.Hello.self, text), id)
    case 17: return try sendCode(read(MaxRequest.Verification.self, text))
    case 18: return try signIn(read(MaxRequest.Code.self, text))
    case 19: return try logIn(read(MaxRequest.Login.self, text), id)
    case 115: return try signIn(read(MaxRequest.Password.self, text))
    case 224: return try captcha(read(MaxRequest.Captcha.self, text))
    case 288: return openQR()
    case 289: return try pollQR(read(MaxRequest.Track.self, text))
    case 291: return try signIn(read(MaxRequest.Track.self, text))
    default:
      guard let account = sessions[id]?.account else { throw .notOnline }
      return try perform(opcode, text, Caller(account: account, session: id))
    }
    return nil
  }

  /// Who asks, once logged in.
  struct Caller {
    let account: Int64
    let session: Int
  }

  private func perform(
    _ opcode: Int, _ text: [UInt8], _ caller: Caller
  ) throws(MaxRefusal) -> (any Encodable)? {
    switch opcode {
    case 20: logOut(caller.session)
    case 22: return try configure(read(MaxRequest.Configuration.self, text), caller)
    case 32: return try contacts(read(MaxRequest.Contacts.self, text))
    case 35: return try presence(read(MaxRequest.Contacts.self, text))
    case 46: return try person(read(MaxRequest.Phone.self, text))
    case 48: return try chats(read(MaxRequest.Chats.self, text), caller)
    case 49: return try history(read(MaxRequest.History.self, text), caller)
    case 50: return try mark(read(MaxRequest.Mark.self, text), caller)
    case 53: return chats(try read(MaxRequest.ChatsList.self, text), caller)
    case 59: return try members(read(MaxRequest.Members.self, text), caller)
    case 64: return try post(read(MaxRequest.Send.self, text), caller)
    case 65: try announceTyping(read(MaxRequest.Typing.self, text), caller)
    case 66: return try delete(read(MaxRequest.Delete.self, text), caller)
    case 67: return try edit(read(MaxRequest.Edit.self, text), caller)
    case 71: return try messages(read(MaxRequest.Messages.self, text), caller)
    case 73: return try search(read(MaxRequest.Search.self, text), caller)
    case 75:
      let request = try read(MaxRequest.Subscription.self, text)
      _ = try state.world.conversation(request.chatId, of: caller.account)
    case 80: return openPhoto(try read(MaxRequest.Upload.self, text), caller)
    case 82: return openVideo(try read(MaxRequest.Upload.self, text), caller)
    case 83: return try play(read(MaxRequest.Play.self, text), caller)
    case 87: return openFile(try read(MaxRequest.Upload.self, text), caller)
    case 88: return try download(read(MaxRequest.Download.self, text), caller)
    case 96: return sessionList(caller)
    case 97: return closeOtherSessions(caller)
    case 158: return callToken()
    case 163: return callHistory(try read(MaxRequest.CallHistory.self, text), caller)
    case 167: try hangUp(read(MaxRequest.HangUp.self, text), caller)
    case 176: try save(read(MaxRequest.Draft.self, text), caller)
    case 177: try discard(read(MaxRequest.DraftChoice.self, text), caller)
    case 178, 179: return try react(read(MaxRequest.Reaction.self, text), opcode, caller)
    case 180: return try reactions(read(MaxRequest.Messages.self, text), caller)
    case 181: return try reactors(read(MaxRequest.Reactors.self, text), caller)
    case 290: try approveQR(read(MaxRequest.Approval.self, text), caller)
    default: throw .opcode(opcode)
    }
    return nil
  }
}
