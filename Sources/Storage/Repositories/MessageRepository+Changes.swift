import Database
import Domain

/// Messages that were added or changed since a revision, as they are stored now.
package struct MessageChanges: Sendable {
  /// One of them, and whether the change was that it was added.
  package struct Change: Sendable {
    /// As it is stored now.
    package var message: MessageRecord
    /// Whether it was not stored before.
    package var isNew: Bool

    package init(
      message: MessageRecord,
      isNew: Bool
    ) {
      self.message = message
      self.isNew = isNew
    }
  }

  /// Each message once, in the order of their last changes.
  package var changes: [Change]
  /// What the next question goes on from.
  package var revision: Int64
  /// Chats of which messages were missed that are not stored yet.
  package var gaps: Set<ChatID>
}

extension MessageRepository {
  /// How many changed messages are remembered at most. Who falls further behind misses the oldest; an
  /// entry takes less than 100 bytes, so that all take less than 20 MB.
  private static let changesKept = 200_000

  /// From now on changes are noted, until the process ends.
  ///
  /// What is noted is which messages look different to a person or a script than before: a message
  /// that is stored again as it was has not changed. It is kept beside the database file, since it
  /// serves only who listens in this process.
  /// - Returns: the revision of this moment.
  package func followChanges() async throws(DatabaseError) -> Int64 {
    try await database.write { connection in
      try connection.run(MessageRepository.noting)
      return try connection.messageRevision()
    }
  }

  /// What has changed after a revision that `followChanges` or this has told.
  ///
  /// - Parameter chat: nil for all chats.
  package func changes(
    after revision: Int64, in chat: ChatID? = nil
  ) async throws(DatabaseError) -> MessageChanges {
    try await database.read { connection in
      let changes = try connection.query(
        """
        SELECT message.*, ifnull(added > ?1, 0) AS is_new
        FROM message_change JOIN message USING (chat, id)
        WHERE revision > ?1 AND (?2 IS NULL OR chat = ?2) ORDER BY revision
        """, [revision, chat]
      ) {
        MessageChanges.Change(message: try MessageRecord(row: $0), isNew: try $0.get("is_new"))
      }
      return MessageChanges(
        changes: changes, revision: try connection.messageRevision(),
        gaps: Set(try connection.query("SELECT chat FROM gap") { try $0.get("chat") }))
    }
  }

  /// All that is stored of the time since a moment (wall ms), and what was edited since, oldest first.
  ///
  /// - Parameter chat: nil for all chats.
  package func all(
    since moment: Int64, in chat: ChatID? = nil
  ) async throws(DatabaseError) -> [MessageRecord] {
    try await database.read { connection in
      if let chat {
        return try connection.query(
          """
          SELECT * FROM message WHERE chat = ?2 AND at >= ?1
          UNION SELECT * FROM message WHERE edited_at >= ?1 AND +chat = ?2 ORDER BY at, id
          """, [moment, chat])
      }
      // A message's number is no less than its moment with room for 256 (`Schema.search`).
      return try connection.query(
        """
        SELECT * FROM message WHERE number >= min(max(?1, 0), 1 << 54) << 8 AND at >= ?1
        UNION SELECT * FROM message WHERE edited_at >= ?1 ORDER BY at, id
        """, [moment])
    }
  }

  /// Notes each message whose visible side changes. The source of an attachment, which a server words
  /// anew with each answer, is none of it.
  private static let noting = """
    CREATE TEMP TABLE IF NOT EXISTS message_change (
      revision INTEGER PRIMARY KEY,
      chat TEXT NOT NULL,
      id TEXT NOT NULL,
      -- The revision that added it; null where it was stored before changes were noted.
      added INTEGER,
      UNIQUE (chat, id)
    ) STRICT;
    CREATE TEMP TRIGGER IF NOT EXISTS message_is_new AFTER INSERT ON message BEGIN
      \(note(added: "next"))
    END;
    CREATE TEMP TRIGGER IF NOT EXISTS message_has_changed AFTER UPDATE OF
      sender_id, sender_name, at, text, notes, status, reply_to, edited, attachments, reactions,
      written_id ON message
      WHEN (OLD.sender_id, OLD.sender_name, OLD.at, OLD.text, OLD.notes, OLD.status, OLD.reply_to,
          OLD.edited, ifnull(OLD.reactions, '[]'), OLD.written_id)
        IS NOT (NEW.sender_id, NEW.sender_name, NEW.at, NEW.text, NEW.notes, NEW.status,
          NEW.reply_to, NEW.edited, ifnull(NEW.reactions, '[]'), NEW.written_id)
        OR OLD.attachments IS NOT NEW.attachments
          AND \(visible("OLD.attachments")) IS NOT \(visible("NEW.attachments")) BEGIN
      \(note(added: "NULL"))
    END;
    """

  private static func note(added: String) -> String {
    """
    INSERT INTO message_change (revision, chat, id, added)
      SELECT next, NEW.chat, NEW.id, \(added)
      FROM (SELECT ifnull(max(revision), 0) + 1 AS next FROM message_change) WHERE true
      ON CONFLICT (chat, id) DO UPDATE SET revision = excluded.revision,
        added = ifnull(excluded.added, added);
    DELETE FROM message_change
      WHERE revision <= (SELECT max(revision) FROM message_change) - \(changesKept);
    """
  }

  private static func visible(_ attachments: String) -> String {
    """
    (SELECT json_group_array(json_remove(value, '$.source')) FROM json_each(\(attachments)))
    """
  }
}

extension Connection {
  /// Keeps a message of which it is not certain that it has just come: a page of history, or the last
  /// message of a chat that a login tells of.
  ///
  /// - Parameter end: what came before it (wall ms) is the past: who follows the changes is not told of
  ///   it, unless it was stored already and looks different now. Nil where everything is.
  func save(
    _ message: MessageRecord, newsSince end: @autoclosure () throws -> Int64?
  ) throws {
    guard try isFollowingChanges, try self.message(message.chat, message.id) == nil else {
      return try save(message)
    }
    let isPast = message.at < (try end() ?? .max)
    try save(message)
    guard isPast else { return }
    // Taken back in the transaction that noted it, so that nobody has seen its revision.
    try execute(
      "DELETE FROM message_change WHERE chat = ? AND id = ?", [message.chat, message.id])
  }

  /// The moment from which on a message that is not stored is one that was missed, or is on its way:
  /// after it nothing of the chat was told of. Nil where nothing of the chat is stored.
  func startOfNews(in chat: ChatID) throws -> Int64? {
    let gap: Int64? = try first("SELECT after FROM gap WHERE chat = ?", [chat]) {
      try $0.get("after")
    }
    return try gap ?? bounds(of: chat)?.upperBound
  }

  private var isFollowingChanges: Bool {
    get throws {
      try first("SELECT 1 FROM sqlite_temp_schema WHERE name = 'message_change'") { _ in true }
        ?? false
    }
  }

  fileprivate func messageRevision() throws -> Int64 {
    try first("SELECT ifnull(max(revision), 0) AS revision FROM message_change") {
      try $0.get("revision")
    } ?? 0
  }
}
