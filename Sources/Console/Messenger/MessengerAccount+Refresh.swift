import OneMe
import Storage

extension MessengerAccount {
  /// Reads a chat's newest page again: what was changed or deleted while the line was down is not
  /// among what was missed.
  func refresh(_ key: String) async {
    guard let chat = MessengerRecords.chatId(key) else { return }
    let stored = await desk.storing { store in
      try await store.messages.latest(key, limit: MessengerAccount.refreshed)
    }
    // Only what was here before asking can be missing from the answer: more may come meanwhile.
    let known = (stored ?? []).filter { $0.status == .received || $0.status == .sent }
    // Our clock may be behind the server's.
    let end = max(desk.time.wallTime, known.last?.at ?? 0) + 1
    let page: [Message]
    do throws(OneMeError) {
      page = try await session.history(
        chat: chat, before: end, count: MessengerAccount.refreshed)
    } catch {
      return desk.log("MAX refresh: \(error.message)")
    }
    // An answer without messages says nothing about those that are here.
    guard let start = page.first?.time else { return }
    await learnNames(page.compactMap(\.sender))
    await settleOwn(page.map { (chat, $0) })
    let news = page.map { records.whole($0, in: key) }
    let ids = Set(news.map(\.id))
    let gone = known.filter { $0.at >= start && !ids.contains($0.id) }.map(\.id)
    let kept: Void? = await desk.storing { store in
      try await store.messages.save(news)
      try await store.messages.delete(key, gone)
    }
    if kept != nil { await publish(news.map(\.id) + gone, in: key) }
  }

  /// Messages of a page that is read again.
  private static let refreshed = 100
}
