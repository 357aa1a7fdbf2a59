/// Opcodes 50, 64, 65, 66, 67, 178, 179.
extension MaxServer {
  private static let textLimit = 4000
  /// The year 2100 in milliseconds; no mark lies beyond it.
  private static let latestTime: Int64 = 4_102_444_800_000

  func mark(_ request: MaxRequest.Mark, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Mark {
    var conversation = try world.conversation(request.chatId, of: caller.account)
    guard conversation.messages.contains(where: { $0.id == request.messageId.value }) else {
      throw .notFound
    }
    guard (0...MaxServer.latestTime).contains(request.mark) else { throw .payload("mark") }
    let isUnread = request.type == .unread
    read(conversation, by: caller.account, upTo: request.mark, isUnread: isUnread, caller.session)
    conversation = try world.conversation(request.chatId, of: caller.account)
    return MaxAnswer.Mark(
      unread: conversation.unread(for: caller.account), mark: request.mark)
  }

  /// Moves a read mark and tells everyone in the conversation.
  func read(
    _ conversation: Conversation, by reader: Int64, upTo mark: Int64, isUnread: Bool = false,
    _ session: Int? = nil
  ) {
    _ = world.change(conversation.key(for: reader)) {
      $0.mark(isUnread ? mark - 1 : mark, by: reader, at: time.wallTime)
    }
    let update = MaxPush.Mark(
      chatId: conversation.id, userId: reader, mark: mark, setAsUnread: isUnread)
    for member in conversation.readMarks.keys {
      push(update, opcode: 130, to: member, except: session)
    }
  }

  func post(_ request: MaxRequest.Send, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Sent {
    let conversation = try target(of: request, caller)
    let me = caller.account
    guard conversation.kind != .channel || conversation.owner == me else { throw .readOnly }
    let draft = request.message
    let text = draft.text ?? ""
    guard draft.attaches?.isEmpty != false else {
      throw .payload("message.attaches: nothing was uploaded")
    }
    guard text.utf16.count <= MaxServer.textLimit else { throw .payload("message.text: too long") }
    guard !text.isEmpty || draft.link?.type == .forward else {
      throw .payload("message.text: empty")
    }
    let link = try draft.link.map { link throws(MaxRefusal) in
      try self.link(link, in: conversation, caller)
    }
    let known = conversation.messages.last { $0.sender == me && $0.clientID == draft.cid }
    if let known { return sent(known, in: conversation, me) }
    let message = try say(text, from: me, in: conversation, except: caller.session) {
      $0.clientID = draft.cid
      $0.elements = draft.elements ?? []
      $0.link = link
    }
    scheduleReply(to: message, in: conversation)
    return sent(message, in: conversation, me)
  }

  private func sent(
    _ message: Message, in conversation: Conversation, _ sender: Int64
  ) -> MaxAnswer.Sent {
    MaxAnswer.Sent(
      chatId: conversation.id, message: message.object(for: sender), unread: 0, mark: message.time)
  }

  private func target(
    of request: MaxRequest.Send, _ caller: Caller
  ) throws(MaxRefusal) -> Conversation {
    switch (request.chatId, request.userId) {
    case (let chat?, nil): return try world.conversation(chat, of: caller.account)
    case (nil, let user?):
      guard world.people[user] != nil, user != caller.account else { throw .notFound }
      return world.dialog(caller.account, user, at: time.wallTime)
    default: throw .payload("chatId or userId: one is required")
    }
  }

  private func link(
    _ link: MaxRequest.Send.Draft.Link, in conversation: Conversation, _ caller: Caller
  ) throws(MaxRefusal) -> Message.Link {
    var source = conversation
    if let chat = link.chatId { source = try world.conversation(chat, of: caller.account) }
    guard let message = source.messages.last(where: { $0.id == link.messageId.value }) else {
      throw .notFound
    }
    return Message.Link(type: link.type.rawValue, message: message.quoted)
  }

  /// Puts a message at the end of a conversation and pushes it to every session of everyone in it.
  func say(
    _ text: String, from sender: Int64?, in conversation: Conversation, except session: Int? = nil,
    filling fill: (inout Message) -> Void = { _ in }
  ) throws(MaxRefusal) -> Message {
    let key = conversation.key(for: sender ?? conversation.owner)
    guard
      let message = world.post(text, from: sender, to: key, at: time.wallTime, filling: fill),
      let updated = world.conversations[key]
    else { throw .noChat }
    tell(message, in: updated, isNewChat: conversation.messages.isEmpty, except: session)
    return message
  }

  /// Pushes a new, edited or removed message.
  private func tell(
    _ message: Message, in conversation: Conversation, isNewChat: Bool = false,
    except session: Int? = nil
  ) {
    let online = Set(onlineAccounts)
    let previous = conversation.messages.last { $0.id < message.id }
    for member in conversation.readMarks.keys where online.contains(member) {
      let update = MaxPush.NewMessage(
        chatId: conversation.id, message: message.object(for: member),
        prevMessageId: previous.map { "\($0.id)" }, unread: conversation.unread(for: member),
        mark: conversation.readMarks[member] ?? 0,
        chat: isNewChat ? ChatObject(conversation, for: member) : nil)
      push(update, opcode: 128, to: member, except: session)
    }
  }

  func announceTyping(_ request: MaxRequest.Typing, _ caller: Caller) throws(MaxRefusal) {
    let conversation = try world.conversation(request.chatId, of: caller.account)
    announceTyping(of: caller.account, in: conversation, type: request.type ?? "TEXT")
  }

  func announceTyping(of typist: Int64, in conversation: Conversation, type: String = "TEXT") {
    let update = MaxPush.Typing(chatId: conversation.id, userId: typist, type: type)
    for member in conversation.readMarks.keys where member != typist {
      push(update, opcode: 129, to: member)
    }
  }

  func delete(
    _ request: MaxRequest.Delete, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Deleted {
    let conversation = try world.conversation(request.chatId, of: caller.account)
    let wanted = Set(request.messageIds.map(\.value))
    let own = conversation.messages.filter { wanted.contains($0.id) && $0.sender == caller.account }
    guard !own.isEmpty else { throw .notFound }
    let now = time.wallTime
    for message in own {
      _ = world.change(conversation.key(for: caller.account)) {
        $0.change(message.id, at: now) { $0.isRemoved = true }
      }
    }
    let ids = own.map { "\($0.id)" }
    for member in conversation.readMarks.keys {
      let update = MaxPush.Deleted(chatId: conversation.id, messageIds: ids)
      push(update, opcode: 142, to: member, except: caller.session)
    }
    return MaxAnswer.Deleted(messageIds: ids)
  }

  func edit(_ request: MaxRequest.Edit, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Edited {
    var conversation = try world.conversation(request.chatId, of: caller.account)
    let isMine = conversation.messages.contains {
      $0.id == request.messageId.value && $0.sender == caller.account
    }
    guard isMine else { throw .notFound }
    let message = try change(request.messageId, in: request.chatId, caller) { message, now in
      message.text = request.text
      message.elements = request.elements
      message.editedAt = now
    }
    conversation = try world.conversation(request.chatId, of: caller.account)
    tell(message, in: conversation, except: caller.session)
    return MaxAnswer.Edited(message: message.object(for: caller.account))
  }

  func react(
    _ request: MaxRequest.Reaction, _ opcode: Int, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Reactions {
    if opcode == 178, request.reaction == nil { throw .payload("reaction: required") }
    let emoji = opcode == 178 ? request.reaction?.id : nil
    guard emoji.map({ (1...32).contains($0.utf8.count) }) ?? true else {
      throw .payload("reaction.id: not an emoji")
    }
    let message = try change(request.messageId, in: request.chatId, caller) { message, _ in
      message.reactions[caller.account] = emoji
    }
    let conversation = try world.conversation(request.chatId, of: caller.account)
    tellReactions(of: message, in: conversation, except: caller.session)
    return MaxAnswer.Reactions(reactionInfo: .init(message, viewer: caller.account))
  }

  func tellReactions(
    of message: Message, in conversation: Conversation, except session: Int? = nil
  ) {
    for member in conversation.readMarks.keys {
      let update = MaxPush.Reactions(
        chatId: conversation.id, messageId: "\(message.id)", counters: message.counters,
        totalCount: message.reactions.count, yourReaction: message.reactions[member])
      push(update, opcode: 155, to: member, except: session)
    }
  }

  private func change(
    _ message: MessageID, in chat: Int64, _ caller: Caller,
    _ edit: (inout Message, Int64) -> Void
  ) throws(MaxRefusal) -> Message {
    let key = try world.conversation(chat, of: caller.account).key(for: caller.account)
    let now = time.wallTime
    let changed = world.change(key) { $0.change(message.value, at: now) { edit(&$0, now) } }
    guard let changed, let result = changed else { throw .notFound }
    return result
  }
}
