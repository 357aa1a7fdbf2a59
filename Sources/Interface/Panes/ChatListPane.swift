import Domain
import Phrases
import ScreenState

/// The chats, newest first: a row each where all of it fits, else two where there is height for them.
struct ChatListPane: Pane {
  var state: ChatListState
  var moment: RenderClock
  var isFocused: Bool

  /// From so many columns on one row holds name, time and the last message.
  private static let wide = 60
  /// From so many columns on a row without the last message has room for the time.
  private static let timed = 36
  /// Below so many rows, more chats are worth more than what was said in them.
  private static let tall = 14

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let note = state.unread > 0 ? StyledLine("\(state.unread)", Style.accent.strong) : StyledLine()
    let heading = PaneHeading(
      title: Phrase.chats.text, note: note, isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty && state.filter == nil ? Phrase.emptyChats.text : nil)
    var top = heading.draw(in: &canvas, at: moment)
    if let filter = state.filter {
      canvas.put("/", column: 1, row: top, style: .accent)
      canvas.draw(
        in: Rect(column: 3, row: top, columns: max(0, size.columns - 4), rows: 1),
        FieldView(field: filter, isFocused: isFocused).canvas)
      top += 1
      if state.rows.isEmpty {
        canvas.paragraph(Phrase.nothingMatches.text, row: top, style: .dim)
      }
    }
    let rows = size.columns < Self.wide && size.rows >= Self.tall ? 2 : 1
    let window = ListWindow(
      state.rows, selection: state.selection, height: (size.rows - top) / rows)
    heading.drawHidden(window, of: state.rows.total, in: &canvas, at: moment)
    for (offset, index) in window.visible.enumerated() {
      let place = Rect(
        column: 0, row: top + offset * rows, columns: size.columns, rows: rows)
      let chat = state.rows[index]
      let isSelected = index == state.selection
      if rows == 2 {
        drawTwoRows(chat, isSelected: isSelected, in: place, of: &canvas)
      } else {
        drawRow(chat, isSelected: isSelected, row: place.row, in: &canvas)
      }
      canvas.setTarget(.row(.chats, chat.id), place)
      guard isSelected else { continue }
      if isFocused { canvas.select(place) } else { canvas.tint(place) }
    }
    return canvas
  }

  private func drawRow(
    _ chat: ChatListState.Row, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    var area = Rect(column: 1, row: row, columns: canvas.size.columns - 2, rows: 1)
    let count = area.takeRight(5)
    let hasPreview = canvas.size.columns >= Self.wide
    if canvas.size.columns >= Self.timed {
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
      canvas.put(preview(chat), column: area.column, row: row, width: area.columns)
    }
    canvas.put(
      badge(chat), column: count.column, row: row, width: count.columns, alignment: .right)
  }

  /// Who, where and when; below that what was said last, and how much of it is unread.
  private func drawTwoRows(
    _ chat: ChatListState.Row, isSelected: Bool, in place: Rect, of canvas: inout Canvas
  ) {
    let width = place.columns - 2
    let time = StyledLine(
      [chat.service.letter, moment.short(chat.lastAt)].filter { !$0.isEmpty }
        .joined(separator: " "), .dim)
    canvas.put(time, column: 1, row: place.row, width: width, alignment: .right)
    canvas.put(
      titleLine(chat, isSelected: isSelected, width: width - time.width - 1), column: 1,
      row: place.row)
    let badge = badge(chat)
    canvas.put(badge, column: 1, row: place.row + 1, width: width, alignment: .right)
    canvas.put(
      preview(chat), column: 3, row: place.row + 1,
      width: width - 2 - (badge.width > 0 ? badge.width + 1 : 0))
  }

  private func preview(_ chat: ChatListState.Row) -> StyledLine {
    chat.isTyping ? StyledLine(Phrase.typingShort.text, .accent) : StyledLine(chat.preview, .dim)
  }

  /// How many messages are unread; nothing where none is.
  private func badge(_ chat: ChatListState.Row) -> StyledLine {
    guard chat.unread > 0 else { return StyledLine() }
    return StyledLine(
      chat.unread > 999 ? "999+" : "\(chat.unread)", chat.isMuted ? .dim : Style.accent.strong)
  }

  private func titleLine(
    _ chat: ChatListState.Row, isSelected: Bool, width: Int
  ) -> StyledLine {
    let style: Style =
      state.freshness.isOld
      ? .dim : isSelected || chat.unread > 0 && !chat.isMuted ? .bold : .plain
    var mark = chat.identity?.mark ?? StyledLine()
    if chat.isOnline { mark += StyledLine(" •", .gain) }
    // Struck out: it makes no sound.
    if chat.isMuted { mark += StyledLine(" ⊘", .dim) }
    let title = chat.title.isEmpty ? chat.id : chat.title
    return StyledLine(TextWidth.fitName(title, width: width - mark.width), style) + mark
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
