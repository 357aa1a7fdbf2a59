import Database
import Domain

/// A message that has come in, with what its server said about it.
package struct ArrivedMessage: Sendable, Equatable {
  /// As it is to be stored; one whose status is `deleted` was taken back.
  package var message: MessageRecord
  /// For a message of ours: the number by which the outbox knows it.
  package var clientId: Int64?
  /// The message before it by the server; one that is not stored was missed.
  package var previousId: String?
  /// How many messages of the chat are unread by the server; nil to count it here, if it is new and
  /// not the owner's own.
  package var unread: Int?

  /// A message that says no more than itself.
  package init(
    _ message: MessageRecord, clientId: Int64? = nil, previousId: String? = nil,
    unread: Int? = nil
  ) {
    self.message = message
    self.clientId = clientId
    self.previousId = previousId
    self.unread = unread
  }
}

/// A chat as its server describes it now, over what is stored of it: servers leave out what has not
/// changed.
package struct ChatDescription: Sendable {
  /// The stored chat, nil if there is none, and up to when it was read without its server knowing.
  package typealias Merge =
    @Sendable (_ known: ChatRecord?, _ untoldMark: Int64?) -> ChatRecord

  package var chat: ChatID
  package var merged: Merge

  /// A description that is merged within the transaction that stores it.
  package init(_ chat: ChatID, merged: @escaping Merge) {
    self.chat = chat
    self.merged = merged
  }

  /// A chat of which everything is known.
  package init(_ record: ChatRecord) {
    self.init(record.chat) { _, _ in record }
  }
}

/// Messages of one chat that arrived together, in their order.
package struct ChatArrivals: Sendable {
  package var messages: [ArrivedMessage]
  /// The chat they are in.
  package var description: ChatDescription
  /// Whether the server described it with them; else the description is only for a chat that is not
  /// stored.
  package var isTold: Bool

  package init(
    _ messages: [ArrivedMessage], in description: ChatDescription, isTold: Bool = false
  ) {
    self.messages = messages
    self.description = description
    self.isTold = isTold
  }
}

/// What a transaction has made of arrivals.
package struct ArrivalOutcome: Sendable, Equatable {
  /// Messages and chats that are new or look different, as they are stored now.
  package var messages: [ChatID: [MessageRecord]] = [:]
  package var chats: [ChatRecord] = []
  /// Lines written here that gave way to the server's own.
  package var settled: [AcceptedDraft] = []
  /// Whether there are messages before one of them that were missed.
  package var hasGap = false
  /// How many were not stored before.
  package var newCount = 0
}

extension Store {
  /// Keeps everything that arrived together, in one transaction: messages that are new, were edited or
  /// taken back, and their chats.
  package func receive(_ arrivals: [ChatArrivals]) async throws(DatabaseError) -> ArrivalOutcome {
    try await database.write { connection in
      var outcome = ArrivalOutcome()
      for arrived in arrivals {
        var chat = try ChatIntake(of: arrived, on: connection)
        for message in arrived.messages { try chat.take(message, &outcome) }
        try chat.finish(&outcome)
      }
      return outcome
    }
  }

  /// Keeps a message that has come in or was written here, and lets its chat show it.
  ///
  /// - Parameters:
  ///   - chat: The message's chat, kept only if there is none of its key yet.
  ///   - unread: The number of unread messages by the server; nil to count the message, if it is
  ///     new and not the owner's own.
  /// - Returns: Whether the message was not known before.
  @discardableResult
  package func receive(
    _ message: MessageRecord, in chat: ChatRecord, unread: Int? = nil
  ) async throws(DatabaseError) -> Bool {
    try await receive([
      ChatArrivals([ArrivedMessage(message, unread: unread)], in: ChatDescription(chat))
    ]).newCount > 0
  }
}

/// One chat during a transaction: what it shows and counts is written once, after all of its messages.
private struct ChatIntake {
  private let connection: Connection
  private var chat: ChatRecord
  /// The message that the chat is to show, if it is another one than its row says.
  private var newest: MessageRecord?
  private var isCounted = false
  /// The messages that have changed, each once, in the order of their first change.
  private var changed: [MessageRecord] = []
  private var places: [String: Int] = [:]

