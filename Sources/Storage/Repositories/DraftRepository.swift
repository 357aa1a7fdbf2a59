import Database

/// What is being written, at most one draft a chat.
public struct DraftRepository: Sendable {
  let database: Database

  /// Every draft, by chat.
  public func all() async throws(DatabaseError) -> [DraftRecord] {
    try await database.read { try $0.query("SELECT * FROM draft ORDER BY chat") }
  }

  /// Keeps the draft in the place of the chat's earlier one; an empty one takes that away. A draft of
  /// a chat that is not known is not kept.
  public func save(_ draft: DraftRecord) async throws(DatabaseError) {
    try await database.write { connection in
      guard !draft.isEmpty else {
        return try connection.execute("DELETE FROM draft WHERE chat = ?", [draft.chat])
      }
      try connection.execute(
        """
        INSERT OR REPLACE INTO draft (chat, text, reply_to)
        SELECT chat, ?2, ?3 FROM chat WHERE chat = ?1
        """, [draft.chat, draft.text, draft.replyTo])
    }
  }
}

extension DraftRecord: RowDecodable {
  public init(row: borrowing Row) throws {
    self.init(
      chat: try row.get("chat"), text: try row.get("text"), replyTo: try row.get("reply_to"))
  }
}
