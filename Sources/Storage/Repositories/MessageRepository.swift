import Database
import Domain

/// The messages of every chat.
package struct MessageRepository: Sendable {
  let database: Database

  /// The last `limit` messages of a chat, oldest first; with `before`, those older than that one.
  ///
  /// Tombstones are among them. A `before` that is not known gives none.
  package func latest(
    _ chat: ChatID, limit: Int, before id: String? = nil
  ) async throws(DatabaseError) -> [MessageRecord] {
    try await database.read { connection in
      let rows: [MessageRecord] =
        if let id {
          try connection.query(
            """
            SELECT * FROM message WHERE chat = ?1
              AND (at, id) < (SELECT at, id FROM message WHERE chat = ?1 AND id = ?2)
            ORDER BY at DESC, id DESC LIMIT ?3
            """, [chat, id, max(0, limit)])
        } else {
          try connection.query(
            "SELECT * FROM message WHERE chat = ? ORDER BY at DESC, id DESC LIMIT ?",
            [chat, max(0, limit)])
        }
      return rows.reversed()
    }
  }

  /// The message of this id in this chat, or that was written here under it; nil if there is none.
  package func message(
    _ chat: ChatID, _ id: String
  ) async throws(DatabaseError) -> MessageRecord? {
    try await database.read { connection in
      if let message = try connection.message(chat, id) { return message }
      return try connection.first(
        "SELECT * FROM message WHERE chat = ? AND written_id = ?", [chat, id])
    }
  }

  /// The lasting ids of those of `ids` that were written here under another one.
  package func lastingIds(
    _ chat: ChatID, of ids: Set<String>
  ) async throws(DatabaseError) -> [String: String] {
    guard !ids.isEmpty else { return [:] }
    return try await database.read { connection in
      var lasting: [String: String] = [:]
      for id in ids {
        lasting[id] =
          try connection.first(
            "SELECT written_id FROM message WHERE chat = ? AND id = ?", [chat, id]
          ) { try $0.get("written_id") as String? } ?? nil
      }
      return lasting
    }
  }

  /// Messages of the account's owner that the server has not got, oldest first.
  package func unsent(_ service: Service) async throws(DatabaseError) -> [MessageRecord] {
    try await database.read {
      try $0.query(
        """
        SELECT message.* FROM message JOIN chat USING (chat)
        WHERE chat.service = ? AND message.status = 'queued' ORDER BY message.at, message.id
        """, [service])
    }
  }

  /// Inserts the messages or brings them up to date, such as a page of history, all or none.
  ///
  /// What was deleted stays deleted, an edited text is not undone by an older copy, and the saved
  /// file of an attachment is kept. The chats must be known.
  package func save(_ messages: [MessageRecord]) async throws(DatabaseError) {
    try await database.write { connection in
      for message in messages { try connection.save(message) }
    }
  }

  /// Notes how far a message has come; a tombstone stays one.
  package func setStatus(
    _ status: MessageRecord.Status, _ chat: ChatID, _ id: String
  ) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        "UPDATE message SET status = ? WHERE chat = ? AND id = ? AND status <> 'deleted'",
        [status, chat, id])
    }
  }

  /// Remembers where an attachment (counted from 0) was saved on this machine, and how large it has
  /// turned out to be; nil for a size that is known or does not matter.
  package func setPath(
    _ path: String, bytes: Int64? = nil, ofAttachment index: Int, _ chat: ChatID, _ id: String
  ) async throws(DatabaseError) {
    try await database.write { connection in
      guard var attachments = try connection.message(chat, id)?.attachments,
        attachments.indices.contains(index)
      else { return }
      attachments[index].path = path
      if let bytes { attachments[index].bytes = bytes }
      try connection.execute(
        "UPDATE message SET attachments = ? WHERE chat = ? AND id = ?",
        [try JSONColumn.encode(attachments), chat, id])
    }
  }

  /// Replaces the reactions to a message; one that is not known, or a tombstone, has none.
  package func setReactions(
    _ reactions: [MessageReaction], _ chat: ChatID, _ id: String
  ) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        "UPDATE message SET reactions = ? WHERE chat = ? AND id = ? AND status <> 'deleted'",
        [try JSONColumn.encode(list: reactions), chat, id])
    }
  }

  /// Messages of the owner that were given up and wait for another try, oldest first.
  package func failed() async throws(DatabaseError) -> [MessageRecord] {
    try await database.read {
      try $0.query("SELECT * FROM message WHERE own AND status = 'failed' ORDER BY at, id")
    }
  }
}

