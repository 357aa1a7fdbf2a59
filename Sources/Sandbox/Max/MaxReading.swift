/// Opcodes 32, 35, 48, 49, 53, 71, 158, 163.
extension MaxServer {
  private static let pageLimit = 100

  func contacts(_ request: MaxRequest.Contacts) throws(MaxRefusal) -> MaxAnswer.Contacts {
    guard request.contactIds.count <= MaxServer.pageLimit else {
      throw .payload("contactIds: at most 100")
    }
    return MaxAnswer.Contacts(
      contacts: request.contactIds.compactMap { world.people[$0] }.map(ContactObject.init))
  }

  func presence(_ request: MaxRequest.Contacts) throws(MaxRefusal) -> MaxAnswer.Presence {
    guard request.contactIds.count <= MaxServer.pageLimit else {
      throw .payload("contactIds: at most 100")
    }
    return MaxAnswer.Presence(presence: presence(of: request.contactIds))
  }

  /// Whoever is signed in here is online, and so is every third of the others.
  func presence(of ids: [Int64]) -> [String: PresenceObject] {
    let signedIn = Set(onlineAccounts)
    let now = time.wallTime / 1000
    var presence: [String: PresenceObject] = [:]
    for id in ids where world.people[id] != nil {
      let isOnline = signedIn.contains(id) || id % 3 == 0 || id == Population.pavel
      presence["\(id)"] = PresenceObject(
        seen: isOnline ? now : now - 600 - id % 50_000, status: isOnline ? 1 : 0)
    }
    return presence
  }

  /// The push that tells that `id` is there.
  func presence(of id: Int64) -> MaxPush.Presence {
    MaxPush.Presence(
      userId: id, presence: PresenceObject(seen: time.wallTime / 1000, status: 1))
  }

  func chats(
    _ request: MaxRequest.Chats, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Chats {
    var chats: [ChatObject] = []
    for id in request.chatIds.prefix(MaxServer.pageLimit) {
      chats.append(ChatObject(try world.conversation(id, of: caller.account), for: caller.account))
    }
    return MaxAnswer.Chats(chats: chats)
  }

  /// The chats before those that a login brought; the marker is the oldest event time known.
  func chats(_ request: MaxRequest.ChatsList, _ caller: Caller) -> MaxAnswer.Chats {
    let page = world.conversations(of: caller.account)
      .filter { $0.lastEventTime < request.marker }
      .sorted { $0.lastEventTime > $1.lastEventTime }
      .prefix(min(max(request.count ?? 40, 1), MaxServer.pageLimit))
    return MaxAnswer.Chats(
      chats: page.map { ChatObject($0, for: caller.account) },
      marker: page.last?.lastEventTime ?? 0)
  }

  func history(
    _ request: MaxRequest.History, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Messages {
    guard (0...MaxServer.pageLimit).contains(request.backward) else {
      throw .payload("backward: must be from 0 to 100")
    }
    guard (0...MaxServer.pageLimit).contains(request.forward) else {
      throw .payload("forward: must be from 0 to 100")
    }
    let conversation = try world.conversation(request.chatId, of: caller.account)
    let page = conversation.page(
      from: request.from, backward: request.backward, forward: request.forward)
    return MaxAnswer.Messages(
      messages: request.getMessages == false ? [] : page.map { $0.object(for: caller.account) })
  }

  func messages(
    _ request: MaxRequest.Messages, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Messages {
    let wanted = Set(request.messageIds.prefix(MaxServer.pageLimit).map(\.value))
    let conversation = try world.conversation(request.chatId, of: caller.account)
    let found = conversation.messages.filter { wanted.contains($0.id) }
    return MaxAnswer.Messages(messages: found.map { $0.object(for: caller.account) })
  }

  /// "CallTokenRequest". Good for a day, to be refreshed after half of it.
  func callToken() -> MaxAnswer.CallToken {
    let now = time.wallTime
    return MaxAnswer.CallToken(
      token: "$" + chance.hexadecimal(24), lifetime: now + 86_400_000, refresh: now + 43_200_000)
  }

  func callHistory(_ caller: Caller) -> MaxAnswer.CallHistory {
    let mine = calls.enumerated().filter {
      $0.element.callee == caller.account && $0.element.hangup != nil
    }
    return MaxAnswer.CallHistory(
      callHistoryItems: mine.map { index, call in
        .init(
          historyId: index + 1, callId: call.id, callerId: call.caller,
          chatId: call.caller ^ call.callee, messageId: call.messageID, callType: call.type,
          hangupType: call.hangup, time: call.startedAt)
      },
      callHistorySync: time.wallTime, reset: true)
  }
}
