import Database
import Domain

/// A message written here that its server has taken.
package struct AcceptedMessage: Sendable, Equatable {
  /// The message as the server has it.
  package var message: MessageRecord
  /// The number by which the server knows it from a repetition.
  package var clientId: Int64

  /// A message known to the server by this number.
  package init(_ message: MessageRecord, clientId: Int64) {
    self.message = message
    self.clientId = clientId
  }
}

/// What has become of a line that was written here.
package struct AcceptedDraft: Sendable, Equatable {
  /// The chat of the line.
  package var chat: ChatID
  /// The id that the line had here; there is none of that id any more.
  package var localId: String
  /// The line in its place.
  package var message: MessageRecord

  /// A line that has given way to `message`.
  package init(chat: ChatID, localId: String, message: MessageRecord) {
    self.chat = chat
    self.localId = localId
    self.message = message
  }
}

extension Store {
  /// The server has taken messages that wait in the outbox, or may have been sent from there: in the
  /// place of each line written here stands the server's own, and nothing of it goes out again.
  ///
  /// It does not matter whether that is known from an answer, a push or the history. What the outbox
  /// does not know is passed over. The body of a message in the outbox is a JSON object with its number
  /// as `cid`.
  package func take(_ messages: [AcceptedMessage]) async throws(DatabaseError) -> [AcceptedDraft] {
    guard !messages.isEmpty else { return [] }
    return try await database.write { connection in
      try messages.compactMap { try connection.take($0) }
    }
  }
}

extension Connection {
  /// Nil if the outbox does not know it.
  func take(_ taken: AcceptedMessage) throws -> AcceptedDraft? {
    let chat = taken.message.chat
    let entry: OutboxRecord? = try first(
      "SELECT * FROM outbox WHERE chat = ? AND body ->> '$.cid' = ?", [chat, taken.clientId])
    guard let entry, let localId = entry.messageId else { return nil }
    try execute("DELETE FROM outbox WHERE id = ?", [entry.id])
    try execute("DELETE FROM message WHERE chat = ? AND id = ?", [chat, localId])
    try save(taken.message)
    // Whoever knows it by the id that it had here finds it under that for good.
    try execute(
      "UPDATE message SET written_id = ? WHERE chat = ? AND id = ?",
      [localId, chat, taken.message.id])
    try showLastRemaining(in: chat, insteadOf: [localId])
    let kept = try message(chat, taken.message.id) ?? taken.message
    if kept.status != .deleted { try showLast(kept) }
    // Our clock may be ahead of the server's: what comes next must not look older.
    try execute(
      """
      UPDATE chat SET last_message_at = ?1 WHERE chat = ?2 AND last_message_id = ?3
      """, [kept.at, chat, kept.id])
    return AcceptedDraft(chat: chat, localId: localId, message: kept)
  }
}
