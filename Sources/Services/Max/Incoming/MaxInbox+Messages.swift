import Accounts
import Clocks
import Domain
import OneMe
import Storage

extension MaxInbox {
  /// Makes the sender and the chat of a message known, before the message itself.
  func introduce(_ arrival: MessageArrival) async {
    if let sender = arrival.message.sender { await learnNames([sender]) }
    if let chat = arrival.chat { await save([chat]) }
  }

  /// Keeps a message that arrived, was edited or was taken back.
  ///
  /// - Returns: Whether there are messages before it that were missed.
  func receive(_ arrival: MessageArrival) async -> Bool {
    let message = arrival.message
    let key = MaxRecords.key(arrival.chatId)
    if message.status == .removed {
      await delete([message.id], in: arrival.chatId)
      return false
    }
    await settleOwn([(arrival.chatId, message)])
    let records = people.records
    let stored = records.message(message, in: key)
    // Alone in the midst of a history that is not here, a changed message would hide that.
    if message.status == .edited, await isFromUnknownPast(stored) { return false }
    let chat = records.chat(
      Chat(id: arrival.chatId, kind: arrival.chatId < 0 ? .group : .dialog), known: nil,
      isMuted: nil)
    let unread = countsByServer ? arrival.unread.map { Int(clamping: $0) } : nil
    let previous = arrival.previousId.map(String.init)
    let hasGap = await environment.storing { store in
      let hasGap =
        if let previous { try await store.messages.message(key, previous) == nil } else { false }
      try await store.receive(stored, in: chat, unread: unread, hasGap: hasGap)
      return hasGap
    }
    await publish([stored.id], in: key)
    return hasGap ?? false
  }

  /// Whether a message is older than its chat's last one, and not stored.
  private func isFromUnknownPast(_ message: MessageRecord) async -> Bool {
    let answer = await environment.storing { store in
      guard try await store.messages.message(message.chat, message.id) == nil else { return false }
      return message.at < (try await store.chats.chat(message.chat)?.lastMessageAt ?? 0)
    }
    return answer ?? false
  }

  /// Keeps messages of a gap that the server has told now.
  ///
  /// - Parameter isComplete: whether these are all.
  /// - Returns: false if the gap stays as it is.
  func fill(
    _ gap: PendingGap, of chatId: Int64, with messages: [Message], isComplete: Bool
  ) async -> Bool {
    await learnNames(messages.compactMap(\.sender))
    await settleOwn(messages.map { (chatId, $0) })
    let records = people.records
    let stored = messages.map { records.whole($0, in: gap.chat) }
    let newest = stored.last?.at ?? gap.after
    let next = isComplete || newest <= gap.after ? nil : newest
    let isKept: Void? = await environment.storing { store in
      try await store.fill(gap, with: stored, next: next)
    }
    guard isKept != nil else { return false }
    await publish(stored.map(\.id), in: gap.chat)
    return true
  }

  /// Keeps a page of a chat's history, oldest first.
  ///
  /// - Parameters:
  ///   - part: what the server was asked for.
  ///   - known: what was stored of the chat's end before that. Of these, what the page lacks was
  ///     deleted there.
  func keep(
    _ page: [Message], of chatId: Int64, as part: HistoryPart, known: [MessageRecord]
  ) async {
    let key = MaxRecords.key(chatId)
    await learnNames(page.compactMap(\.sender))
    await settleOwn(page.map { (chatId, $0) })
    let records = people.records
    let stored = page.map { records.whole($0, in: key) }
    let span = part.span(of: stored)
    let end = page.last?.time ?? .max
    let cut = known.filter { $0.at > end }.map(\.id)
    let gone = await environment.storing { store in
      try await store.messages.delete(key, cut)
      return try await store.keep(stored, of: key, spanning: span) + cut
    }
    await publish(stored.map(\.id) + (gone ?? []), in: key)
  }

  /// Keeps what a search on the server has found.
  ///
  /// - Returns: what was found, as it is stored.
  func keep(
    _ hits: [SearchPage.Hit], by client: OneMeClient
  ) async throws(OneMeError) -> [MessageRecord] {
    let known = await storedChats(hits.map { MaxRecords.key($0.chatId) })
    let unknown = Set(hits.map(\.chatId)).filter { known[MaxRecords.key($0)] == nil }
    if !unknown.isEmpty { await save(try await client.chats(unknown.sorted())) }
    await learnNames(hits.compactMap(\.message.sender))
    let records = people.records
    let found = hits.map { records.whole($0.message, in: MaxRecords.key($0.chatId)) }
    return await environment.storing { store in try await store.keep(found) } ?? []
  }

  // MARK: Messages of ours

  /// Keeps the server's answer in the place of what was written; false if it could not be stored.
  func settle(_ sent: MessageArrival, as clientId: Int64) async -> Bool {
    var message = sent.message
    message.clientId = clientId
    guard await settleOwn([(sent.chatId, message)]) else { return false }
    if let chat = sent.chat { await save([chat]) }
    let key = MaxRecords.key(sent.chatId)
    let record = people.records.message(message, in: key)
    // A push may have been faster; then this brings what it left out.
    let isKept: Void? = await environment.storing { store in try await store.messages.save([record])
    }
    await publish([record.id], in: key)
    return isKept != nil
  }

  /// Puts the server's own in the place of messages that were written here, wherever it tells them
  /// first.
  ///
  /// - Returns: false if that could not be stored.
  @discardableResult
  func settleOwn(_ messages: [(chatId: Int64, Message)]) async -> Bool {
    let records = people.records
    let own = messages.compactMap { chatId, message -> AcceptedMessage? in
      guard let clientId = message.clientId, message.sender == records.ownId,
        message.status != .removed
      else { return nil }
      return AcceptedMessage(
        records.message(message, in: MaxRecords.key(chatId)), clientId: clientId)
    }
    guard !own.isEmpty else { return true }
    guard let lines = await environment.storing({ store in try await store.take(own) }) else {
      return false
    }
    for line in lines {
      environment.changes.send(.removed(chat: line.chat, [line.localId]))
      await publish([line.message.id], in: line.chat)
    }
    return true
  }

  // MARK: What becomes of messages

  /// All messages of a stretch of time are gone.
  func delete(from start: Int64, through end: Int64, in chatId: Int64) async {
    let key = MaxRecords.key(chatId)
    let gone = await environment.storing { store in
      try await store.messages.delete(key, from: start, through: end)
    }
    await publish(gone ?? [], in: key)
  }

  /// Messages are gone.
  func delete(_ ids: [Int64], in chatId: Int64) async {
    let key = MaxRecords.key(chatId)
    let names = ids.map { String($0) }
    await environment.storing { store in try await store.messages.delete(key, names) }
    await publish(names, in: key)
  }

  /// A mark of ours, set on another device, makes the chat read; others' are the second tick of what
  /// we wrote.
  func showMark(_ chatId: Int64, _ userId: Int64, _ mark: Int64, asUnread: Bool) async {
    let isOwn = userId == people.ownId
    await changeChats([MaxRecords.key(chatId)]) { chat in
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
}
