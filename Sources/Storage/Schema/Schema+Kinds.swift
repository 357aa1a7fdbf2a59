import Database
import Domain

extension Schema {
  /// Why messages were not sent or could not be read, and chats that nobody has named.
  ///
  /// Until now the reasons were stored as English sentences, and a chat without a name under the words
  /// that stand for one. Reasons that are recognized become kinds with their parameters; all others
  /// keep their words. Nothing of it changes what the search finds.
  @Sendable static func kinds(_ connection: Connection) throws {
    try connection.turnReasons()
    try connection.turnUnreadable()
    try connection.turnPreviewsOfUnreadable()
    try connection.run(
      """
      UPDATE chat SET title = '' WHERE kind = 'saved' AND title = 'Saved messages';
      UPDATE chat SET title = ''
        WHERE kind <> 'saved' AND peer_id IS NOT NULL AND title = 'Person ' || peer_id;
      UPDATE chat SET title = '' WHERE kind <> 'saved' AND peer_id IS NULL
        AND instr(chat, ':group:') = 0
        AND title = 'Chat ' || substr(chat, instr(chat, ':') + 1);
      -- A group may bear this very name.
      UPDATE chat SET title = '' WHERE peer_id IS NULL AND title = 'Group without a name'
        AND instr(chat, ':group:') > 0
        AND NOT EXISTS (SELECT 1 FROM secure_group WHERE secure_group.name = chat.title
          AND secure_group.id = substr(chat.chat, instr(chat.chat, ':group:') + 7));
      """)
  }
}

extension Connection {
  /// Rows read at a time.
  private static let batch = 500

  /// Only what has not been sent has a reason: these are few.
  fileprivate func turnReasons() throws {
    let parts = try query(
      "SELECT outbox_id, receiver, reason FROM dispatch WHERE reason NOT NULL"
    ) {
      (
        id: try $0.get("outbox_id") as Int64, receiver: try $0.get("receiver") as String,
        reason: try $0.get("reason") as String
      )
    }
    for (id, receiver, reason) in parts {
      try execute(
        "UPDATE dispatch SET reason = ? WHERE outbox_id = ? AND receiver = ?",
        [try JSONColumn.encode(SendFailure(worded: reason).bounded), id, receiver])
    }
    let lines = try query("SELECT chat, id, failure FROM message WHERE failure NOT NULL") {
      (
        chat: try $0.get("chat") as String, id: try $0.get("id") as String,
        failure: try $0.get("failure") as String
      )
    }
    for (chat, id, failure) in lines {
      try execute(
        "UPDATE message SET failure = ? WHERE chat = ? AND id = ?",
        [try JSONColumn.encode(SendFailure(worded: failure).bounded), chat, id])
    }
  }

  fileprivate func turnUnreadable() throws {
    var last = (chat: "", id: "")
    while true {
      let lines = try query(
        """
        SELECT chat, id, notes FROM message WHERE (chat, id) > (?, ?) AND kind = 'unreadable'
        ORDER BY chat, id LIMIT \(Connection.batch)
        """, [last.chat, last.id]
      ) {
        (
          chat: try $0.get("chat") as String, id: try $0.get("id") as String,
          notes: try JSONColumn.decode(list: "notes", of: $0) as [MessageNote]
        )
      }
      for (chat, id, notes) in lines {
        let turned = notes.map(\.withoutReason)
        guard turned != notes else { continue }
        try execute(
          "UPDATE message SET notes = ? WHERE chat = ? AND id = ?",
          [try JSONColumn.encode(list: turned.bounded), chat, id])
      }
      guard let end = lines.last, lines.count == Connection.batch else { return }
      last = (end.chat, end.id)
    }
  }

  fileprivate func turnPreviewsOfUnreadable() throws {
    let chats = try query(
      "SELECT chat, last_message FROM chat WHERE instr(last_message, '\"unreadable\"') > 0"
    ) {
      (
        chat: try $0.get("chat") as String,
        preview: try JSONColumn.decode("last_message", of: $0) as ChatPreview
      )
    }
    for (chat, preview) in chats {
      var turned = preview
      turned.notes = preview.notes?.map(\.withoutReason).bounded
      guard turned != preview else { continue }
      try execute(
        "UPDATE chat SET last_message = ? WHERE chat = ?",
        [try JSONColumn.encode(turned), chat])
    }
  }
}

extension MessageNote {
  /// With the flaw in place of the words that told of it, if they are known.
  fileprivate var withoutReason: MessageNote {
    guard case .unreadable(let reason) = self, let flaw = MessageFlaw(worded: reason) else {
      return self
    }
    return .flawed(flaw: flaw)
  }
}
