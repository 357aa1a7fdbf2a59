import Domain
import Phrases
import ScreenState

/// One message of a conversation as rows of text, ready to be drawn.
///
/// The columns are: time, sender, text, and at the right edge what became of an own message.
struct MessageBlock {
  /// A row: what stands on the left, and where its text begins.
  struct Row {
    var time = ""
    var sender = StyledLine()
    var text: StyledLine
    /// At the right edge.
    var mark = StyledLine()
  }

  /// Widths that all messages of a conversation share.
  struct Columns {
    static var time: Int { DisplayForms.current.isTwelveHours ? 8 : 6 }
    /// Room for a sign and what stands before it.
    static let mark = 3
    var sender: Int
    var text: Int
    /// All of the pane but its edges.
    let whole: Int
    /// In a chat of two nobody's name is needed: a sign stands before what is one's own.
    var isOfTwo = false

    init(width: Int, senders: some Sequence<String>) {
      let longest = senders.map(TextWidth.columns).max() ?? 0
      sender = min(longest, max(8, min(20, width / 4)))
      text = Self.text(width: width, sender: sender, gap: 2)
      whole = max(1, width - 2)
    }

    /// Those of a chat of two.
    init(width: Int) {
      (sender, isOfTwo) = (1, true)
      text = Self.text(width: width, sender: 1, gap: 1)
      whole = max(1, width - 2)
    }

    private static func text(width: Int, sender: Int, gap: Int) -> Int {
      max(8, width - 1 - time - 1 - sender - gap - mark - 1)
    }

    /// Where the text begins.
    var textColumn: Int { 1 + Self.time + 1 + sender + (isOfTwo ? 1 : 2) }
  }

  let rows: [Row]

  init(
    _ line: ConversationState.Message, columns: Columns, moment: RenderClock, continues: Bool,
    isOld: Bool, highlight: Highlight? = nil
  ) {
    let width = columns.text
    let base: Style = isOld ? .dim : .plain
    var rows: [Row] = []
    if let quote = line.quote {
      rows.append(
        Row(
          text: StyledLine("┃ ", .accent) + StyledLine(TextWidth.fit(quote, width: width - 2), .dim)
        ))
    }
    rows += Self.body(line, style: base, width: width, highlight)
    rows += line.attachments.flatMap { Self.attachment($0, of: line, base, width: width) }
    if let reactions = Self.reactions(line) { rows.append(Row(text: reactions.fitted(to: width))) }
    if let transfer = line.transfer {
      rows.append(Row(text: TransferBar.line(transfer, width: width)))
    }
    if rows.isEmpty { rows = [Row(text: StyledLine())] }
    rows += Self.reason(line, width: width)
    rows[0].time = moment.time(line.at).clock
    rows[0].sender =
      columns.isOfTwo
      ? StyledLine(line.isOwn ? Self.ownSign : "", isOld ? .dim : .accent)
      : Self.sender(of: line, width: columns.sender, continues: continues, isOld: isOld)
    rows[rows.count - 1].mark = Self.mark(line.status)
    self.rows = rows
  }

  /// The sign of what is written here, before what was.
  private static let ownSign = "▸"

  private static func sender(
    of line: ConversationState.Message, width: Int, continues: Bool, isOld: Bool
  ) -> StyledLine {
    if line.isOwn { return StyledLine(Phrase.you.text, .dim) }
    var style = isOld ? Style.dim : line.person.map { Style(.person($0)) } ?? .plain
    style.isBold = !isOld && !continues
    return StyledLine(TextWidth.fitName(line.sender ?? "", width: width), style)
  }

  private static func body(
    _ line: ConversationState.Message, style: Style, width: Int, _ highlight: Highlight?
  ) -> [Row] {
    if line.isDeleted { return [Row(text: StyledLine(Phrase.messageDeleted.text, .dim))] }
    var rows: [Row] = []
    if !line.text.isEmpty {
      let style: Style = line.kind == .obstacle ? .warning : style
      rows = StyledText(line.text, line.spans, base: style, owner: line.id)
        .rows(width: width, highlight: highlight).map { Row(text: $0) }
    }
    guard line.isEdited, let last = rows.last else { return rows }
    let edited = StyledLine("  " + Phrase.edited.text, .dim)
    if last.text.width + edited.width <= width {
      rows[rows.count - 1].text += edited
    } else {
      rows.append(Row(text: StyledLine(Phrase.edited.text, .dim)))
    }
    return rows
  }

  /// What people think of the message; the owner's own reaction stands out.
  private static func reactions(_ line: ConversationState.Message) -> StyledLine? {
    guard !line.reactions.isEmpty, !line.isDeleted else { return nil }
    return line.reactions.enumerated().reduce(StyledLine()) { row, item in
      let (index, reaction) = item
      let style: Style = reaction.isOwn ? Style.accent.strong : .dim
      return row + StyledLine(index == 0 ? "" : "  ")
        + StyledLine("\(reaction.emoji) \(reaction.count)", style)
    }
  }

  /// Why a message of ours is not with the server, and which key does something about it; or just
  /// the key, where the message itself says why.
  private static func reason(_ line: ConversationState.Message, width: Int) -> [Row] {
    let text: String
    let style: Style
    switch line.status {
    case .failed(let reason): (text, style) = ("✗ " + reason, .loss)
    case .held(let reason): (text, style) = ("! " + reason, .warning)
    case .received, .queued, .sent, .read:
      guard line.kind == .obstacle, let offer = line.offer else { return [] }
      return [Row(text: offer.line.fitted(to: width))]
    }
    var rows = TextWidth.wrap(text, width: width).map { Row(text: StyledLine($0, style)) }
    guard let offer = line.offer, let last = rows.last else { return rows }
    let key = StyledLine("  ") + offer.line
    if last.text.width + key.width <= width {
      rows[rows.count - 1].text += key
    } else {
      rows.append(Row(text: offer.line.fitted(to: width)))
    }
    return rows
  }

  /// What is attached, and how it is saved: in a row of its own where that would cost the name.
  private static func attachment(
    _ attachment: ConversationState.Attachment, of line: ConversationState.Message, _ style: Style,
    width: Int
  ) -> [Row] {
    var end = StyledLine(attachment.bytes.map { "  " + sizeText($0) } ?? "", .dim)
    var offer: Hint?
    if attachment.path != nil {
      end += StyledLine("  ✓ " + Phrase.saved.text, .gain)
    } else if line.status == .received, line.kind == .message {
      offer = line.offer
    }
    let sign = StyledLine("\(attachment.mark) ", .dim)
    let room = width - TextWidth.columns(of: attachment.label) - sign.width - end.width
    if let last = offer?.line, room >= 3 + last.width {
      end += StyledLine("   ") + last
      offer = nil
    }
    let name = TextWidth.fit(
      attachment.label, width: max(1, width - sign.width - end.width))
    let row = Row(text: sign + StyledLine(name, style) + end)
    return [row] + (offer.map { [Row(text: $0.line.fitted(to: width))] } ?? [])
  }

  private static func mark(_ status: ConversationState.Status) -> StyledLine {
    switch status {
    case .received: StyledLine()
    case .queued: StyledLine("…", .warning)
    case .held: StyledLine("!", .warning)
    case .sent: StyledLine("✓", .dim)
    case .read: StyledLine("✓✓", .dim)
    case .failed: StyledLine("✗", .loss)
    }
  }
}
