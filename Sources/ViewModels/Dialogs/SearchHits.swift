import Storage

/// What a search has found so far: chats by their names, then messages, the newest first. The selected
/// hit stays selected while more come.
struct SearchHits {
  /// Chats whose names fit.
  private(set) var chats: [ChatRecord] = []
  private(set) var messages: [MessageRecord] = []
  /// What the next page begins after; nil when there is none.
  private(set) var next: Int64?
  private var selection = Selection()
  /// Whether the next page is on its way.
  private var isPaging = false

  /// Nothing was found yet.
  init() {}

  /// - Parameter page: the first one.
  init(_ page: FoundMessages, chats: [ChatRecord] = []) {
    self.chats = chats
    messages = page.messages
    next = page.next
    selection.select(ids.first)
  }

  private var ids: [String] { chats.map(\.chat.text) + messages.map(\.hitId) }

  /// Chats and messages.
  var count: Int { chats.count + messages.count }

  /// The index of the selected hit, counted from the first chat.
  var selected: Int? { selection.index(in: ids) }

  mutating func move(_ step: Selection.Step) { selection.move(step, in: ids) }

  /// What the next page begins after; nil when there is none, or it is on its way already.
  mutating func beginPage() -> Int64? {
    guard !isPaging, let next else { return nil }
    isPaging = true
    return next
  }

  /// The next page is there.
  mutating func append(_ page: FoundMessages) {
    merge(page.messages)
    next = page.next
    isPaging = false
  }

  /// Adds hits where they belong; returns how many of them are new.
  @discardableResult
  mutating func merge(_ found: [MessageRecord]) -> Int {
    let selected = selected.map { ids[$0] }
    let known = Set(ids)
    let new = found.filter { !known.contains($0.hitId) }
    messages = (messages + new).sorted { ($0.at, $0.hitId) > ($1.at, $1.hitId) }
    selection.select(selected ?? ids.first)
    return new.count
  }
}

extension MessageRecord {
  /// Unique among all chats.
  var hitId: String { "\(chat) \(id)" }
}
