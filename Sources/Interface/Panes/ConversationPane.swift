import Phrases
import ScreenState

/// The open chat, its newest message at the bottom.
struct ConversationPane: Pane {
  /// Nil when no chat is open.
  var state: ConversationState?
  var moment: RenderClock
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var painting = Painting(size)
    return drawn(size, in: &painting).canvas
  }

  func drawn(_ size: Size, in painting: inout Painting) -> (canvas: Canvas, below: Int) {
    var canvas = Canvas(size)
    guard let state else {
      let row = max(0, size.rows / 2 - 1)
      canvas.put(
        Phrase.emptyConversation.text, column: 1, row: row, style: .dim,
        width: size.columns - 2, alignment: .centre)
      return (canvas, 0)
    }
    let top = drawHeading(state, in: &canvas)
    var body = Rect(column: 0, row: top, columns: size.columns, rows: size.rows - top)
    let composer = ComposerView(state: state.composer, isFocused: isFocused)
    // What is written must not drive what is answered out of sight.
    let foot = composer.rows(width: size.columns, most: max(1, body.rows / 2))
    let place = body.takeBottom(foot)
    canvas.draw(in: place, composer.canvas)
    if state.composer.closed == nil { canvas.setTarget(.composer, place) }
    if let typing = state.typing, state.selection == nil {
      let area = body.takeBottom(1)
      canvas.put(
        Phrase.typing.with(typing), column: 1, row: area.row, style: .accent,
        width: size.columns - 2)
    }
    guard !state.lines.isEmpty else { return (canvas, 0) }
    let messages = painting.part(messages(of: state), .messages, body.size)
    canvas.draw(messages.canvas, column: body.column, row: body.row)
    let below = messages.below
    if state.selection == nil, below > 0, state.climbed == nil {
      // Left of what the heading says of the line.
      let note = heading(of: state).noteColumns(at: moment)
      canvas.put(
        Self.mark(below, state), column: 1, row: 0,
        width: size.columns - 2 - (note > 0 ? note + 2 : 0), alignment: .right)
    }
    return (canvas, below)
  }

  /// What is drawn between heading and foot, without what they show: it stays while one writes.
  private func messages(of state: ConversationState) -> MessagesView {
    var messages = state
    messages.composer = ComposerState()
    messages.typing = nil
    return MessagesView(state: messages, moment: moment, isFocused: isFocused)
  }

  private func heading(of state: ConversationState) -> PaneHeading {
    let below = state.selection.map { state.lines.total - 1 - $0 + state.below } ?? 0
    let note =
      if let climbed = state.climbed {
        StyledLine("↑ " + Phrase.loadingEarlier.with("\(climbed)"), .accent)
      } else { below > 0 ? Self.mark(below, state) : StyledLine() }
    return PaneHeading(
      title: state.title, note: note,
      isFocused: isFocused, freshness: state.freshness,
      empty: state.lines.isEmpty ? Phrase.emptyMessages.text : nil)
  }

  private func drawHeading(_ state: ConversationState, in canvas: inout Canvas) -> Int {
    let parts = [state.service.title, state.subtitle].filter { !$0.isEmpty }
    let top = heading(of: state).draw(in: &canvas, at: moment)
    let titleWidth = min(TextWidth.columns(of: state.title), canvas.size.columns - 2)
    // The title has a space after it.
    var mark = state.identity?.mark ?? StyledLine()
    if !mark.spans.isEmpty { mark.spans[0].text.removeFirst() }
    let rest = StyledLine(
      (mark.spans.isEmpty ? "· " : " · ") + parts.joined(separator: " · "), .dim)
    let room = canvas.size.columns - 4 - titleWidth - mark.width - 20
    if room + 20 >= 0 { canvas.put(mark, column: 1 + titleWidth + 1, row: 0) }
    if rest.width <= max(room, 0) || state.freshness.isLive && rest.width <= room + 14 {
      canvas.put(rest, column: 1 + titleWidth + 1 + mark.width, row: 0)
    }
    return top
  }

  /// How much follows.
  private static func mark(_ below: Int, _ state: ConversationState) -> StyledLine {
    StyledLine("↓ \(below)" + (state.isTornBelow ? "+" : ""), .accent)
  }
}
