import Phrases
import ScreenState

/// The foot of a conversation: what is being written, or how to begin, or why one cannot.
///
/// While other panes have the keys it invites nobody: it says by which key they come here.
struct ComposerView {
  /// Rows that the text may take, a quote apart.
  static let mostRows = 5

  var state: ComposerState
  var isFocused: Bool

  /// Rows that it takes at this width, of at most so many.
  func rows(width: Int, most: Int) -> Int {
    let isText = state.closed == nil && isFocused
    let text = isText ? layout(width: width).rows.count : 1
    // Of a long text a row more says how much of it is out of sight.
    let rows = text > Self.mostRows ? Self.mostRows + 1 : text
    return max(0, min(most, rows + (hasQuote ? 1 : 0) + (hasCompletions ? 1 : 0)))
  }

  private var hasCompletions: Bool {
    !state.completions.isEmpty && state.closed == nil && isFocused && state.isWriting
  }

  private var hasQuote: Bool { state.quote != nil && state.closed == nil }

  private func layout(width: Int) -> TextRows {
    TextRows(state.field.text, cursor: state.field.cursor, width: width - 4)
  }

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    if let reason = state.closed {
      canvas.put(reason, column: 1, row: 0, style: .dim, width: size.columns - 2)
      return canvas
    }
    var area = Rect(size)
    if hasQuote, let quote = state.quote, area.rows > 1 {
      let row = area.takeTop(1).row
      let line =
        StyledLine("┃ ", .accent) + StyledLine(quote.sender + " ", .bold)
        + StyledLine(quote.text, .dim)
      canvas.put(line, column: 3, row: row, width: size.columns - 4)
    }
    if hasCompletions, area.rows > 1 {
      let row = area.takeTop(1).row
      var line = StyledLine("Tab ", .accent)
      for (index, words) in state.completions.enumerated() {
        line += StyledLine(words + "  ", index == 0 ? .bold : .dim)
      }
      canvas.put(line.fitted(to: max(0, size.columns - 4)), column: 3, row: row)
    }
    guard isFocused else {
      let draft = state.field.text.isEmpty ? "" : " · \(Phrase.draft.text): \(state.field.text)"
      canvas.put(
        Phrase.writeFromElsewhere.text + draft, column: 1, row: area.row, style: .dim,
        width: size.columns - 2)
      return canvas
    }
    let isWriting = state.isWriting
    canvas.put("▸", column: 1, row: area.row, style: isWriting ? Style.accent.strong : .dim)
    if state.field.text.isEmpty, !isWriting {
      canvas.put(
        Phrase.writeHere.text, column: 3, row: area.row, style: .dim, width: size.columns - 4)
      return canvas
    }
    draw(layout(width: size.columns), isWriting: isWriting, in: area, of: &canvas)
    return canvas
  }

  /// Of a long text the rows around the cursor, and over them how many there are above and below.
  private func draw(
    _ text: TextRows, isWriting: Bool, in area: Rect, of canvas: inout Canvas
  ) {
    var area = area
    // With two rows alone, both are for the text.
    let mark = text.rows.count > area.rows && area.rows > 2 ? area.takeTop(1) : nil
    let window = ListWindow(
      count: text.rows.count, selection: text.cursor.row, height: area.rows)
    if let mark {
      let parts = [
        ("↑", window.visible.lowerBound), ("↓", text.rows.count - window.visible.upperBound),
      ]
      let words = parts.filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }.joined(separator: "  ")
      canvas.put(words, column: 3, row: mark.row, style: .accent, width: area.columns - 4)
    }
    for (offset, index) in window.visible.enumerated() {
      canvas.put(
        text.line(index, isWriting ? .plain : .dim), column: 3, row: area.row + offset,
        width: area.columns - 4)
    }
    guard isWriting, window.visible.contains(text.cursor.row) else { return }
    canvas.cursor = Point(
      column: 3 + text.cursor.column,
      row: area.row + text.cursor.row - window.visible.lowerBound)
  }
}
