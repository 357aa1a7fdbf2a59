import Accounts
import Clocks
import Domain
import OneMe
import Phrases
import Storage
import Transport

extension MaxAccount {
  /// A message that arrived, was edited or was taken back.
  func take(_ arrival: MessageArrival) async {
    let message = arrival.message
    let key = MaxRecords.key(arrival.chatId)
    if let sender = message.sender { await learnNames([sender]) }
    if let chat = arrival.chat { await take([chat]) }
    await endRinging(by: message)
    if message.status == .removed { return await delete([message.id], in: arrival.chatId) }
    await settleOwn([(arrival.chatId, message)])
    let stored = records.message(message, in: key)
    // Alone in the midst of a history that is not here, a changed message would hide that.
    if message.status == .edited, await isFromUnknownPast(stored) { return }
    let chat = records.chat(
      Chat(id: arrival.chatId, kind: arrival.chatId < 0 ? .group : .dialog), known: nil,
      isMuted: nil)
    // The server's count is of those after the mark it knows.
    let unread = settings.readMarks != .never ? arrival.unread.map { Int(clamping: $0) } : nil
    let previous = arrival.previousId.map(String.init)
    let hasGap = await environment.storing { store in
      let hasGap =
        if let previous { try await store.messages.message(key, previous) == nil } else { false }
      try await store.receive(stored, in: chat, unread: unread, hasGap: hasGap)
      return hasGap
    }
    await publish([stored.id], in: key)
    if hasGap ?? false { fillGaps() }
  }

  /// Whether a message is older than its chat's last one, and not stored.
  private func isFromUnknownPast(_ message: MessageRecord) async -> Bool {
    let answer = await environment.storing { store in
      guard try await store.messages.message(message.chat, message.id) == nil else { return false }
      return message.at < (try await store.chats.chat(message.chat)?.lastMessageAt ?? 0)
    }
    return answer ?? false
  }

  /// All messages of a stretch of time are gone.
  func delete(from start: Int64, through end: Int64, in chatId: Int64) async {
    let key = MaxRecords.key(chatId)
    let gone = await environment.storing { store in
      try await store.messages.delete(key, from: start, through: end)
    }
    await publish(gone ?? [], in: key)
  }

  func delete(_ ids: [Int64], in chatId: Int64) async {
    let key = MaxRecords.key(chatId)
    let names = ids.map { String($0) }
    await environment.storing { store in try await store.messages.delete(key, names) }
    await publish(names, in: key)
  }

  /// Tells of messages and their chat as they are stored now.
  func publish(_ ids: [String], in key: ChatID) async {
    let news = await environment.storing { store in
      var messages: [MessageRecord] = []
      for id in ids {
        if let message = try await store.messages.message(key, id) { messages.append(message) }
      }
      return (messages, try await store.chats.chat(key))
    }
    guard let (messages, chat) = news else { return }
    environment.changes.send(.messages(chat: key, messages))
    if let chat { environment.changes.send(.chats([chat])) }
  }

  func showTyping(_ chatId: Int64, _ userId: Int64) async {
    guard userId != records.ownId else { return }
    await learnNames([userId])
    // The server sends no end of typing; clients show it for about eight seconds.
    environment.changes.send(
      .typing(
        chat: MaxRecords.key(chatId),
        name: records.names[userId] ?? Phrase.someone.text,
        until: environment.time.uptime.milliseconds + 8000))
  }

  /// A mark of ours, set on another device, makes the chat read; others' are the second tick of what
  /// we wrote.
  func showMark(_ chatId: Int64, _ userId: Int64, _ mark: Int64, asUnread: Bool) async {
    let key = MaxRecords.key(chatId)
    let isOwn = userId == records.ownId
    await changeChats([key]) { chat in
      var chat = chat
      guard isOwn else {
        if !asUnread { chat.othersMark = max(chat.othersMark ?? mark, mark) }
        return chat
      }
      chat.readMark = mark
      if mark >= chat.lastMessageAt ?? 0 { chat.unread = asUnread ? max(1, chat.unread) : 0 }
      return chat
    }
  }

  func show(_ presence: [Int64: Presence]) {
    guard let own = records.ownId, !presence.isEmpty else { return }
    environment.changes.send(
      .presence(
        presence.map { userId, presence in
          // A dialog's id is the exclusive or of the two user ids.
          DialogPresence(
            chat: MaxRecords.key(own ^ userId), isOnline: presence.status == .online,
            seen: presence.seen)
        }))
  }
}
