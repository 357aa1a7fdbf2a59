import Database
import Domain

/// Messages of a chat that came while nobody listened and have not been asked for yet.
package struct PendingGap: Sendable, Equatable {
  /// The chat's key.
  package var chat: ChatID
  /// The moment of the last message before it, in wall-clock milliseconds.
  package var after: Int64

  /// A gap after this moment.
  package init(chat: ChatID, after: Int64) {
    self.chat = chat
    self.after = after
  }
}

/// How far a chat was read, of which its server has not heard.
package struct UnsentReadMark: Sendable, Equatable {
  /// The chat's key.
  package var chat: ChatID
  /// What was read, in wall-clock milliseconds.
  package var mark: Int64
  /// The last message that was read, by the server's id, and its moment; nil if none is stored.
  package var message: (id: String, at: Int64)?

  package static func == (one: Self, other: Self) -> Bool {
    one.chat == other.chat && one.mark == other.mark && one.message?.id == other.message?.id
  }
}

extension Store {
  /// The gaps in a service's chats.
  package func gaps(_ service: Service) async throws(DatabaseError) -> [PendingGap] {
    try await database.read {
      try $0.query(
        "SELECT gap.* FROM gap JOIN chat USING (chat) WHERE service = ? ORDER BY after DESC, chat",
        [service]
      ) { PendingGap(chat: try $0.get("chat"), after: try $0.get("after")) }
    }
  }

  /// Keeps messages from a gap.
  ///
  /// - Parameters:
  ///   - own: those of them that the outbox may know.
  ///   - next: the moment after which messages still are missing; nil if these were all.
  /// - Returns: what was settled.
  @discardableResult
  package func fill(
    _ gap: PendingGap, with messages: [MessageRecord], own: [AcceptedMessage] = [], next: Int64?
  ) async throws(DatabaseError) -> [AcceptedDraft] {
    try await database.write { connection in
      let settled = try own.compactMap { try connection.take($0) }
      for message in messages {
        try connection.save(message)
        guard let kept = try connection.message(message.chat, message.id),
          kept.status != .deleted
        else { continue }
        try connection.showLast(kept)
      }
      if let next {
        try connection.execute("UPDATE gap SET after = ? WHERE chat = ?", [next, gap.chat])
      } else {
        try connection.execute("DELETE FROM gap WHERE chat = ?", [gap.chat])
      }
      return settled
    }
  }

  /// Remembers that everything in a chat up to `mark` (milliseconds) was read; what came later is
  /// counted.
  ///
  /// - Parameter isUntold: whether its server is to hear of it.
  package func markRead(
    _ chat: ChatID, upTo mark: Int64, isUntold: Bool
  ) async throws(DatabaseError) {
    try await database.write { connection in
      try connection.execute(
        """
        UPDATE chat SET read_mark = max(ifnull(read_mark, ?1), ?1),
          unread = CASE WHEN ifnull(last_message_at, 0) <= ?1 THEN 0 ELSE (
            SELECT count(*) FROM message
            WHERE chat = ?2 AND at > ?1 AND own = 0 AND status = 'received') END
        WHERE chat = ?2
        """, [mark, chat])
      guard isUntold else { return }
      try connection.execute(
        """
        INSERT INTO untold_mark (chat, mark) SELECT chat, ?1 FROM chat WHERE chat = ?2
        ON CONFLICT (chat) DO UPDATE SET mark = max(mark, excluded.mark)
        """, [mark, chat])
    }
  }

  /// What a service's server has not heard of.
  package func untoldMarks(_ service: Service) async throws(DatabaseError) -> [UnsentReadMark] {
    try await database.read { connection in
      let marks = try connection.query(
        """
        SELECT untold_mark.* FROM untold_mark JOIN chat USING (chat) WHERE service = ? ORDER BY chat
        """, [service]
      ) { UnsentReadMark(chat: try $0.get("chat"), mark: try $0.get("mark")) }
      return try marks.map { mark in
        var mark = mark
        let last: MessageRecord? = try connection.first(
          """
          SELECT * FROM message
          WHERE chat = ? AND at <= ? AND status IN ('received', 'sent', 'deleted')
          ORDER BY at DESC, id DESC LIMIT 1
          """, [mark.chat, mark.mark])
        mark.message = last.map { ($0.id, $0.at) }
        return mark
      }
    }
  }

  /// The server has heard of a mark.
  package func told(_ mark: UnsentReadMark) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        "DELETE FROM untold_mark WHERE chat = ? AND mark <= ?", [mark.chat, mark.mark])
    }
  }
}

extension Connection {
  /// Notes that there may be messages between what is stored of a chat and `message`, which is not.
  /// Where nothing is stored nothing is missed: a history is read from its end.
  func noteGap(before message: MessageRecord) throws {
    guard try self.message(message.chat, message.id) == nil else { return }
    try execute(
      """
      INSERT OR IGNORE INTO gap (chat, after) SELECT chat, max(at) FROM message
      WHERE chat = ? AND at <= ? AND status IN ('received', 'sent', 'deleted') GROUP BY chat
      """, [message.chat, message.at])
  }
}
