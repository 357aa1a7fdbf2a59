/// Opcodes 137 and 167: telephones that ring, are declined, or stop by themselves.
extension MaxServer {
  static let ringTime: Duration = .seconds(20)

  /// Rings on every session of `account`, then plans the next call.
  func ring(_ account: Int64, at moment: Duration) {
    if let interval = scenario.callInterval {
      schedule(.ring(account: account), at: moment + interval.next)
    }
    guard onlineAccounts.contains(account) else { return }
    let callers = [Population.pavel, Population.maria, Population.stranger].filter { $0 != account }
    let call = Call(
      id: chance.uuid(), caller: callers[calls.count % callers.count], callee: account,
      isVideo: calls.count % 3 == 1, startedAt: time.wallTime)
    calls.append(call)
    let push = MaxPush.IncomingCall(
      vcp: configuration(of: call).packed, callerId: call.caller, conversationId: call.id,
      type: call.type, isContact: population.contacts(of: account).contains(call.caller))
    self.push(push, opcode: 137, to: account)
    report(call, "ringing")
    schedule(.missCall(call.id), at: moment + MaxServer.ringTime)
  }

  private func configuration(of call: Call) -> CallConfiguration {
    let now = time.wallTime / 1000
    return CallConfiguration(
      tkn: chance.hexadecimal(32), wse: "ws://\(host)/ws2", et: now + 60,
      stne: "stun:127.0.0.1:3478", trne: "turn:127.0.0.1:3479,turn:127.0.0.1:3480",
      trnu: "\(now + 86_400):90\(call.callee)", trnp: "c2FuZGJveA==", iv: call.isVideo)
  }

  func hangUp(_ request: MaxRequest.HangUp, _ caller: Caller) throws(MaxRefusal) {
    let isMine = calls.contains {
      $0.id == request.conversationId && $0.callee == caller.account && $0.hangup == nil
    }
    guard isMine else { throw .notFound }
    let reason = request.reason ?? "REJECTED"
    guard ["REJECTED", "BUSY", "HUNGUP", "MISSED"].contains(reason) else {
      throw .payload("reason: not a hang-up reason")
    }
    endCall(request.conversationId, hangup: reason)
  }

  /// Ends a call that still rings: a message with a CALL attachment tells every session.
  func endCall(_ id: String, hangup: String) {
    guard let index = calls.firstIndex(where: { $0.id == id && $0.hangup == nil }) else { return }
    calls[index].hangup = hangup
    let call = calls[index]
    let dialog = world.dialog(call.caller, call.callee, at: time.wallTime)
    do {
      let message = try say("", from: call.caller, in: dialog) {
        $0.attaches = [
          .call(
            conversationID: id, type: call.type, hangup: hangup, duration: 0, contact: call.callee)
        ]
      }
      calls[index].messageID = message.id
    } catch {
      events.report(.refused(.max, connection: 0, error: error.error))
    }
    report(call, hangup == "CANCELED" ? "cancelled" : "declined")
  }

  private func report(_ call: Call, _ state: String) {
    let number = world.people[call.callee]?.phone.map { "+\($0)" } ?? ""
    events.report(.call(number: number, conversationID: call.id, state: state))
  }
}