  init(of arrived: ChatArrivals, on connection: Connection) throws {
    self.connection = connection
    let known = try connection.chat(arrived.description.chat)
    if let known, !arrived.isTold {
      chat = known
    } else {
      chat = try connection.save(arrived.description, over: known)
    }
  }

  mutating func take(_ arrived: ArrivedMessage, _ outcome: inout ArrivalOutcome) throws {
    let message = arrived.message
    guard message.status != .deleted else { return try bury(message.id) }
    if let clientId = arrived.clientId {
      try settle(AcceptedMessage(message, clientId: clientId), &outcome)
    }
    let known = try connection.message(chat.chat, message.id)
    if known == nil {
      // Alone in the midst of a history that is not here, a changed message would hide that.
      if message.edited, message.at < chat.lastMessageAt ?? 0 { return }
      if let previous = arrived.previousId, try !isStored(previous) {
        outcome.hasGap = true
        try connection.noteGap(before: message)
      }
      outcome.newCount += 1
    }
    let kept = try connection.save(message, over: known)
    note(kept)
    guard kept.status != .deleted else { return }
    if chat.lastMessageAt ?? .min <= kept.at || chat.lastMessageId == kept.id { show(kept) }
    count(arrived, isNew: known == nil)
  }

  /// Writes the chat's row, and tells what has become of the chat.
  mutating func finish(_ outcome: inout ArrivalOutcome) throws {
    try write()
    outcome.messages[chat.chat, default: []] += changed
    outcome.chats.append(chat)
  }

  private func isStored(_ id: String) throws -> Bool {
    try places[id] != nil || connection.message(chat.chat, id) != nil
  }

  private mutating func note(_ message: MessageRecord) {
    if let place = places[message.id] {
      changed[place] = message
    } else {
      places[message.id] = changed.count
      changed.append(message)
    }
  }

  private mutating func show(_ message: MessageRecord) {
    chat.lastMessageAt = message.at
    chat.lastMessageId = message.id
    newest = message
  }

  private mutating func count(_ arrived: ArrivedMessage, isNew: Bool) {
    // The server counts it as well; it hears that it is read where nothing else is unread.
    if arrived.message.isAnsweredCall(in: chat.kind) { return }
    if let unread = arrived.unread {
      chat.unread = max(0, unread)
    } else if isNew, !arrived.message.own {
      chat.unread += 1
    } else {
      return
    }
    isCounted = true
  }

  private mutating func bury(_ id: String) throws {
    try write()
    try connection.bury([id], in: chat.chat)
    if let kept = try connection.message(chat.chat, id) { note(kept) }
    try readAgain()
  }

  private mutating func settle(
    _ message: AcceptedMessage, _ outcome: inout ArrivalOutcome
  ) throws {
    try write()
    guard let settled = try connection.take(message) else { return }
    outcome.settled.append(settled)
    note(settled.message)
    try readAgain()
  }

  private mutating func readAgain() throws {
    if let now = try connection.chat(chat.chat) { chat = now }
  }

  private mutating func write() throws {
    guard newest != nil || isCounted else { return }
    if let newest { chat.lastMessage = ChatPreview(newest, in: chat.kind) }
    try connection.execute(
      """
      UPDATE chat SET unread = ?, last_message_at = ?, last_message_id = ?, last_message = ?
      WHERE chat = ?
      """,
      [
        chat.unread, chat.lastMessageAt, chat.lastMessageId,
        try chat.lastMessage.map { try JSONColumn.encode($0) }, chat.chat,
      ])
    (newest, isCounted) = (nil, false)
  }
}

extension Connection {
  /// Keeps a chat as it is described.
  ///
  /// - Parameter known: what is stored of it.
  /// - Returns: the chat as it is stored now.
  func save(_ description: ChatDescription, over known: ChatRecord?) throws -> ChatRecord {
    let mark: Int64? = try known.flatMap { known in
      try first("SELECT mark FROM untold_mark WHERE chat = ?", [known.chat]) {
        try $0.get("mark")
      }
    }
    let merged = description.merged(known, mark)
    if merged == known { return merged }
    try save(merged)
    return try chat(merged.chat) ?? merged
  }
}
