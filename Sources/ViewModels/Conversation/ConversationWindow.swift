import Storage

/// The part of a chat that is in memory: enough for the screen and a while of scrolling either way,
/// however long the chat is.
struct ConversationWindow {
  /// More messages than these are not kept.
  static let capacity = 400

  /// Oldest first.
  private(set) var messages: [MessageRecord] = []
  /// Whether the chat's newest message is the last one here.
  private(set) var isLive = true

  /// Shows another part.
  mutating func show(_ messages: [MessageRecord], isLive: Bool) {
    self.messages = messages
    self.isLive = isLive
  }

  /// Puts messages before the first one.
  mutating func extend(before older: [MessageRecord]) {
    put(older)
    trimEnd()
  }

  /// Puts messages after the last one.
  mutating func extend(after newer: [MessageRecord], isLive: Bool) {
    put(newer)
    self.isLive = isLive
    trimStart()
  }

  /// Takes news in that belong here: what is here already, what stands between, and at the end of the
  /// chat what is new.
  ///
  /// - Parameter isFollowing: whether the end is being looked at.
  mutating func merge(_ news: [MessageRecord], isFollowing: Bool) {
    let start = messages.first?.place
    let end = messages.last?.place
    put(
      news.filter { message in
        if let start, message.place < start { return contains(message.id) }
        if let end, message.place > end { return isLive || contains(message.id) }
        return isLive || !messages.isEmpty
      })
    isFollowing ? trimStart() : trimEnd()
  }

  /// Forgets messages that are gone without a trace.
  mutating func remove(_ ids: [String]) { messages.removeAll { ids.contains($0.id) } }

  private func contains(_ id: String) -> Bool { messages.contains { $0.id == id } }

  private mutating func put(_ news: [MessageRecord]) {
    guard !news.isEmpty else { return }
    var byId = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for message in news { byId[message.id] = message }
    messages = byId.values.sorted { $0.place < $1.place }
  }

  private mutating func trimStart() {
    messages.removeFirst(max(0, messages.count - ConversationWindow.capacity))
  }

  private mutating func trimEnd() {
    let surplus = messages.count - ConversationWindow.capacity
    guard surplus > 0 else { return }
    messages.removeLast(surplus)
    isLive = false
  }
}
