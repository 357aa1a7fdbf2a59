import Domain
import ScreenState
import Storage

/// Finds chats by their names, and holds what the list is filtered by.
struct ChatFinder {
  /// What the list is filtered by; nil for the whole list.
  private(set) var field: FieldState?
  /// What each name is found by, with the title that it is of. Made when somebody looks for a name.
  private var keys: [ChatID: (title: String, key: NameKey)] = [:]
  /// The chats that fit what is typed, as long as none changes.
  private var fitting: (text: String, version: Int, chats: [ChatRecord])?

  mutating func begin() { field = field ?? FieldState() }

  mutating func end() { (field, fitting) = (nil, nil) }

  /// False for a key that edits nothing.
  mutating func edit(_ key: Key, killed: inout String) -> Bool {
    guard var field else { return false }
    let isEdited = field.edit(key, limit: 100, killed: &killed)
    self.field = field
    return isEdited
  }

  /// The chats that the list shows, in their order; nil for all.
  ///
  /// - Parameter version: another one whenever a chat has changed.
  mutating func filtered(_ all: [ChatRecord], version: Int) -> [ChatRecord]? {
    guard let field else { return nil }
    let text = field.text.trimmed
    if let fitting, fitting.text == text, fitting.version == version { return fitting.chats }
    let query = NameQuery(text)
    let chats =
      query.isEmpty ? all : all.filter { query.distance(to: key(of: $0)) != nil }
    fitting = (text, version, chats)
    return chats
  }

  /// The chats whose names have all words that are looked for, the nearest first.
  mutating func named(_ query: NameQuery, among all: [ChatRecord], most: Int) -> [ChatRecord] {
    guard !query.isEmpty else { return [] }
    var near: [(chat: ChatRecord, distance: Int)] = []
    for chat in all {
      // Words of messages are looked for too: what sounds only a little like them is no name.
      guard let distance = query.distance(to: key(of: chat)), distance <= 3 else { continue }
      near.append((chat, distance))
    }
    let order = near.enumerated().sorted {
      ($0.element.distance, $0.offset) < ($1.element.distance, $1.offset)
    }
    return order.prefix(most).map(\.element.chat)
  }

  private mutating func key(of chat: ChatRecord) -> NameKey {
    let title = chat.shownTitle
    if let known = keys[chat.chat], known.title == title { return known.key }
    let key = NameKey(title, number: chat.peerId)
    keys[chat.chat] = (title, key)
    return key
  }
}
