/// Opcode 64, and how a message reaches everybody.
extension MaxServer {
  func post(_ request: MaxRequest.Send, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Sent {
    let conversation = try target(of: request, caller)
    let me = caller.account
    guard conversation.kind != .channel || conversation.owner == me else { throw .readOnly }
    let draft = request.message
    // The same number again is the same message: a client that saw no answer may send once more.
    let known = conversation.messages.last { $0.sender == me && $0.clientID == draft.cid }
    if let known { return sent(known, in: conversation, me) }
    guard state.devices.countSend(by: me, at: time.wallTime) <= MaxLimits.sends else {
      throw .tooMuch
    }

    let text = draft.text ?? ""
    try check(text, draft.elements ?? [])
    let attaches = try attachments(draft.attaches ?? [], of: me)
    guard !text.isEmpty || !attaches.isEmpty || draft.link?.type == .forward else {
      throw .payload("message.text: empty")
    }
    let link = try draft.link.map { link throws(MaxRefusal) in
      try self.link(link, in: conversation, caller)
    }
    let message = try say(text, from: me, in: conversation, except: caller.session) {
      $0.clientID = draft.cid
      $0.elements = draft.elements ?? []
      $0.attaches = attaches
      $0.link = link
    }
    scheduleReply(to: message, in: conversation)
    return sent(message, in: conversation, me)
  }

  /// Refuses a text that is too long, and formatting that reaches beyond it.
  func check(_ text: String, _ elements: [Message.Element]) throws(MaxRefusal) {
    let length = text.utf16.count
    guard length <= MaxLimits.textLength else { throw .payload("message.text: too long") }
    let fits = elements.allSatisfy { element in
      let start = element.from ?? 0
      let end = start.addingReportingOverflow(element.length ?? 0)
      return start >= 0 && element.length ?? 0 >= 0 && !end.overflow && end.partialValue <= length
    }
    guard fits else { throw .payload("message.elements: beyond the text") }
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
    case (let chat?, nil): return try state.world.conversation(chat, of: caller.account)
    case (nil, let user?):
      guard let person = state.world.people[user], user != caller.account else { throw .notFound }
      guard !person.isReserved else { throw .restricted }
      return state.world.dialog(caller.account, user, at: time.wallTime)
    default: throw .payload("chatId or userId: one is required")
    }
  }

  private func link(
    _ link: MaxRequest.Send.Draft.Link, in conversation: Conversation, _ caller: Caller
  ) throws(MaxRefusal) -> Message.Link {
    let chat = link.chatId ?? conversation.id
    let message = try message(link.messageId, in: chat, caller)
    return Message.Link(type: link.type.rawValue, chatId: chat, message: message.quoted)
  }

  /// A message that `caller` sees.
  func message(
    _ id: MessageID, in chat: Int64, _ caller: Caller
  ) throws(MaxRefusal) -> Message {
    let conversation = try state.world.wholeConversation(chat, of: caller.account)
    guard let message = conversation.message(id.value),
      !message.hiddenFrom.contains(caller.account)
    else { throw .notFound }
    return message
  }

  /// Puts a message at the end of a conversation and pushes it to every session of everyone in it.
  func say(
    _ text: String, from sender: Int64?, in conversation: Conversation, except session: Int? = nil,
    filling fill: (inout Message) -> Void = { _ in }
  ) throws(MaxRefusal) -> Message {
    let key = conversation.key(for: sender ?? conversation.owner)
    guard
      let message = state.world.post(text, from: sender, to: key, at: time.wallTime, filling: fill),
      let updated = state.world.conversations[key]
    else { throw .noChat }
    tell(message, in: updated, isNewChat: conversation.messages.isEmpty, except: session)
    return message
  }

  /// Pushes a new, edited or removed message.
  func tell(
    _ message: Message, in conversation: Conversation, isNewChat: Bool = false,
    except session: Int? = nil
  ) {
    let online = Set(onlineAccounts)
    let previous = conversation.messages.last { $0.id < message.id }
    for member in conversation.readMarks.keys where online.contains(member) {
      let update = MaxPush.NewMessage(
        chatId: conversation.id, message: message.object(for: member),
        prevMessageId: previous.map { MessageID($0.id) },
        unread: conversation.unread(for: member), mark: conversation.readMarks[member] ?? 0,
        chat: isNewChat ? ChatObject(conversation, for: member) : nil)
      for id in sessions.keys.sorted() where id != session && sessions[id]?.account == member {
        deliver(update, message.id, toSession: id)
      }
    }
  }
}
