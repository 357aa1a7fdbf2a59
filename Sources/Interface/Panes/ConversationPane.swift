import Console

/// The open chat, its newest message at the bottom.
struct ConversationPane: Pane {
  /// Nil when no chat is open.
  var state: ConversationState?
  var moment: Moment
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    guard let state else {
      let row = max(0, size.rows / 2 - 1)
      canvas.put(
        Phrase.emptyConversation.text, column: 1, row: row, style: .dim,
        width: size.columns - 2, alignment: .centre)
      return canvas
    }
    let top = drawHeading(state, in: &canvas)
    var body = Rect(column: 0, row: top, columns: size.columns, rows: size.rows - top)
    if let typing = state.typing, state.scroll == 0 {
      let area = body.takeBottom(1)
      canvas.put(
        Phrase.typing.with(typing), column: 1, row: area.row, style: .accent,
        width: size.columns - 2)
    }
    if !state.lines.isEmpty { drawMessages(state, in: body, of: &canvas) }
    return canvas
  }

  private func drawHeading(_ state: ConversationState, in canvas: inout Canvas) -> Int {
    let parts = [state.service.title, state.subtitle].filter { !$0.isEmpty }
    let heading = PaneHeading(
      title: state.title, note: state.scroll > 0 ? Line("↓ \(state.scroll)", .accent) : Line(),
      isFocused: isFocused, freshness: state.freshness,
      empty: state.lines.isEmpty ? Phrase.emptyMessages.text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let titleWidth = min(TextWidth.columns(of: state.title), canvas.size.columns - 2)
    let rest = Line(" · " + parts.joined(separator: " · "), .dim)
    let room = canvas.size.columns - 3 - titleWidth - 20
    if rest.width <= max(room, 0) || state.freshness.isLive && rest.width <= room + 14 {
      canvas.put(rest, column: 1 + titleWidth, row: 0)
    }
    return top
  }

  /// What stands between two messages.
  private enum Item {
    case row(MessageBlock.Row)
    case rule(String, Style)
    case centred(String)
  }

  private func drawMessages(
    _ state: ConversationState, in body: Rect, of canvas: inout Canvas
  ) {
    let end = max(1, state.lines.count - max(0, state.scroll))
    let columns = MessageBlock.Columns(
      width: canvas.size.columns,
      senders: state.lines[..<end].suffix(body.rows).map {
        $0.isOwn ? Phrase.you.text : $0.sender ?? ""
      })
    // From the newest up, until the pane is full.
    var items: [Item] = []
    var index = end
    while index > 0, items.count < body.rows {
      index -= 1
      items.insert(contentsOf: self.items(of: index, in: state, columns: columns), at: 0)
    }
    if index == 0 {
      if state.isLoadingOlder {
        items.insert(.centred(Phrase.loadingOlder.text), at: 0)
      } else if state.hasReachedBeginning {
        items.insert(.centred(Phrase.beginning.text), at: 0)
      }
    }
    let visible = items.suffix(body.rows)
    for (offset, item) in visible.enumerated() {
      draw(item, columns: columns, row: body.row + body.rows - visible.count + offset, in: &canvas)
    }
  }

  /// A message with the rules that stand before it.
  private func items(
    of index: Int, in state: ConversationState, columns: MessageBlock.Columns
  ) -> [Item] {
    let line = state.lines[index]
    let previous = index > 0 ? state.lines[index - 1] : nil
    var items: [Item] = []
    let time = moment.time(line.at)
    let isNewDay = previous.map { !moment.time($0.at).isSameDay(as: time) } ?? true
    if isNewDay { items.append(.rule(time.longDate(today: moment.today), .dim)) }
    if index == state.firstUnread {
      items.append(.rule(Phrase.newMessages.with("\(state.lines.count - index)"), .accent))
    }
    guard line.sender != nil || line.isOwn else { return items + [.centred(line.text)] }
    let continues =
      previous.map { $0.sender == line.sender && $0.isOwn == line.isOwn && !isNewDay } ?? false
    let block = MessageBlock(
      line, columns: columns, moment: moment, continues: continues,
      isOld: state.freshness.isOld)
    return items + block.rows.map(Item.row)
  }

  private func draw(
    _ item: Item, columns: MessageBlock.Columns, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns
    switch item {
    case .row(let text):
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
    case .centred(let text):
      canvas.put(
        text, column: 1, row: row, style: .dim, width: width - 2, alignment: .centre)
    }
  }
}
