/// Opcodes 32, 35, 46, 48, 49, 53, 59, 71.
extension MaxServer {
  func contacts(_ request: MaxRequest.Contacts) throws(MaxRefusal) -> MaxAnswer.Contacts {
    guard request.contactIds.count <= MaxLimits.page else {
      throw .payload("contactIds: at most 100")
    }
    return MaxAnswer.Contacts(
      contacts: request.contactIds.compactMap { state.world.people[$0] }.map(ContactObject.init))
  }

  func presence(_ request: MaxRequest.Contacts) throws(MaxRefusal) -> MaxAnswer.Presence {
    guard request.contactIds.count <= MaxLimits.page else {
      throw .payload("contactIds: at most 100")
    }
    return MaxAnswer.Presence(presence: presence(of: request.contactIds))
  }

  /// Whoever is signed in here is online, and so is every third of the others.
  func presence(of ids: [Int64]) -> [String: PresenceObject] {
    let signedIn = Set(onlineAccounts)
    let now = time.wallTime / 1000
    var presence: [String: PresenceObject] = [:]
    for id in ids where state.world.people[id] != nil {
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
    for id in request.chatIds.prefix(MaxLimits.page) {
      chats.append(
        ChatObject(try state.world.conversation(id, of: caller.account), for: caller.account))
    }
    return MaxAnswer.Chats(chats: chats)
  }

  /// The chats before those that a login brought; the marker is the oldest event time known.
  func chats(_ request: MaxRequest.ChatsList, _ caller: Caller) -> MaxAnswer.Chats {
    let page = state.world.conversations(of: caller.account)
      .filter { $0.lastEventTime < request.marker }
      .sorted { $0.lastEventTime > $1.lastEventTime }
      .prefix(min(max(request.count ?? 40, 1), MaxLimits.page))
    return MaxAnswer.Chats(
      chats: page.map { ChatObject($0, for: caller.account) },
      marker: page.last?.lastEventTime ?? 0)
  }

  func history(
    _ request: MaxRequest.History, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Messages {
    guard (0...MaxLimits.page).contains(request.backward) else {
      throw .payload("backward: must be from 0 to 100")
    }
    guard (0...MaxLimits.page).contains(request.forward) else {
      throw .payload("forward: must be from 0 to 100")
    }
    let conversation = try state.world.wholeConversation(request.chatId, of: caller.account)
    let page = conversation.page(
      from: request.from, backward: request.backward, forward: request.forward,
      for: caller.account)
    let isWanted = request.getMessages != false && request.itemType != .delayed
    return MaxAnswer.Messages(
      messages: isWanted ? page.map { $0.object(for: caller.account) } : [],
      chat: request.getChat == true ? ChatObject(conversation, for: caller.account) : nil)
  }

  func messages(
    _ request: MaxRequest.Messages, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Messages {
    MaxAnswer.Messages(
      messages: try found(request, caller).map { $0.object(for: caller.account) })
  }

  /// Those of the asked-for messages that are there.
  func found(_ request: MaxRequest.Messages, _ caller: Caller) throws(MaxRefusal) -> [Message] {
    let conversation = try state.world.wholeConversation(request.chatId, of: caller.account)
    return request.messageIds.prefix(MaxLimits.page).compactMap { conversation.message($0.value) }
      .filter { !$0.hiddenFrom.contains(caller.account) }
  }

  func person(_ request: MaxRequest.Phone) throws(MaxRefusal) -> MaxAnswer.Contact {
    guard let number = Int64(request.phone.drop { $0 == "+" }),
      let person = state.world.person(phone: number)
    else { throw .notFound }
    return MaxAnswer.Contact(contact: ContactObject(person))
  }

  /// A page of a group's people by id; the marker is the last id of the page, 0 at the end.
  func members(
    _ request: MaxRequest.Members, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Members {
    let conversation = try state.world.conversation(request.chatId, of: caller.account)
    let rest = conversation.readMarks.keys.sorted().filter { $0 > request.marker ?? 0 }
    let page = rest.prefix(min(max(request.count ?? 40, 1), MaxLimits.page))
    let presence = presence(of: Array(page))
    return MaxAnswer.Members(
      members: page.compactMap { id in
        state.world.people[id].map {
          .init(
            contact: ContactObject($0), presence: presence["\(id)"],
            readMark: conversation.readMarks[id] ?? 0)
        }
      }, marker: page.count < rest.count ? page.last ?? 0 : 0)
  }
}

/// Opcode 73: words in the messages of one chat or of all.
extension MaxServer {
  /// The newest hits first. Every word of the query must begin a word of the text, whatever its case.
  func search(
    _ request: MaxRequest.Search, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Found {
    guard (1...MaxLimits.page).contains(request.count) else {
      throw .payload("count: must be from 1 to 100")
    }
    let words = MaxServer.words(of: request.query)
    guard !words.isEmpty, request.query.utf16.count <= 200 else { throw .payload("query") }
    let start = request.marker ?? 0
    guard (0...Int64(Int32.max)).contains(start) else { throw .payload("marker") }

    let chats = try request.chatId.map { chat throws(MaxRefusal) in
      [try state.world.wholeConversation(chat, of: caller.account)]
    }
    let hits = (chats ?? allConversations(of: caller.account)).flatMap { conversation in
      conversation.messages.filter { message in
        !message.hiddenFrom.contains(caller.account) && MaxServer.matches(message.text, words)
      }.map {
        MaxAnswer.Found.Hit(chatId: conversation.id, message: $0.object(for: caller.account))
      }
    }
    let sorted = hits.sorted { $0.message.message.id > $1.message.message.id }
    let page = sorted.dropFirst(Int(start)).prefix(request.count)
    let end = Int(start) + page.count
    return MaxAnswer.Found(
      result: Array(page), total: hits.count, marker: end < hits.count ? Int64(end) : 0)
  }

  private func allConversations(of account: Int64) -> [Conversation] {
    state.world.conversations(of: account).map { conversation in
      var whole = conversation
      whole.unfold()
      return whole
    }
  }

  private static func matches(_ text: String, _ words: [String]) -> Bool {
    let there = self.words(of: text)
    return words.allSatisfy { word in there.contains { $0.hasPrefix(word) } }
  }

  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  }
}
