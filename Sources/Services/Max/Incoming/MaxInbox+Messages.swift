import Accounts
import Clocks
import Domain
import OneMe
import Storage

extension MaxInbox {
  /// Keeps messages that arrived together: new ones, edited ones and those that were taken back, with
  /// the chats that came with them.
  ///
  /// - Returns: What has become of them; nil if they could not be stored.
  func receive(_ arrivals: [MessageArrival]) async -> ArrivalOutcome? {
    let chats = arrivals.compactMap(\.chat)
    await learnNames(arrivals.compactMap(\.message.sender))
    if !chats.isEmpty { await learnNames(of: chats) }
    let batch = translated(arrivals)
    let outcome = await environment.storing { store in try await store.receive(batch) }
    guard let outcome else { return nil }
    tell(of: outcome.settled)
    // The chats first: whoever hears of a message looks up what is known of its chat.
    environment.changes.send(.chats(outcome.chats))
    for chat in batch.map(\.description.chat) {
      guard let messages = outcome.messages[chat], !messages.isEmpty else { continue }
      environment.changes.send(.messages(chat: chat, messages))
    }
    return outcome
  }

  /// The messages chat by chat, in the order in which they came.
  private func translated(_ arrivals: [MessageArrival]) -> [ChatArrivals] {
    let records = people.records
    var places: [Int64: Int] = [:]
    var batch: [ChatArrivals] = []
    for arrival in arrivals {
      let key = MaxRecords.key(arrival.chatId)
      let place = places[arrival.chatId] ?? batch.count
      if place == batch.count {
        places[arrival.chatId] = place
        let chat = Chat(id: arrival.chatId, kind: arrival.chatId < 0 ? .group : .dialog)
        batch.append(ChatArrivals([], in: description(of: chat, by: records)))
      }
      if let chat = arrival.chat, chat.id == arrival.chatId {
        batch[place].description = description(of: chat, by: records)
        batch[place].isTold = true
      }
      let message = records.message(arrival.message, in: key)
      batch[place].messages.append(
        ArrivedMessage(
          message, clientId: arrival.message.clientId.flatMap { message.own ? $0 : nil },
          previousId: arrival.previousId.map(String.init),
          unread: countsByServer ? arrival.unread.map { Int(clamping: $0) } : nil))
    }
    return batch
  }

  /// Lines that were written here have given way to the server's own.
  func tell(of settled: [AcceptedDraft]) {
    for line in settled {
      environment.changes.send(.removed(chat: line.chat, [line.localId]))
    }
  }

  /// Keeps messages of a gap that the server has told now.
  ///
  /// - Parameter isComplete: whether these are all.
  /// - Returns: false if the gap stays as it is.
  func fill(
    _ gap: PendingGap, of chatId: Int64, with messages: [Message], isComplete: Bool
  ) async -> Bool {
    await learnNames(messages.compactMap(\.sender))
    let records = people.records
    let stored = messages.map { records.whole($0, in: gap.chat) }
    let own = records.accepted(messages, in: gap.chat)
    let newest = stored.last?.at ?? gap.after
    let next = isComplete || newest <= gap.after ? nil : newest
    let settled = await environment.storing { store in
      try await store.fill(gap, with: stored, own: own, next: next)
    }
    guard let settled else { return false }
    tell(of: settled)
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
    let records = people.records
    let stored = page.map { records.whole($0, in: key) }
    let own = records.accepted(page, in: key)
    let span = part.span(of: stored)
    let end = page.last?.time ?? .max
    let cut = known.filter { $0.at > end }.map(\.id)
    let outcome = await environment.storing { store in
      try await store.keep(stored, of: key, spanning: span, own: own, without: cut)
    }
    guard let outcome else { return }
    tell(of: outcome.settled)
    await publish(stored.map(\.id) + outcome.gone, in: key)
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

  /// Keeps the server's answer in the place of what was written; false if it could not be stored.
  func settle(_ sent: MessageArrival, as clientId: Int64) async -> Bool {
    var sent = sent
    sent.message.clientId = clientId
    return await receive([sent]) != nil
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
