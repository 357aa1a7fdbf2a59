import Phrases
import ScreenState

/// The messages of the open chat that are in sight.
struct MessagesView: Pane {
  /// With one line at least.
  var state: ConversationState
  var moment: RenderClock
  var isFocused: Bool

  /// What stands above the first line; nil where more is to be expected.
  private static func above(_ state: ConversationState) -> Phrase? {
    if state.isLoadingOlder { return .loadingOlder }
    if state.hasReachedBeginning { return .beginning }
    return state.isMissingOlder ? .missingEarlier : nil
  }

  /// One row of what lies between heading and foot.
  private enum Item {
    case row(MessageBlock.Row, of: Line)
    case rule(String, Style)
    case note(String, offer: Hint?, of: Line?)

    var isSelected: Bool { line?.isSelected ?? false }

    /// The message it is part of.
    var line: Line? {
      switch self {
      case .row(_, let line): line
      case .note(_, _, let line): line
      case .rule: nil
      }
    }

    struct Line {
      let id: String
      let isSelected: Bool
    }
  }

  func canvas(_ size: Size) -> Canvas { drawn(size).canvas }

  func drawn(_ size: Size, in painting: inout Painting) -> (canvas: Canvas, below: Int) {
    drawn(size)
  }

  private func drawn(_ size: Size) -> (canvas: Canvas, below: Int) {
    var canvas = Canvas(size)
    let rows = size.rows
    guard rows > 0 else { return (canvas, 0) }
    let (first, last) = (state.lines.startIndex, state.lines.endIndex - 1)
    let anchor = (state.selection ?? state.top).map { max(first, min($0, last)) } ?? last
    let columns =
      state.isOfTwo
      ? MessageBlock.Columns(width: canvas.size.columns)
      : MessageBlock.Columns(
        width: canvas.size.columns,
        senders: state.lines[max(first, anchor - rows)...min(last, anchor + rows)].map {
          $0.isOwn ? Phrase.you.text : $0.sender ?? ""
        })
    // From the anchor both ways, a pane full each.
    var items = self.items(of: anchor, columns: columns)
    var index = anchor
    var above: [[Item]] = []
    var count = 0
    while index > first, count < rows {
      index -= 1
      above.append(self.items(of: index, columns: columns))
      count += above.last?.count ?? 0
    }
    var top = above.reduce(0) { $0 + $1.count }
    items = above.reversed().flatMap(\.self) + items
    if index == 0, let words = Self.above(state) {
      items.insert(.note(words.text, offer: nil, of: nil), at: 0)
      top += 1
    }
    /// Where the anchor and each line after it end among the items.
    var ends = [items.count]
    var next = anchor + 1
    let goal = items.count + rows
    while next <= last, items.count < goal {
      items += self.items(of: next, columns: columns)
      ends.append(items.count)
      next += 1
    }
    if next > last, state.isLoadingNewer || state.isMissingNewer {
      let words: Phrase = state.isLoadingNewer ? .loadingLater : .missingLater
      items.append(.note(words.text, offer: nil, of: nil))
    }
    let isAtTop = state.selection == nil && state.top != nil
    let window =
      isAtTop
      ? Self.window(from: top, of: items.count, rows: rows)
      : Self.window(of: items, rows: rows)
    let visible = items[window]
    for (offset, item) in visible.enumerated() {
      draw(item, columns: columns, row: rows - visible.count + offset, in: &canvas)
    }
    let below = ends.count { $0 > window.upperBound } + state.lines.total - next + state.below
    return (canvas, below)
  }

  /// Which rows are in sight: the last ones, or those around the selected message; of one that is
  /// higher than the pane the beginning.
  private static func window(of items: [Item], rows: Int) -> Range<Int> {
    guard let first = items.firstIndex(where: \.isSelected),
      let last = items.lastIndex(where: \.isSelected)
    else { return max(0, items.count - rows)..<items.count }
    let end = min(items.count, max(rows, last + 1 + rows / 2))
    let start = max(0, min(end - rows, first))
    return start..<min(items.count, start + rows)
  }

  /// The rows from `top` on with a little of what stands before; the last ones if those are all.
  private static func window(from top: Int, of count: Int, rows: Int) -> Range<Int> {
    let start = max(0, min(top - min(2, rows / 4), count - rows))
    return start..<min(count, start + rows)
  }

  /// A message with the rules that stand before it.
  private func items(of index: Int, columns: MessageBlock.Columns) -> [Item] {
    let line = state.lines[index]
    let previous = index > state.lines.startIndex ? state.lines[index - 1] : nil
    var items: [Item] = []
    let time = moment.time(line.at)
    let isNewDay = previous.map { !moment.time($0.at).isSameDay(as: time) } ?? true
    if isNewDay { items.append(.rule(time.longDate(today: moment.today), .dim)) }
    if index == state.firstUnread {
      items.append(.rule(Phrase.newMessages.with("\(state.unread)"), .accent))
    }
    let place = Item.Line(id: line.id, isSelected: index == state.selection)
    guard line.sender != nil || line.isOwn else {
      let rows = TextWidth.wrap(Self.note(line), width: columns.whole)
      return items
        + rows.enumerated().map { row, text in
          .note(
            text, offer: row == rows.count - 1 ? line.offer : nil, of: place)
        }
    }
    let continues =
      previous.map { $0.sender == line.sender && $0.isOwn == line.isOwn && !isNewDay } ?? false
    let block = MessageBlock(
      line, columns: columns, moment: moment, continues: continues,
      isOld: state.freshness.isOld, highlight: state.highlight)
    return items + block.rows.map { .row($0, of: place) }
  }

  /// What a line says that nobody wrote, and why the others have not heard of it.
  private static func note(_ line: ConversationState.Message) -> String {
    switch line.status {
    case .failed(let reason): "\(line.text)  ✗ \(reason)"
    case .held(let reason): "\(line.text)  ! \(reason)"
    case .received, .queued, .sent, .read: line.text
    }
  }

  private func draw(
    _ item: Item, columns: MessageBlock.Columns, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns
    switch item {
    case .row(let text, _):
      canvas.put(text.time, column: 1, row: row, style: .dim)
      canvas.put(
        text.sender, column: 1 + MessageBlock.Columns.time + 1, row: row, width: columns.sender)
      canvas.put(text.text, column: columns.textColumn, row: row, width: columns.text)
      canvas.put(
        text.mark, column: width - 1 - MessageBlock.Columns.mark, row: row,
        width: MessageBlock.Columns.mark, alignment: .right)
    case .rule(let text, let style):
      canvas.horizontalRule(row: row, from: 1, to: width - 2, style: style)
      canvas.put(" \(text) ", column: 3, row: row, style: style, width: width - 6)
    case .note(let text, let offer, _):
      let line = StyledLine(text, .dim) + (offer.map { StyledLine("  ") + $0.line } ?? StyledLine())
      canvas.put(line, column: 1, row: row, width: width - 2, alignment: .centre)
    }
    if let line = item.line { canvas.setTarget(.row(.conversation, line.id), row: row) }
    if item.isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }
}
