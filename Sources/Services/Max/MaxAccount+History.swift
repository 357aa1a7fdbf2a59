import Accounts
import Domain
import OneMe
import Storage

extension MaxAccount {
  /// Brings a part of a chat's history into the store.
  ///
  /// - Parameter count: of messages on each side, 1 to 100.
  package func loadHistory(
    _ key: ChatID, _ part: HistoryPart, count: Int
  ) async throws(UserError) -> HistoryNews {
    guard let chatId = MaxRecords.chatId(key) else { throw .noChat(key) }
    let known = part == .newest ? await newestStored(of: key, count) : []
    do throws(OneMeError) {
      let page = try await ask(for: part, of: chatId, count: count, until: known.last?.at ?? 0)
        .sorted { ($0.time, $0.id) < ($1.time, $1.id) }
      await learnNames(page.compactMap(\.sender))
      await settleOwn(page.map { (chatId, $0) })
      let stored = page.map { records.whole($0, in: key) }
      let span = part.span(of: stored)
      let end = page.last?.time ?? .max
      let cut = known.filter { $0.at > end }.map(\.id)
      let gone = await environment.storing { store in
        try await store.messages.delete(key, cut)
        return try await store.keep(stored, of: key, spanning: span) + cut
      }
      await publish(stored.map(\.id) + (gone ?? []), in: key)
      return HistoryNews(
        older: page.count { $0.time < part.moment }, newer: page.count { $0.time > part.moment },
        start: page.first?.time)
    } catch {
      // A dialog that was only opened here has no past.
      if case .refused(let refusal) = error, refusal.kind == .notFound, await isUnspoken(key) {
        return HistoryNews(older: 0, newer: 0)
      }
      throw UserError(error)
    }
  }

  /// What the server had of a chat's end before it is asked: only of these one that the answer lacks
  /// was deleted, since more may come meanwhile.
  private func newestStored(of key: ChatID, _ count: Int) async -> [MessageRecord] {
    let stored = await environment.storing { store in
      try await store.messages.latest(key, limit: count)
    }
    return (stored ?? []).filter { $0.status == .received || $0.status == .sent }
  }

  private func isUnspoken(_ key: ChatID) async -> Bool {
    let chat = await environment.storing { store in try await store.chats.chat(key) } ?? nil
    return chat.map { $0.kind == .dialog && $0.lastMessageId == nil } ?? false
  }

  private func ask(
    for part: HistoryPart, of chat: Int64, count: Int, until end: Int64
  ) async throws(OneMeError) -> [Message] {
    let client = try await session.online()
    // Our clock may be behind the server's.
    let now = max(environment.time.wallTime, end).plus(1)
    return switch part {
    case .newest: try await client.history(chat: chat, before: now, count: count)
    case .before(let time): try await client.history(chat: chat, before: time, count: count)
    case .after(let time): try await client.history(chat: chat, after: time, count: count)
    case .around(let time): try await client.history(chat: chat, around: time, count: count)
    }
  }

  /// Has the server look for words, and keeps what it finds.
  ///
  /// - Parameters:
  ///   - key: nil searches all chats.
  ///   - limit: how many messages are enough.
  /// - Returns: what was found, as it is stored.
  package func search(
    _ words: String, in key: ChatID?, limit: Int
  ) async throws(UserError) -> [MessageRecord] {
    let chatId = key.flatMap(MaxRecords.chatId)
    do throws(OneMeError) {
      let client = try await session.online()
      var hits: [SearchPage.Hit] = []
      var marker: String?
      repeat {
        let page = try await client.search(
          words, chat: chatId, marker: marker, count: min(limit - hits.count, 100))
        hits += page.hits
        marker = page.hits.isEmpty ? nil : page.marker
      } while marker != nil && hits.count < limit
      return try await keep(hits, by: client)
    } catch {
      throw UserError(error)
    }
  }

  private func keep(
    _ hits: [SearchPage.Hit], by client: OneMeClient
  ) async throws(OneMeError) -> [MessageRecord] {
    let known = await storedChats(hits.map { MaxRecords.key($0.chatId) })
    let unknown = Set(hits.map(\.chatId)).filter { known[MaxRecords.key($0)] == nil }
    if !unknown.isEmpty { await take(try await client.chats(unknown.sorted())) }
    await learnNames(hits.compactMap(\.message.sender))
    let found = hits.map { records.whole($0.message, in: MaxRecords.key($0.chatId)) }
    return await environment.storing { store in try await store.keep(found) } ?? []
  }
}

extension HistoryPart {
  package var moment: Int64 {
    switch self {
    case .newest: .max
    case .before(let time), .after(let time), .around(let time): time
    }
  }

  /// The moments between which a page, oldest first, is all there is. On a side that was asked for
  /// and is empty, that is everything.
  package func span(of page: [MessageRecord]) -> ClosedRange<Int64> {
    let first = page.first { $0.at < moment }?.at ?? .min
    let last = page.last { $0.at > moment }?.at ?? .max
    return switch self {
    case .newest, .before: first...moment
    // Nothing was said before the first moment that a clock shows.
    case .after: (moment > 0 ? moment : .min)...last
    case .around: first...last
    }
  }
}
