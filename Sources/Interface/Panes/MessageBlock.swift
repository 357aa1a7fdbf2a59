import Console

/// One message of a conversation as rows of text, ready to be drawn.
///
/// The columns are: time, sender, text, and at the right edge what became of an own message.
struct MessageBlock {
  /// A row: what stands on the left, and where its text begins.
  struct Row {
    var time = ""
    var sender = Line()
    var text: Line
    /// At the right edge.
    var mark = Line()
  }

  /// Widths that all messages of a conversation share.
  struct Columns {
    static let time = 6
    /// Room for a sign and what stands before it.
    static let mark = 3
    var sender: Int
    var text: Int

    init(width: Int, senders: some Sequence<String>) {
      let longest = senders.map(TextWidth.columns).max() ?? 0
      sender = min(longest, max(6, min(16, width / 6)))
      text = max(8, width - 1 - Self.time - 1 - sender - 2 - Self.mark - 1)
    }

    /// Where the text begins.
    var textColumn: Int { 1 + Self.time + 1 + sender + 2 }
  }

  let rows: [Row]

  init(
    _ line: ConversationState.Line, columns: Columns, moment: Moment, continues: Bool,
    isOld: Bool
  ) {
    let width = columns.text
    let base: Style = isOld ? .dim : .plain
    var rows: [Row] = []
    if let quote = line.quote {
      rows.append(
        Row(text: Line("┃ ", .accent) + Line(TextWidth.fit(quote, width: width - 2), .dim)))
    }
    rows += Self.body(line, style: base, width: width)
    rows += line.attachments.map { Row(text: Self.attachment($0, style: base, width: width)) }
    if rows.isEmpty { rows = [Row(text: Line())] }
    if case .failed(let reason) = line.status {
      rows += TextWidth.wrap("✗ " + reason, width: width).map { Row(text: Line($0, .loss)) }
    }
    rows[0].time = moment.time(line.at).clock
    let name = line.isOwn ? Phrase.you.text : line.sender ?? ""
    let nameStyle: Style = isOld || continues || line.isOwn ? .dim : .bold
    rows[0].sender = Line(name, nameStyle)
    rows[rows.count - 1].mark = Self.mark(line.status)
    self.rows = rows
  }

  private static func body(
    _ line: ConversationState.Line, style: Style, width: Int
  ) -> [Row] {
    if line.isDeleted { return [Row(text: Line(Phrase.messageDeleted.text, .dim))] }
    var rows: [Row] = []
    if !line.text.isEmpty {
      rows = TextWidth.wrap(line.text, width: width).map { Row(text: Line($0, style)) }
    }
    guard line.isEdited, let last = rows.last else { return rows }
    let edited = Line("  " + Phrase.edited.text, .dim)
    if last.text.width + edited.width <= width {
      rows[rows.count - 1].text += edited
    } else {
      rows.append(Row(text: Line(Phrase.edited.text, .dim)))
    }
    return rows
  }

  private static func attachment(
    _ attachment: ConversationState.Attachment, style: Style, width: Int
  ) -> Line {
    let size = attachment.bytes.map { "  " + sizeText($0) } ?? ""
    let name = TextWidth.fit(attachment.label, width: width - 3 - TextWidth.columns(of: size))
    return Line("\(attachment.mark) ", .dim) + Line(name, style) + Line(size, .dim)
  }

  private static func mark(_ status: ConversationState.Status) -> Line {
    switch status {
    case .received: Line()
    case .queued: Line("⋯", .warning)
    case .sent: Line("✓", .dim)
    case .failed: Line("✗", .loss)
    }
  }

  /// `48 KB`: whole units of 1024.
  static func sizeText(_ bytes: Int64) -> String {
    let units = ["B", "KB", "MB", "GB"]
    var size = max(0, bytes)
    var unit = 0
    while size >= 1024, unit + 1 < units.count {
      size = (size + 512) / 1024
      unit += 1
    }
    return "\(size) \(units[unit])"
  }
}
