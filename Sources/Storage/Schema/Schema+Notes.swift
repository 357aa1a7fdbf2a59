import Database
import Domain

extension Schema {
  /// What a line is about in place of the sentence that said it.
  ///
  /// Until now system lines, marks on texts and names of attachments were stored as English sentences.
  /// Those that are recognized become notes and details; all others stay the text that they are.
  /// The journal has none of them.
  @Sendable static func notes(_ connection: Connection) throws {
    try connection.run("ALTER TABLE message ADD COLUMN notes TEXT NOT NULL DEFAULT '[]';")
    // Chats first: they are compared with their last messages as those were.
    try connection.turnPreviews()
    try connection.turnMessages()
    try connection.indexNewWords()
  }
}

/// A row of `message` as this migration finds it.
private struct StoredLine {
  var chat: String
  var id: String
  var status: String
  var files: String
  var worded: WordedMessage

  static let columns = "chat, id, status, files, kind, own, sender_name, text, spans, attachments"

  init(row: borrowing Row) throws {
    chat = try row.get("chat")
    id = try row.get("id")
    status = try row.get("status")
    files = try row.get("files")
    worded = WordedMessage(
      kind: try row.get("kind"), isOwn: try row.get("own"), sender: try row.get("sender_name"),
      text: try row.get("text"), spans: try JSONColumn.decode(list: "spans", of: row),
      attachments: try JSONColumn.decode(list: "attachments", of: row))
  }
}

extension Connection {
  /// Rows read at a time.
  private static let batch = 500

  fileprivate func turnMessages() throws {
    var last = (chat: "", id: "")
    while true {
      let lines = try query(
        """
        SELECT \(StoredLine.columns) FROM message WHERE (chat, id) > (?, ?) AND (
          kind <> 'text' OR attachments <> '[]' OR text LIKE '(not encrypted%'
          OR instr(text, '[cut here: ') > 0)
        ORDER BY chat, id LIMIT \(Connection.batch)
        """, [last.chat, last.id]
      ) { try StoredLine(row: $0) }
      for line in lines { try turn(line) }
      guard let end = lines.last, lines.count == Connection.batch else { return }
      last = (end.chat, end.id)
    }
  }

  private func turn(_ line: StoredLine) throws {
    let noted = line.worded.noted
    guard noted != NotedMessage(asItWas: line.worded) else { return }
    // The words that leave the text are still to be found.
    let files = (noted.sentences + [line.files]).filter { !$0.isEmpty }.joined(separator: " ")
    try execute(
      """
      UPDATE message SET text = ?, notes = ?, spans = ?, attachments = ?, files = ?
      WHERE chat = ? AND id = ?
      """,
      [
        noted.text, try JSONColumn.encode(list: noted.notes.bounded),
        try JSONColumn.encode(list: noted.spans), try JSONColumn.encode(list: noted.attachments),
        files, line.chat, line.id,
      ])
  }

  fileprivate func turnPreviews() throws {
    let chats = try query(
      "SELECT chat, last_message_id, last_message FROM chat WHERE last_message IS NOT NULL"
    ) {
      (
        chat: try $0.get("chat") as String, id: try $0.get("last_message_id") as String?,
        shown: try $0.get("last_message") as String
      )
    }
    for (chat, id, shown) in chats {
      let line = try first(
        "SELECT \(StoredLine.columns) FROM message WHERE chat = ? AND id = ?", [chat, id]
      ) { try StoredLine(row: $0) }
      let preview = line.flatMap { self.preview(shown, of: $0) } ?? ChatPreview(shown)
      try execute(
        "UPDATE chat SET last_message = ? WHERE chat = ?",
        [try JSONColumn.encode(preview), chat])
    }
  }

  /// What a chat showed of its last message, with the sender's name before it or not; nil if that was
  /// something else.
  private func preview(_ shown: String, of line: StoredLine) -> ChatPreview? {
    let isDeleted = line.status == "deleted"
    let words = isDeleted ? "message deleted" : line.worded.preview
    var preview = ChatPreview(words)
    if isDeleted {
      (preview.text, preview.isDeleted) = ("", true)
    } else {
      let noted = line.worded.noted
      preview.text = noted.text
      preview.notes = noted.notes.isEmpty ? nil : noted.notes.bounded
      if noted.text.isEmpty, noted.notes.isEmpty, let first = noted.attachments.first {
        preview.attachment = AttachmentRecord(
          name: first.name, type: first.type, detail: first.detail)
      }
    }
    if shown == words { return preview }
    guard shown.hasSuffix(": " + words) else { return nil }
    preview.sender = String(shown.dropLast(words.count + 2))
    return preview
  }
}
