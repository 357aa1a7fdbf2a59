/// Opcodes 66, 67, 178, 179, 180, 181.
extension MaxServer {
  func delete(
    _ request: MaxRequest.Delete, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Deleted {
    guard (1...MaxLimits.page).contains(request.messageIds.count) else {
      throw .payload("messageIds: from 1 to 100")
    }
    let me = caller.account
    let conversation = try state.world.wholeConversation(request.chatId, of: me)
    let isOwner = conversation.kind != .dialog && conversation.owner == me
    let (mine, others) = request.messageIds.reduce(into: ([Message](), [MessageID]())) {
      sorted, id in
      if let message = conversation.message(id.value), !message.hiddenFrom.contains(me),
        request.forMe || message.sender == me || isOwner
      {
        sorted.0.append(message)
      } else {
        sorted.1.append(id)
      }
    }
    guard !mine.isEmpty else { throw .notFound }
    let now = time.wallTime
    for message in mine {
      let removed = state.world.change(conversation.key(for: me)) {
        $0.change(message.id, at: now) {
          if request.forMe { $0.hiddenFrom.insert(me) } else { $0.isRemoved = true }
        }
      }
      if !request.forMe, faults.standing(.deleteAsMessage) != nil, let removed, let removed {
        tell(removed, in: conversation, except: caller.session)
      }
    }
    let ids = mine.map { MessageID($0.id) }
    if request.forMe || faults.standing(.deleteAsMessage) == nil {
      let update = MaxPush.Deleted(chatId: conversation.id, messageIds: ids)
      for member in conversation.readMarks.keys where !request.forMe || member == me {
        push(update, opcode: 142, to: member, except: caller.session)
      }
    }
    return MaxAnswer.Deleted(messageIds: ids, failedMessageIds: others)
  }

  func edit(_ request: MaxRequest.Edit, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Edited {
    let old = try message(request.messageId, in: request.chatId, caller)
    guard old.sender == caller.account else { throw .notFound }
    guard time.wallTime - old.time <= Int64(MaxLimits.editSeconds) * 1000 else {
      throw .tooLateToEdit
    }
    try check(request.text, request.elements)
    let attaches = try kept(request.attachments, of: old, caller)
    guard !request.text.isEmpty || !attaches.isEmpty else { throw .payload("text: empty") }
    let message = try change(request.messageId, in: request.chatId, caller) { message, now in
      message.text = request.text
      message.elements = request.elements
      message.attaches = attaches
      message.editedAt = now
    }
    let conversation = try state.world.conversation(request.chatId, of: caller.account)
    tell(message, in: conversation, except: caller.session)
    return MaxAnswer.Edited(message: message.object(for: caller.account))
  }

  /// What an edited message carries from now on: of its own what is named again, and what is new.
  private func kept(
    _ drafts: [MaxRequest.Send.Draft.Attachment], of message: Message, _ caller: Caller
  ) throws(MaxRefusal) -> [SandboxAttachment] {
    var attachments: [SandboxAttachment] = []
    for draft in drafts {
      let old = message.attaches.first { $0.isNamed(by: draft) }
      if let old {
        attachments.append(old)
      } else {
        attachments += try self.attachments([draft], of: caller.account)
      }
    }
    return attachments
  }

  func react(
    _ request: MaxRequest.Reaction, _ opcode: Int, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Reactions {
    if opcode == 178, request.reaction == nil { throw .payload("reaction: required") }
    if let type = request.reaction?.reactionType, type != "EMOJI" {
      throw .payload("reaction.reactionType")
    }
    let emoji = opcode == 178 ? request.reaction?.id : nil
    guard emoji.map({ (1...32).contains($0.utf8.count) }) ?? true else {
      throw .payload("reaction.id: not an emoji")
    }
    let message = try change(request.messageId, in: request.chatId, caller) { message, _ in
      message.reactions[caller.account] = emoji
    }
    let conversation = try state.world.conversation(request.chatId, of: caller.account)
    tellReactions(of: message, in: conversation, except: caller.session)
    return MaxAnswer.Reactions(reactionInfo: .init(message, viewer: caller.account))
  }

  func reactions(
    _ request: MaxRequest.Messages, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.AllReactions {
    let messages = try found(request, caller)
    return MaxAnswer.AllReactions(
      messagesReactions: Dictionary(
        messages.map { ("\($0.id)", .init($0, viewer: caller.account)) }
      ) { first, _ in first })
  }

  func reactors(
    _ request: MaxRequest.Reactors, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Reactors {
    guard (1...MaxLimits.page).contains(request.count) else {
      throw .payload("count: must be from 1 to 100")
    }
    let message = try message(request.messageId, in: request.chatId, caller)
    let sorted = message.reactions.sorted { $0.key < $1.key }.prefix(request.count)
    return MaxAnswer.Reactors(
      reactions: sorted.map { .init(userId: $0.key, reaction: $0.value) })
  }

  func tellReactions(
    of message: Message, in conversation: Conversation, except session: Int? = nil
  ) {
    for member in conversation.readMarks.keys {
      let update = MaxPush.Reactions(
        chatId: conversation.id, messageId: MessageID(message.id), counters: message.counters,
        totalCount: message.reactions.count, yourReaction: message.reactions[member])
      push(update, opcode: 155, to: member, except: session)
    }
  }

  private func change(
    _ message: MessageID, in chat: Int64, _ caller: Caller,
    _ edit: (inout Message, Int64) -> Void
  ) throws(MaxRefusal) -> Message {
    _ = try self.message(message, in: chat, caller)
    let key = try state.world.conversation(chat, of: caller.account).key(for: caller.account)
    let now = time.wallTime
    let changed = state.world.change(key) { $0.change(message.value, at: now) { edit(&$0, now) } }
    guard let changed, let result = changed else { throw .notFound }
    return result
  }
}

extension SandboxAttachment {
  /// Whether a client means this one when it sends `draft` back.
  fileprivate func isNamed(by draft: MaxRequest.Send.Draft.Attachment) -> Bool {
    guard type == draft.type else { return false }
    switch type {
    case "PHOTO": return draft.photoToken == number("photoId").map { "photo-\($0)" }
    case "FILE": return draft.fileId == number("fileId")
    case "VIDEO": return draft.videoId == number("videoId")
    case "AUDIO": return draft.audioId == number("audioId")
    default: return false
    }
  }
}
