import Domain
import Storage

/// Chats by their keys, and in the order of a list: the newest message first.
///
/// Changing one of many costs about as much as finding it; a batch is sorted once.
struct SortedChats {
  private var chats: [ChatID: ChatRecord] = [:]
  /// Every chat, newest first.
  private(set) var all: [ChatRecord] = []

  /// From this many on, sorting all is cheaper than moving each.
  private static let batch = 32

  /// - Parameter chats: in any order, each key once.
  init(_ chats: [ChatRecord] = []) {
    self.chats = Dictionary(chats.map { ($0.chat, $0) }, uniquingKeysWith: { $1 })
    sort()
  }

  /// The chat of this key.
  subscript(key: ChatID) -> ChatRecord? { chats[key] }

  /// Where a chat stands.
  func index(of key: ChatID) -> Int? {
    guard let chat = chats[key] else { return nil }
    let index = place(of: chat)
    return index < all.count && all[index].chat == key ? index : nil
  }

  /// Takes in chats that are new or look different.
  mutating func take(_ news: [ChatRecord]) {
    guard news.count < SortedChats.batch else {
      for chat in news { chats[chat.chat] = chat }
      return sort()
    }
    for chat in news {
      if let index = index(of: chat.chat) { all.remove(at: index) }
      chats[chat.chat] = chat
      all.insert(chat, at: place(of: chat))
    }
  }

  private mutating func sort() { all = chats.values.sorted(by: SortedChats.isBefore) }

  /// The number of chats that stand before this one.
  private func place(of chat: ChatRecord) -> Int {
    var (low, high) = (0, all.count)
    while low < high {
      let middle = (low + high) / 2
      if SortedChats.isBefore(all[middle], chat) { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private static func isBefore(_ one: ChatRecord, _ other: ChatRecord) -> Bool {
    (one.lastMessageAt ?? 0, one.chat) > (other.lastMessageAt ?? 0, other.chat)
  }
}
