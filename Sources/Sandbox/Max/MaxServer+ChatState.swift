/// Opcodes 50 and 65: what someone has read, and that he types.
extension MaxServer {
  func mark(_ request: MaxRequest.Mark, _ caller: Caller) throws(MaxRefusal) -> MaxAnswer.Mark {
    _ = try message(request.messageId, in: request.chatId, caller)
    var conversation = try state.world.conversation(request.chatId, of: caller.account)
    guard (0...MaxLimits.latestTime).contains(request.mark) else { throw .payload("mark") }
    let isUnread = request.type == .unread
    read(conversation, by: caller.account, upTo: request.mark, isUnread: isUnread, caller.session)
    conversation = try state.world.conversation(request.chatId, of: caller.account)
    return MaxAnswer.Mark(
      unread: conversation.unread(for: caller.account), mark: request.mark)
  }

  /// Moves a read mark and tells everyone in the conversation.
  func read(
    _ conversation: Conversation, by reader: Int64, upTo mark: Int64, isUnread: Bool = false,
    _ session: Int? = nil
  ) {
    _ = state.world.change(conversation.key(for: reader)) {
      $0.mark(isUnread ? mark - 1 : mark, by: reader, at: time.wallTime)
    }
    let update = MaxPush.Mark(
      chatId: conversation.id, userId: reader, mark: mark, setAsUnread: isUnread)
    for member in conversation.readMarks.keys {
      push(update, opcode: 130, to: member, except: session)
    }
  }

  func announceTyping(_ request: MaxRequest.Typing, _ caller: Caller) throws(MaxRefusal) {
    let conversation = try state.world.conversation(request.chatId, of: caller.account)
    announceTyping(of: caller.account, in: conversation, type: request.type ?? "TEXT")
  }

  func announceTyping(of typist: Int64, in conversation: Conversation, type: String = "TEXT") {
    let update = MaxPush.Typing(chatId: conversation.id, userId: typist, type: type)
    for member in conversation.readMarks.keys where member != typist {
      push(update, opcode: 129, to: member)
    }
  }

  /// Tells those who are there that `account` came or went.
  func announcePresence(of account: Int64) {
    let now = PresenceObject(
      seen: time.wallTime / 1000, status: onlineAccounts.contains(account) ? 1 : 0)
    for other in onlineAccounts where other != account && state.world.haveDialog(account, other) {
      push(MaxPush.Presence(userId: account, presence: now), opcode: 132, to: other)
    }
  }
}

/// Opcodes 22 and 134: which chats are silent.
extension MaxServer {
  func configuration(of account: Int64) -> MaxAnswer.Configuration {
    let silent = state.world.silences[account] ?? [Population.news: -1]
    return MaxAnswer.Configuration(
      chats: Dictionary(
        uniqueKeysWithValues: silent.map { ("\($0.key)", .init(dontDisturbUntil: $0.value)) }),
      hash: "\(silent.map { $0.key ^ $0.value }.reduce(0, ^))")
  }

  func configure(
    _ request: MaxRequest.Configuration, _ caller: Caller
  ) throws(MaxRefusal) -> MaxAnswer.Configuration {
    var silent = state.world.silences[caller.account] ?? [Population.news: -1]
    for (chat, setting) in request.settings.chats ?? [:] {
      guard let id = Int64(chat) else { throw .payload("settings.chats: not a chat id") }
      _ = try state.world.conversation(id, of: caller.account)
      guard (-1...MaxLimits.latestTime).contains(setting.dontDisturbUntil) else {
        throw .payload("settings.chats.dontDisturbUntil")
      }
      silent[id] = setting.dontDisturbUntil
    }
    state.world.silences[caller.account] = silent
    let configuration = configuration(of: caller.account)
    push(
      MaxPush.Configuration(config: configuration), opcode: 134, to: caller.account,
      except: caller.session)
    return configuration
  }
}

/// Opcodes 176 and 177: what someone has begun to write, the same on all his state.devices. How a draft
/// looks in a login and in 152 no source tells whole; here it has the members that it is saved with.
extension MaxServer {
  func save(_ request: MaxRequest.Draft, _ caller: Caller) throws(MaxRefusal) {
    _ = try state.world.conversation(request.chatId, of: caller.account)
    try check(request.text, [])
    guard (0...MaxLimits.latestTime).contains(request.time) else { throw .payload("time") }
    let draft = SavedDraft(text: request.text, time: request.time)
    state.world.drafts[caller.account, default: [:]][request.chatId] = draft
    push(
      MaxPush.Draft(chatId: request.chatId, draft: draft), opcode: 152, to: caller.account,
      except: caller.session)
  }

  func discard(_ request: MaxRequest.DraftChoice, _ caller: Caller) throws(MaxRefusal) {
    _ = try state.world.conversation(request.chatId, of: caller.account)
    state.world.drafts[caller.account]?[request.chatId] = nil
    push(
      MaxPush.Draft(chatId: request.chatId, draft: nil), opcode: 153, to: caller.account,
      except: caller.session)
  }

  func drafts(of account: Int64) -> MaxAnswer.Drafts {
    let saved = (state.world.drafts[account] ?? [:]).map { ("\($0.key)", $0.value) }
    return MaxAnswer.Drafts(
      chats: .init(saved: Dictionary(uniqueKeysWithValues: saved)), users: .init(saved: [:]))
  }
}