extension MessageRepository {
  /// Inserts a message or brings it up to date.
  fileprivate static let saving = """
    INSERT INTO message (chat, id, sender_id, sender_name, at, text, status, reply_to, edited,
      edited_at, kind, notes, attachments, files, own, failure, spans, reactions, number)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
      \(Schema.number(at: "?5")))
    ON CONFLICT (chat, id) DO UPDATE SET sender_id = excluded.sender_id,
      sender_name = ifnull(excluded.sender_name, sender_name), at = excluded.at,
      text = excluded.text, status = excluded.status, reply_to = excluded.reply_to,
      edited = excluded.edited, edited_at = ifnull(excluded.edited_at, edited_at),
      kind = excluded.kind, notes = excluded.notes, attachments = excluded.attachments,
      files = excluded.files, own = excluded.own, failure = excluded.failure,
      spans = excluded.spans, reactions = ifnull(excluded.reactions, reactions)
    WHERE status <> 'deleted' AND edited <= excluded.edited
      AND ifnull(edited_at <= excluded.edited_at, TRUE)
    """
}

extension MessageRecord: RowDecodable {
  package init(row: borrowing Row) throws {
    self.init(
      chat: try row.get("chat"), id: try row.get("id"), senderId: try row.get("sender_id"),
      senderName: try row.get("sender_name"), at: try row.get("at"), text: try row.get("text"),
      status: try row.get("status"), replyTo: try row.get("reply_to"),
      edited: try row.get("edited"), editedAt: try row.get("edited_at"), kind: try row.get("kind"),
      notes: try JSONColumn.decode(list: "notes", of: row),
      attachments: try JSONColumn.decode(list: "attachments", of: row), own: try row.get("own"),
      failure: try JSONColumn.decode(optional: "failure", of: row),
      spans: try JSONColumn.decode(list: "spans", of: row),
      reactions: try JSONColumn.decode(optionalList: "reactions", of: row))
    writtenId = try row.get("written_id")
  }
}

extension Connection {
  package func message(_ chat: ChatID, _ id: String) throws -> MessageRecord? {
    try first("SELECT * FROM message WHERE chat = ? AND id = ?", [chat, id])
  }

  package func save(_ message: MessageRecord) throws {
    let known =
      message.attachments.isEmpty ? nil : try self.message(message.chat, message.id)
    try write(message, over: known)
  }

  /// Inserts the message or brings it up to date.
  ///
  /// - Parameter known: what is stored of it; nil if nothing is.
  /// - Returns: the message as it is stored now.
  func save(_ message: MessageRecord, over known: MessageRecord?) throws -> MessageRecord {
    let written = try write(message, over: known)
    guard known != nil else { return written }
    return try self.message(message.chat, message.id) ?? written
  }

  @discardableResult
  private func write(
    _ message: MessageRecord, over known: MessageRecord?
  ) throws -> MessageRecord {
    var message = message
    message.notes = message.notes.bounded
    message.failure = message.failure?.bounded
    message.attachments = message.attachments.keepingPaths(of: known?.attachments ?? [])
    try execute(
      MessageRepository.saving,
      [
        message.chat, message.id, message.senderId, message.senderName, message.at, message.text,
        message.status, message.replyTo, message.edited, message.editedAt, message.kind,
        try JSONColumn.encode(list: message.notes),
        try JSONColumn.encode(list: message.attachments),
        message.searchWords, message.own,
        try JSONColumn.encode(optional: message.failure),
        try JSONColumn.encode(list: message.spans),
        try message.reactions.map { try JSONColumn.encode(list: $0) },
      ])
    return message
  }

  /// If the chat shows one of `ids`, it shows its latest message that is not deleted instead.
  func showLastRemaining(in chat: ChatID, insteadOf ids: [String]) throws {
    let shown: String?? = try first("SELECT last_message_id FROM chat WHERE chat = ?", [chat]) {
      try $0.get("last_message_id")
    }
    guard let shown = shown ?? nil, ids.contains(shown) else { return }
    let last: MessageRecord? = try first(
      """
      SELECT * FROM message WHERE chat = ? AND status <> 'deleted'
      ORDER BY at DESC, id DESC LIMIT 1
      """, [chat])
    // The time stays where it is: deleting must not make a chat jump down the list.
    try execute(
      """
      UPDATE chat SET last_message_id = ?1, last_message = iif(kind = ?5, ?6, ?2),
        last_message_at = max(last_message_at, ifnull(?3, last_message_at)) WHERE chat = ?4
      """,
      [
        last?.id, try last.map { try JSONColumn.encode(ChatPreview($0)) }, last?.at, chat,
        ChatRecord.Kind.group,
        try last.map { try JSONColumn.encode(ChatPreview($0, in: .group)) },
      ])
  }
}

extension [AttachmentRecord] {
  /// These, with the paths under which their like have been saved before.
  fileprivate func keepingPaths(of known: [AttachmentRecord]) -> [AttachmentRecord] {
    guard !isEmpty, known.count == count else { return self }
    return zip(self, known).map { new, old in
      var attachment = new
      if new.path == nil, new.label == old.label, new.type == old.type {
        attachment.path = old.path
      }
      return attachment
    }
  }
}
