import Database
import Domain

/// What is being written: at most one new message a chat, and other words for one that was sent.
package struct DraftRepository: Sendable {
  let database: Database

  /// Every draft, by chat.
  package func all() async throws(DatabaseError) -> [DraftRecord] {
    try await database.read { try $0.query("SELECT * FROM draft ORDER BY chat, edits") }
  }

  /// Keeps drafts in the place of all that there are of their chat; empty ones are not kept, nor those
  /// of a chat that is not known. It comes with each letter, so the disk is not waited for.
  package func replace(_ chat: ChatID, with drafts: [DraftRecord]) async throws(DatabaseError) {
    try await database.write(surviving: .crash) { connection in
      try connection.execute("DELETE FROM draft WHERE chat = ?", [chat])
      for draft in drafts where draft.chat == chat && !draft.isEmpty {
        try connection.save(draft)
      }
    }
  }

  /// Keeps drafts of chats in which nothing is being written yet.
  ///
  /// - Returns: those that take nothing's place.
  package func introduce(_ drafts: [DraftRecord]) async throws(DatabaseError) -> [DraftRecord] {
    try await database.write { connection in
      let new = try drafts.filter { draft in
        try connection.first("SELECT 1 AS one FROM draft WHERE chat = ?", [draft.chat]) {
          try $0.get("one") as Int
        } == nil
      }
      for draft in new where !draft.isEmpty { try connection.save(draft) }
      return new
    }
  }
}

extension Connection {
  /// Keeps a draft, unless its chat is not known.
  fileprivate func save(_ draft: DraftRecord) throws {
    try execute(
      """
      INSERT OR REPLACE INTO draft (chat, edits, text, reply_to)
      SELECT chat, ?2, ?3, ?4 FROM chat WHERE chat = ?1
      """, [draft.chat, draft.edits ?? "", draft.text, draft.replyTo])
  }
}

extension DraftRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    let edits: String = try row.get("edits")
    self.init(
      chat: try row.get("chat"), text: try row.get("text"), replyTo: try row.get("reply_to"),
      edits: edits.isEmpty ? nil : edits)
  }
}
