import Domain
import Storage

/// All chats in the order of the list, and sums over them that are kept as they change.
struct CountedChats {
  private var list = SortedList<ChatRecord>()
  /// Unread messages of chats that are not muted.
  private(set) var unread = 0
  /// How many such chats have something unread.
  private(set) var waiting = 0
  /// Another one whenever a chat has changed.
  private(set) var version = 0

  /// Every chat, newest first.
  var all: [ChatRecord] { list.all }

  /// The chat of this key.
  subscript(key: ChatID) -> ChatRecord? { list[key] }

  /// Where a chat stands.
  func index(of key: ChatID) -> Int? { list.index(of: key) }

  /// Takes these chats in place of all that are here.
  mutating func replace(by chats: [ChatRecord]) {
    list = SortedList(chats)
    (unread, waiting) = (0, 0)
    for chat in list.all { count(chat, by: 1) }
    version += 1
  }

  /// Puts chats in their places that are new or look different.
  mutating func update(_ news: [ChatRecord]) {
    let keys = Set(news.map(\.chat))
    for chat in keys.compactMap({ list[$0] }) { count(chat, by: -1) }
    list.update(news)
    for chat in keys.compactMap({ list[$0] }) { count(chat, by: 1) }
    version += 1
  }

  private mutating func count(_ chat: ChatRecord, by sign: Int) {
    guard chat.unread > 0, !chat.muted else { return }
    waiting += sign
    // More than that no person has unread, and many of them can be added.
    unread += sign * min(chat.unread, 1 << 40)
  }
}
