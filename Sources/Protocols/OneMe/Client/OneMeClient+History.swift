extension OneMeClient {
  /// A page of a chat's messages, oldest first (opcode 49, MAX protocol notes §3.3).
  ///
  /// - Parameters:
  ///   - time: Wall-clock milliseconds before which the messages were sent. The message of exactly
  ///     that time may be among them.
  ///   - count: 1 to 100; beyond that it is brought to the nearest.
  public func history(
    chat: Int64, before time: Int64, count: Int = 50
  ) async throws(OneMeError)
    -> [Message]
  {
    try await history(HistoryPage(chatId: chat, from: time, backward: HistoryPage.bounded(count)))
  }

  /// The same in the other direction: messages sent after `time`, oldest first.
  public func history(
    chat: Int64, after time: Int64, count: Int = 50
  ) async throws(OneMeError)
    -> [Message]
  {
    try await history(HistoryPage(chatId: chat, from: time, forward: HistoryPage.bounded(count)))
  }

  /// Messages on both sides of `time`, oldest first: the surroundings of one that was found.
  ///
  /// - Parameter count: For each side, 1 to 100.
  public func history(
    chat: Int64, around time: Int64, count: Int = 25
  ) async throws(OneMeError)
    -> [Message]
  {
    let side = HistoryPage.bounded(count)
    return try await history(
      HistoryPage(chatId: chat, from: time, forward: side, backward: side))
  }

  /// What was sent to a chat after `time`, oldest first: fills the gap that an absence left.
  ///
  /// Asks page by page until there is nothing new. The messages of exactly that time may be among
  /// them, so merge by id.
  /// - Parameter limit: How many messages are enough; then `isComplete` is false.
  public func missedMessages(
    chat: Int64, after time: Int64, limit: Int = 1000
  ) async throws(OneMeError)
    -> MissedMessages
  {
    var found: [Int64: Message] = [:]
    var from = time
    var isComplete = false
    // Even a server that doles out single messages is not asked for ever.
    for _ in 0..<MissedMessages.pages where !isComplete && found.count < limit {
      let page = try await history(chat: chat, after: from, count: 100)
      let new = page.filter { $0.time >= time && found[$0.id] == nil }
      for message in new { found[message.id] = message }
      isComplete = new.isEmpty
      // The next page begins with the moment that this one ended in, unless it was all of that moment.
      let newest = page.map(\.time).max() ?? from
      from = newest > from ? newest : from + 1
    }
    let messages = found.values.sorted { ($0.time, $0.id) < ($1.time, $1.id) }
    return MissedMessages(messages: messages, isComplete: isComplete)
  }

  /// Messages by their ids (opcode 71); those that are gone are missing in the answer.
  public func messages(_ ids: [Int64], chat: Int64) async throws(OneMeError) -> [Message] {
    try await ask(
      .messages, MessageChoice(chatId: chat, messageIds: ids.map(MessageID.init)), ifEmpty: []
    ) { object in
      object.list("messages", of: Message.self).elements
    }
  }

  private func history(_ page: HistoryPage) async throws(OneMeError) -> [Message] {
    try await ask(.history, page, ifEmpty: []) { object in
      object.list("messages", of: Message.self).elements
    }
  }
}

/// Messages that came while nobody listened.
public struct MissedMessages: Sendable, Equatable {
  /// Oldest first, each once.
  public var messages: [Message]
  /// Whether these are all.
  public var isComplete: Bool

  static let pages = 50
}

/// Some messages of a chat.
struct MessageChoice: Encodable {
  var chatId: Int64
  var messageIds: [MessageID]
}

private struct HistoryPage: Encodable {
  var chatId: Int64
  var from: Int64
  var forward = 0
  var backward = 0
  var getMessages = true

  static func bounded(_ count: Int) -> Int { min(max(count, 1), 100) }
}
