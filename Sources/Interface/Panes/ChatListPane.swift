import Domain
import Phrases
import ScreenState

/// The chats, newest first; as wide as it is, it shows the last message too.
struct ChatListPane: Pane {
  var state: ChatListState
  var moment: RenderClock
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let note = state.unread > 0 ? StyledLine("\(state.unread)", Style.accent.strong) : StyledLine()
    let heading = PaneHeading(
      title: Phrase.chats.text, note: note, isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty ? Phrase.emptyChats.text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let window = ListWindow(state.rows, selection: state.selection, height: size.rows - top)
    heading.drawHidden(window, of: state.rows.total, in: &canvas, at: moment)
    for (offset, index) in window.visible.enumerated() {
      draw(state.rows[index], isSelected: index == state.selection, row: top + offset, in: &canvas)
    }
    return canvas
  }

  private func draw(
    _ chat: ChatListState.Row, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    var area = Rect(column: 1, row: row, columns: canvas.size.columns - 2, rows: 1)
    let count = area.takeRight(5)
    let hasPreview = canvas.size.columns >= 60
    if canvas.size.columns >= 36 {
      let time = area.takeRight(10)
      canvas.put(
        moment.short(chat.lastAt), column: time.column, row: row, style: .dim,
        width: time.columns, alignment: .right)
    }
    let title = hasPreview ? area.takeLeft(min(28, area.columns / 3)) : area
    canvas.put(
      titleLine(chat, isSelected: isSelected, width: title.columns - 3), column: title.column,
      row: row)
    canvas.put(chat.service.letter, column: title.column + title.columns - 2, row: row, style: .dim)
    if hasPreview {
      let preview =
        chat.isTyping
        ? StyledLine(Phrase.typingShort.text, .accent) : StyledLine(chat.preview, .dim)
      canvas.put(preview, column: area.column, row: row, width: area.columns)
    }
    if chat.unread > 0 {
      canvas.put(
        chat.unread > 999 ? "999+" : "\(chat.unread)", column: count.column, row: row,
        style: chat.isMuted ? .dim : Style.accent.strong, width: count.columns, alignment: .right)
    }
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }

  private func titleLine(
    _ chat: ChatListState.Row, isSelected: Bool, width: Int
  ) -> StyledLine {
    let style: Style =
      isSelected && isFocused
      ? .selected
      : state.freshness.isOld ? .dim : chat.unread > 0 && !chat.isMuted ? .bold : .plain
    var mark = chat.identity?.mark ?? StyledLine()
    if chat.isOnline { mark += StyledLine(" •", .gain) }
    return StyledLine(chat.title.isEmpty ? chat.id : chat.title, style).fitted(
      to: width - mark.width)
      + mark
  }
}

extension IdentityState {
  /// After a name: nothing for what was never compared, which is the usual.
  var mark: StyledLine {
    switch self {
    case .own, .trusted: StyledLine()
    case .verified: StyledLine(" ✓", .gain)
    case .changed: StyledLine(" !", Style.warning.strong)
    }
  }
}
