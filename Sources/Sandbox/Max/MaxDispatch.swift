/// From a frame to its answer.
extension MaxServer {
  /// Takes one message of session `id`; nil stands for a binary one.
  func receive(_ bytes: [UInt8]?, from id: Int) {
    guard sessions[id] != nil else { return }
    sessions[id]?.lastFrame = time.uptime
    if isDroppedByPlan(id) { return }
    guard let bytes, let head = try? JSONText.decode(MaxFrame.Head.self, from: bytes) else {
      events.report(.refused(.max, connection: id, error: "malformed frame"))
      sessions[id]?.outbox.close(code: 1003, reason: "malformed frame")
      return
    }
    switch MaxFrame.Command(rawValue: head.cmd) {
    case .request: answer(head, bytes, id)
    case .answer where head.opcode == 1 || head.opcode == 128:
      break  // The acknowledgement of a ping or a message.
    default:
      refuse(.payload("cmd"), head, id)
    }
  }

  private func isDroppedByPlan(_ id: Int) -> Bool {
    guard let period = faults.standing(.dropEvery)?.number else { return false }
    sessions[id]?.frames += 1
    guard let frames = sessions[id]?.frames, frames % period == 0 else { return false }
    events.report(.fault(Fault.Kind.dropEvery.rawValue))
    sessions[id]?.outbox.drop()
    return true
  }

  private func answer(_ head: MaxFrame.Head, _ bytes: [UInt8], _ id: Int) {
    if head.opcode == 128 {
      // A push sent back as a request; the real server hangs up on it.
      events.report(.refused(.max, connection: id, error: "128 as a request"))
      sessions[id]?.outbox.drop()
      return
    }
    if sessions[id]?.account != nil, faults.standing(.pushCollides) != nil {
      events.report(.fault(Fault.Kind.pushCollides.rawValue))
      send(presence(of: Population.pavel), as: .request, seq: head.seq, opcode: 132, to: id)
    }
    do throws(MaxRefusal) {
      try check(head, bytes, id)
      let payload = try perform(head.opcode, bytes, id)
      events.report(.request(.max, connection: id, name: "\(head.opcode)"))
      if let mute = faults.standing(.noAnswer), mute.number == head.opcode {
        events.report(.fault(mute.kind.rawValue))
      } else if let payload {
        send(payload, as: .answer, seq: head.seq, opcode: head.opcode, to: id)
      } else {
        send(EmptyPayload?.none, as: .answer, seq: head.seq, opcode: head.opcode, to: id)
      }
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
  private func check(_ head: MaxFrame.Head, _ bytes: [UInt8], _ id: Int) throws(MaxRefusal) {
    guard head.ver == MaxFrame.version else { throw .payload("ver") }
    guard let session = sessions[id], head.seq > session.lastRequest else { throw .payload("seq") }
    sessions[id]?.lastRequest = head.seq
    _ = try read(EmptyPayload.self, bytes)
    switch (session.stage, head.opcode) {
    case (.fresh, 6), (.greeted, 1), (.greeted, 5), (.greeted, 6), (.greeted, 17...19),
      (.greeted, 115), (.greeted, 288...289), (.greeted, 291), (.online, _):
      return
    case (.fresh, _): throw .notGreeted
    case (.greeted, _): throw .notOnline
    }
  }

  private func read<Payload: Decodable>(
    _ type: Payload.Type, _ bytes: [UInt8]
  ) throws(MaxRefusal) -> Payload {
    do {
      return try JSONText.decode(MaxFrame.Body<Payload>.self, from: bytes).payload
    } catch {
      throw .payload(error.complaint)
    }
  }

  /// Carries a request out; nil is an answer too, written as null.
  private func perform(
    _ opcode: Int, _ bytes: [UInt8], _ id: Int
  ) throws(MaxRefusal) -> (any Encodable)? {
    switch opcode {
    case 1: _ = try read(MaxRequest.Ping.self, bytes)
    case 5: break  // Telemetry.
    case 6: return try greet(read(MaxRequest.Hello.self, bytes), id)
    case 17: return try sendCode(read(MaxRequest.Verification.self, bytes))
    case 18: return try signIn(read(MaxRequest.Code.self, bytes))
    case 19: return try logIn(read(MaxRequest.Login.self, bytes), id)
    case 115: return try signIn(read(MaxRequest.Password.self, bytes))
    case 288: return openQR()
    case 289: return try pollQR(read(MaxRequest.Track.self, bytes))
    case 291: return try signIn(read(MaxRequest.Track.self, bytes))
    default:
      guard let account = sessions[id]?.account else { throw .notOnline }
      return try perform(opcode, bytes, Caller(account: account, session: id))
    }
    return nil
  }

  /// Who asks, once logged in.
  struct Caller {
    let account: Int64
    let session: Int
  }

  private func perform(
    _ opcode: Int, _ bytes: [UInt8], _ caller: Caller
  ) throws(MaxRefusal) -> (any Encodable)? {
    switch opcode {
    case 20: logOut(caller.session)
    case 32: return try contacts(read(MaxRequest.Contacts.self, bytes))
    case 35: return try presence(read(MaxRequest.Contacts.self, bytes))
    case 48: return try chats(read(MaxRequest.Chats.self, bytes), caller)
    case 49: return try history(read(MaxRequest.History.self, bytes), caller)
    case 50: return try mark(read(MaxRequest.Mark.self, bytes), caller)
    case 53: return chats(try read(MaxRequest.ChatsList.self, bytes), caller)
    case 64: return try post(read(MaxRequest.Send.self, bytes), caller)
    case 65: try announceTyping(read(MaxRequest.Typing.self, bytes), caller)
    case 66: return try delete(read(MaxRequest.Delete.self, bytes), caller)
    case 67: return try edit(read(MaxRequest.Edit.self, bytes), caller)
    case 71: return try messages(read(MaxRequest.Messages.self, bytes), caller)
    case 75:
      let request = try read(MaxRequest.Subscription.self, bytes)
      _ = try world.conversation(request.chatId, of: caller.account)
    case 158: return callToken()
    case 163:
      _ = try read(MaxRequest.CallHistory.self, bytes)
      return callHistory(caller)
    case 167: try hangUp(read(MaxRequest.HangUp.self, bytes), caller)
    case 178, 179: return try react(read(MaxRequest.Reaction.self, bytes), opcode, caller)
    default: throw .opcode(opcode)
    }
    return nil
  }
}
