import Database
import Domain

/// The list of conversations.
package struct ChatRepository: Sendable {
  let database: Database

  /// Every chat, the one with the latest message first.
  package func all(_ service: Service? = nil) async throws(DatabaseError) -> [ChatRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT * FROM chat WHERE ?1 IS NULL OR service = ?1
        ORDER BY last_message_at DESC NULLS LAST, chat
        """, [service])
    }
  }

  /// The chat of this key; nil if there is none.
  package func chat(_ chat: ChatID) async throws(DatabaseError) -> ChatRecord? {
    try await database.read { try $0.chat(chat) }
  }

  /// Those of these chats that there are.
  package func chats(_ keys: [ChatID]) async throws(DatabaseError) -> [ChatRecord] {
    try await database.read { connection in try keys.compactMap { try connection.chat($0) } }
  }

  /// Makes sure that there are these chats, under these titles, and returns them as they are.
  package func introduce(_ chats: [ChatRecord]) async throws(DatabaseError) -> [ChatRecord] {
    try await database.write { connection in
      try chats.compactMap { chat in
        try connection.saveIfUnknown(chat)
        try connection.execute(
          "UPDATE chat SET title = ? WHERE chat = ?", [chat.title, chat.chat])
        return try connection.chat(chat.chat)
      }
    }
  }

  /// Inserts the chats or replaces what is known of them; what is nil does not replace anything,
  /// and a read mark never moves back.
  package func save(_ chats: [ChatRecord]) async throws(DatabaseError) {
    try await database.write { connection in
      for chat in chats { try connection.save(chat) }
    }
  }

  /// Remembers that everything up to `mark` (milliseconds) was read, and how many are left.
  package func markRead(
    _ chat: ChatID, upTo mark: Int64, unread: Int = 0
  ) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        """
        UPDATE chat SET unread = ?, read_mark = max(ifnull(read_mark, ?), ?) WHERE chat = ?
        """, [max(0, unread), mark, mark, chat])
    }
  }

  /// Silences a chat, or lets it be heard again.
  package func setMuted(_ muted: Bool, _ chat: ChatID) async throws(DatabaseError) {
    try await database.write {
      try $0.execute("UPDATE chat SET muted = ? WHERE chat = ?", [muted, chat])
    }
  }

  /// Removes the chat and all its messages.
  package func remove(_ chat: ChatID) async throws(DatabaseError) {
    try await database.write { try $0.execute("DELETE FROM chat WHERE chat = ?", [chat]) }
  }
}

extension ChatRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    let shown: String? = try row.get("last_message")
    self.init(
      chat: try row.get("chat"), service: try row.get("service"), kind: try row.get("kind"),
      title: try row.get("title"), peerId: try row.get("peer_id"), unread: try row.get("unread"),
      muted: try row.get("muted"), lastMessageAt: try row.get("last_message_at"),
      lastMessageId: try row.get("last_message_id"),
      lastMessage: try shown.flatMap(ChatPreview.init(plain:))
        ?? JSONColumn.decode(optional: "last_message", of: row),
      readMark: try row.get("read_mark"), closed: try row.get("closed"),
      othersMark: try row.get("others_mark"))
  }
}

extension Connection {
  package func chat(_ key: ChatID) throws -> ChatRecord? {
    try first("SELECT * FROM chat WHERE chat = ?", [key])
  }

  package func save(_ chat: ChatRecord) throws {
    try insert(
      chat,
      onConflict: """
        DO UPDATE SET service = excluded.service, kind = excluded.kind, title = excluded.title,
          peer_id = ifnull(excluded.peer_id, peer_id), unread = excluded.unread,
          muted = excluded.muted, closed = excluded.closed,
          last_message_at = ifnull(excluded.last_message_at, last_message_at),
          last_message_id = ifnull(excluded.last_message_id, last_message_id),
          last_message = ifnull(excluded.last_message, last_message),
          read_mark = max(
            ifnull(read_mark, excluded.read_mark), ifnull(excluded.read_mark, read_mark)),
          others_mark = max(
            ifnull(others_mark, excluded.others_mark), ifnull(excluded.others_mark, others_mark))
        """)
  }

  /// Inserts the chat if there is none of its key.
  func saveIfUnknown(_ chat: ChatRecord) throws {
    try insert(chat, onConflict: "DO NOTHING")
  }

  /// Lets the chat show `message` unless it shows a later one.
  func showLast(_ message: MessageRecord) throws {
    try execute(
      """
      UPDATE chat SET last_message_at = ?1, last_message_id = ?2,
        last_message = iif(kind = ?5, ?6, ?3)
      WHERE chat = ?4 AND (last_message_at IS NULL OR last_message_at <= ?1 OR last_message_id = ?2)
      """,
      [
        message.at, message.id, try JSONColumn.encode(ChatPreview(message)), message.chat,
        ChatRecord.Kind.group, try JSONColumn.encode(ChatPreview(message, in: .group)),
      ])
  }

  /// Sets the number of unread messages, or counts one more when the server has not said it.
  func setUnread(_ unread: Int?, elseCounting isNew: Bool, in chat: ChatID) throws {
    if let unread {
      try execute("UPDATE chat SET unread = ? WHERE chat = ?", [max(0, unread), chat])
    } else if isNew {
      try execute("UPDATE chat SET unread = unread + 1 WHERE chat = ?", [chat])
    }
  }

  private func insert(_ chat: ChatRecord, onConflict rule: String) throws {
    try execute(
      """
      INSERT INTO chat (chat, service, kind, title, peer_id, unread, muted, last_message_at,
        last_message_id, last_message, read_mark, closed, others_mark)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (chat) \(rule)
      """,
      [
        chat.chat, chat.service, chat.kind, chat.title, chat.peerId, max(0, chat.unread),
        chat.muted, chat.lastMessageAt, chat.lastMessageId,
        try chat.lastMessage.map { try JSONColumn.encode($0) }, chat.readMark, chat.closed,
        chat.othersMark,
      ])
  }
}
