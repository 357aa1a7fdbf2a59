import Database
import Domain

extension MessageRepository {
  /// Leaves tombstones: texts, attachments and answers' targets are gone, places and times stay.
  package func delete(_ chat: ChatID, _ ids: [String]) async throws(DatabaseError) {
    try await database.write { try $0.bury(ids, in: chat) }
  }

  /// Deletes what the server had of a chat in a stretch of time, in wall-clock milliseconds.
  ///
  /// - Parameter kept: Those to stay.
  /// - Returns: the ids of those that are gone.
  package func delete(
    _ chat: ChatID, from start: Int64, through end: Int64, but kept: Set<String> = []
  ) async throws(DatabaseError) -> [String] {
    try await database.write { connection in
      try connection.bury(in: chat, from: start, through: end, but: kept)
    }
  }
}

extension Connection {
  /// Deletes what the server had of a stretch of time but for `kept`; returns what is gone.
  func bury(
    in chat: ChatID, from start: Int64, through end: Int64, but kept: Set<String>
  ) throws -> [String] {
    let ids: [String] = try query(
      """
      SELECT id FROM message
      WHERE chat = ? AND at BETWEEN ? AND ? AND status IN ('received', 'sent') ORDER BY at, id
      """, [chat, start, end]
    ) { try $0.get("id") }
    let gone = ids.filter { !kept.contains($0) }
    try bury(gone, in: chat)
    return gone
  }

  func bury(_ ids: [String], in chat: ChatID) throws {
    for id in ids {
      try execute(
        """
        UPDATE message SET status = 'deleted', text = '', attachments = '[]', files = '',
          notes = '[]', reply_to = NULL, spans = '[]', reactions = NULL
        WHERE chat = ? AND id = ?
        """, [chat, id])
    }
    try showLastRemaining(in: chat, insteadOf: ids)
  }
}
