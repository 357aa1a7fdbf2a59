import Storage

/// The part of the open chat that is in memory: enough for the screen and a while of scrolling either
/// way, however long the chat is.
@MainActor
final class ConversationWindow {
  /// More messages than these are not kept.
  static let capacity = 400
  /// Nor more bytes of what they say, but for as many messages as a high screen shows.
  static let byteCapacity = 1 << 20
  private static let leastMessages = 100

  /// Oldest first.
  private(set) var messages: [MessageRecord] = [] { didSet { version += 1 } }
  /// Another one whenever a message has changed.
  private(set) var version = 0
  /// Whether the chat's newest message is the last one here.
  private(set) var isLive = true

  /// Where a message stands among those in memory.
  func index(of place: MessagePlace) -> Int? {
    let index = firstIndex(from: place)
    return index < messages.count && messages[index].id == place.id ? index : nil
  }

  /// The message of an id.
  subscript(id: String) -> MessageRecord? { messages.last { $0.id == id } }

  /// How many messages stand before a place.
  func firstIndex(from place: MessagePlace) -> Int {
    var (low, high) = (0, messages.count)
    while low < high {
      let middle = (low + high) / 2
      if messages[middle].place < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// Nothing of the chat is in memory.
  func clear() { show([], isLive: true) }

  /// Shows another part.
  func show(_ messages: [MessageRecord], isLive: Bool) {
    self.messages = messages
    self.isLive = isLive
  }

  /// Puts messages before the first one.
  func extend(before older: [MessageRecord]) {
    put(older)
    trimEnd()
  }

  /// Puts messages after the last one.
  func extend(after newer: [MessageRecord], isLive: Bool) {
    put(newer)
    self.isLive = isLive
    trimStart()
  }

  /// Takes news in that belong here: what is here already, what stands between, and at the end of the
  /// chat what is new.
  ///
  /// - Parameter isFollowing: whether the end is being looked at.
  func merge(_ news: [MessageRecord], isFollowing: Bool) {
    let start = messages.first?.place
    let end = messages.last?.place
    lazy var ids = Set(messages.lazy.map(\.id))
    put(
      news.filter { message in
        if let start, message.place < start { return ids.contains(message.id) }
        if let end, message.place > end { return isLive || ids.contains(message.id) }
        return isLive || !messages.isEmpty
      })
    isFollowing ? trimStart() : trimEnd()
  }

  /// Forgets messages that are gone without a trace.
  func remove(_ ids: [String]) { messages.removeAll { ids.contains($0.id) } }

  private func put(_ news: [MessageRecord]) {
    if news.count > 8 { return putMany(news) }
    for message in news {
      if let index = index(of: message.place) {
        messages[index] = message
      } else {
        // It may have been at another moment until now, as what was queued is.
        messages.removeAll { $0.id == message.id }
        messages.insert(message, at: firstIndex(from: message.place))
      }
    }
  }

  private func putMany(_ news: [MessageRecord]) {
    let byId = Dictionary(news.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    messages.removeAll { byId[$0.id] != nil }
    let added = byId.values.sorted { $0.place < $1.place }
    var isAtEnd = true
    if let last = messages.last, let first = added.first { isAtEnd = last.place < first.place }
    messages += added
    if !isAtEnd { messages.sort { $0.place < $1.place } }
  }

  private func trimStart() {
    messages.removeFirst(messages.count - kept(of: messages.reversed()))
  }

  private func trimEnd() {
    let surplus = messages.count - kept(of: messages)
    guard surplus > 0 else { return }
    messages.removeLast(surplus)
    isLive = false
  }

  /// How many messages, from the first one on, are kept.
  private func kept(of messages: some Collection<MessageRecord>) -> Int {
    var bytes = 0
    let fitting = messages.prefix(Self.capacity).prefix { message in
      bytes += message.text.utf8.count
      return bytes <= Self.byteCapacity
    }
    return max(fitting.count, min(messages.count, Self.leastMessages))
  }
}
