import Cryptography

/// Opcodes 137, 158, 163 and 167: telephones that ring, are declined, or stop by themselves.
extension MaxServer {
  static let ringTime: Duration = .seconds(20)
  /// How long a call lasts that somebody took.
  static let talkTime: Duration = .seconds(30)
  private static let reasons = [
    "TIMEOUT", "BUSY", "MISSED", "REJECTED", "FAILED", "HUNGUP", "CANCELED",
  ]

  /// Rings on every session of `account`, then plans the next call.
  func ring(_ account: Int64, at moment: Duration) {
    if let interval = options.scenario.callInterval {
      schedule(.ring(account: account), at: moment + interval.next)
    }
    guard onlineAccounts.contains(account) else { return }
    let count = state.book.newCalls
    let callers = [Population.pavel, Population.maria, Population.stranger].filter { $0 != account }
    call(account, from: callers[count % callers.count], isVideo: count % 3 == 1, at: moment)
  }

  /// Lets `caller` call `account`; returns the conversation's id.
  @discardableResult
  func call(_ account: Int64, from caller: Int64, isVideo: Bool, at moment: Duration) -> String {
    var call = Call(
      id: chance.uuid(), caller: caller, callee: account, isVideo: isVideo,
      startedAt: time.wallTime)
    call.token = chance.hexadecimal(32)
    state.book[call.id] = call
    let configuration = configuration(of: call)
    let planned = faults.standing(.vcp).map { BrokenConfiguration.text($0.value ?? "") }
    if planned != nil { events.report(.fault(Fault.Kind.vcp.rawValue)) }
    let push = MaxPush.IncomingCall(
      vcp: planned ?? configuration.packed, callerId: call.caller, conversationId: call.id,
      type: call.type, isContact: state.population.contacts(of: account).contains(call.caller))
    self.push(push, opcode: 137, to: account)
    report(call, "ringing")
    let patience = faults.standing(.callCancel)?.number.map { Duration.seconds($0) }
    schedule(.missCall(call.id), at: moment + (patience ?? MaxServer.ringTime))
    return call.id
  }

  func configuration(of call: Call) -> CallConfiguration {
    let now = time.wallTime / 1000
    let user = CallConfiguration.user(of: call.callee)
    let (name, password) = reachability.credentials(for: user, until: now + 86_400)
    return CallConfiguration(
      tkn: call.token,
      wse:
        "\(place.address.hasPrefix("https") ? "wss" : "ws")://\(place.host)\(MaxServer.signalPath)",
      et: now + 60, stne: "stun:\(reachability.stun)",
      trne: reachability.turn.map { "turn:\($0)" }.joined(separator: ","), trnu: name,
      trnp: password,
      iv: call.isVideo)
  }

  func hangUp(_ request: MaxRequest.HangUp, _ caller: Caller) throws(MaxRefusal) {
    guard let call = state.book[request.conversationId], call.hangup == nil,
      call.callee == caller.account || call.caller == caller.account
    else { throw .notFound }
    let reason = request.reason ?? "REJECTED"
    guard MaxServer.reasons.contains(reason) else {
      throw .payload("reason: not a hang-up reason")
    }
    endCall(request.conversationId, hangup: reason)
  }

  /// Somebody took the call on a signalling connection.
  func accept(_ call: Call) {
    guard call.acceptedAt == nil else { return }
    state.book[call.id]?.acceptedAt = time.wallTime
    duties.remove { if case .missCall(call.id) = $0 { true } else { false } }
    schedule(.finishCall(call.id), after: MaxServer.talkTime)
    report(call, "accepted")
  }

  /// Ends a call: who listens is told, and a message with a CALL attachment tells every session.
  func endCall(_ id: String, hangup: String) {
    guard var call = state.book[id], call.hangup == nil else { return }
    call.hangup = hangup
    call.endedAt = time.wallTime
    let dialog = state.world.dialog(call.caller, call.callee, at: time.wallTime)
    do {
      let message = try say("", from: call.caller, in: dialog) {
        $0.attaches = [
          .call(
            conversationID: id, type: call.type, hangup: hangup, duration: Int(call.duration),
            contact: call.callee)
        ]
      }
      call.messageID = message.id
    } catch {
      events.report(.refused(.max, connection: 0, error: error.error))
    }
    state.book[id] = call
    tellSignals(of: call, hangup)
    duties.remove { duty in
      switch duty {
      case .missCall(id), .finishCall(id): true
      default: false
      }
    }
    report(call, hangup == "CANCELED" ? "cancelled" : call.acceptedAt == nil ? "declined" : "ended")
  }

  /// "CallTokenRequest". Good for a day, to be refreshed after half of it.
  func callToken() -> MaxAnswer.CallToken {
    let now = time.wallTime
    return MaxAnswer.CallToken(
      token: "$" + chance.hexadecimal(24), lifetime: now + 86_400_000, refresh: now + 43_200_000)
  }

  /// What ended since the cursor of an earlier answer; 0 asks for everything.
  func callHistory(
    _ request: MaxRequest.CallHistory, _ caller: Caller
  ) -> MaxAnswer.CallHistory {
    let since = max(request.callHistorySync, 0)
    let log = state.book.log(of: caller.account).filter { ($0.call.endedAt ?? 0) > since }
    return MaxAnswer.CallHistory(
      callHistoryItems: log.prefix(MaxLimits.page).map { number, call in
        .init(
          historyId: number, callId: call.id, callerId: call.caller,
          chatId: call.caller ^ call.callee, messageId: call.messageID, callType: call.type,
          hangupType: call.hangup, time: call.startedAt,
          durationMs: call.acceptedAt == nil ? nil : call.duration)
      },
      callHistorySync: time.wallTime, reset: since == 0)
  }

  private func report(_ call: Call, _ word: String) {
    let number = state.world.people[call.callee]?.phone.map { "+\($0)" } ?? ""
    events.report(.call(number: number, conversationID: call.id, state: word))
  }
}
