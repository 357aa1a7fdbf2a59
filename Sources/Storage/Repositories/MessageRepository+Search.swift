import Database
import Domain

/// Messages that were found, the newest first.
package struct FoundMessages: Sendable, Equatable {
  /// This page of them.
  package var messages: [MessageRecord]
  /// What the next page begins after; nil when there is none.
  package var next: Int64?
}

extension MessageRepository {
  /// The most messages of a page.
  package static let searchLimit = 1000

  /// A page of the messages in whose text or file names all of the words stand, the newest first.
  ///
  /// Takes a few milliseconds, whatever the number of messages.
  /// - Parameters:
  ///   - chat: nil searches all chats of all services.
  ///   - limit: at most ``searchLimit``.
  ///   - next: of the page before.
  package func search(
    _ query: SearchQuery, in chat: ChatID? = nil, limit: Int, after next: Int64? = nil
  ) async throws(DatabaseError) -> FoundMessages {
    let limit = min(max(0, limit), MessageRepository.searchLimit)
    return try await database.read { connection in
      let rows = try connection.messages(matching: query, in: chat, before: next, limit: limit)
      return FoundMessages(
        messages: rows.map(\.message),
        next: limit > 0 && rows.count == limit ? rows.last?.number : nil)
    }
  }
}

// The index of words, as the end of each transaction and the search see it.

extension Connection {
  /// Lets the index know the words that the transaction has written and forget those that are gone.
  func indexNewWords() throws {
    let hasNews: Bool? = try first("SELECT 1 AS one FROM unindexed LIMIT 1") { _ in true }
    guard hasNews ?? false else { return }
    try execute(
      """
      INSERT INTO message_index (message_index, rowid, text, files, place)
      SELECT 'delete', number, \(Schema.words("text")), \(Schema.words("files")),
        \(Schema.place("chat"))
      FROM unindexed WHERE chat IS NOT NULL
      """)
    let forgets = changes > 0
    try execute(
      """
      INSERT INTO message_index (rowid, text, files, place)
      SELECT number, text, files, place FROM message_words
      WHERE number IN (SELECT number FROM unindexed)
      """)
    try execute("DELETE FROM unindexed")
    if forgets { try scrubIndex(pages: 64) }
  }

  /// The index only notes that words are gone; merging its parts removes them. In a small index this
  /// is all of them, in a large one it goes on with each deletion.
  private func scrubIndex(pages: Int) throws {
    try execute(
      "INSERT INTO message_index (message_index, rank) VALUES ('merge', ?)", [-pages])
  }

  /// Removes everything from the index that was deleted; takes seconds for a million messages.
  func scrubWholeIndex() throws {
    try indexNewWords()
    try execute("INSERT INTO message_index (message_index) VALUES ('optimize')")
  }

  /// Messages that match, the newest first; `before` is the number of the last one of the page before.
  package func messages(
    matching query: SearchQuery, in chat: ChatID?, before: Int64?, limit: Int
  ) throws -> [(number: Int64, message: MessageRecord)] {
    guard let match = query.match(in: chat) else { return [] }
    return try self.query(
      """
      SELECT message.* FROM message_index CROSS JOIN message ON message.number = message_index.rowid
      WHERE message_index MATCH ?1 AND message_index.rowid < ?2
        AND (?3 IS NULL OR message.chat = ?3) AND message.status <> 'deleted'
      ORDER BY message_index.rowid DESC LIMIT ?4
      """, [match, before ?? .max, chat, max(0, limit)]
    ) { (try $0.get("number"), try MessageRecord(row: $0)) }
  }
}
