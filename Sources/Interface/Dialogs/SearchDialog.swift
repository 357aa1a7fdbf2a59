import Domain
import Phrases
import ScreenState

/// The search: the field, the hits with where and when they were said, and what else can be done.
struct SearchDialog {
  /// The width that it would like to have.
  static let width = 108

  var state: SearchState
  var moment: RenderClock

  /// As high as there is room, so that nothing moves while one types.
  func content(width: Int, rows: Int) -> Canvas {
    var canvas = Canvas(Size(columns: width, rows: rows))
    canvas.put("▸", column: 0, row: 0, style: .accent)
    canvas.draw(
      in: Rect(column: 2, row: 0, columns: width - 2, rows: 1),
      FieldView(field: state.field, isFocused: true).canvas)
    canvas.put(BottomLine.line(state.hints, width: width), column: 0, row: rows - 1)
    // Empty rows, and then what the server says, make room for a hit on a small terminal.
    let gap = rows >= 12 ? 1 : 0
    let noteRows = rows >= 5 ? 1 : 0
    if noteRows > 0 { canvas.put(note, column: 0, row: rows - 2 - gap, width: width) }
    let area = Rect(
      column: 0, row: 1 + gap, columns: width, rows: max(0, rows - 2 - noteRows - 3 * gap))
    if state.hits.isEmpty {
      drawWords(in: area, of: &canvas)
    } else {
      drawHits(in: area, of: &canvas)
    }
    return canvas
  }

  private func drawWords(in area: Rect, of canvas: inout Canvas) {
    let words: Phrase =
      switch state.outcome {
      case .idle: .searchIdle
      case .searching: .searchRunning
      case .done: .searchNothing
      }
    canvas.draw(in: area) { size in
      var canvas = Canvas(size)
      canvas.paragraph(words.text, row: 0, style: .dim, indent: 2)
      return canvas
    }
  }

  private func drawHits(in area: Rect, of canvas: inout Canvas) {
    let window = ListWindow(
      count: state.hits.count, selection: state.selection, height: area.rows / 2)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.hits[index], isSelected: index == state.selection, row: area.row + 2 * offset,
        in: &canvas)
      canvas.setTarget(
        .dialogRow(index - (state.selection ?? 0)), row: area.row + 2 * offset, rows: 2)
    }
  }

  /// Where and who in one row, the words in the next.
  private func draw(
    _ hit: SearchState.Hit, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns
    let time = moment.short(hit.at)
    canvas.put(time, column: 0, row: row, style: .dim, width: width, alignment: .right)
    let title = StyledLine(hit.chat, isSelected ? .selected : .bold)
    let rest =
      StyledLine(" " + hit.service.letter, .dim)
      + StyledLine(hit.sender.map { " · " + $0 } ?? "", .dim)
    canvas.put(
      (title + rest).fitted(to: max(0, width - TextWidth.columns(of: time) - 4)), column: 2,
      row: row)
    canvas.put(
      Snippet(hit.text, highlight: state.highlight, width: width - 4).line, column: 4, row: row + 1)
    if isSelected {
      canvas.select(Rect(column: 0, row: row, columns: width, rows: 2))
    }
  }

  /// What the server has to do with it.
  private var note: StyledLine {
    let more =
      state.hasMore ? StyledLine("↓ " + Phrase.searchMore.text + "   ", .accent) : StyledLine()
    guard state.outcome != .idle else { return more }
    return switch state.server {
    case .absent: more
    case .unasked(let isOnline):
      more
        + (isOnline
          ? StyledLine(Phrase.serverUnasked.text, .dim)
          : StyledLine(Phrase.serverOffline.text, .warning))
    case .asking: more + StyledLine(Phrase.serverAsking.text, .accent)
    case .answered(0): more + StyledLine(Phrase.serverNothing.text, .dim)
    case .answered(let count): more + StyledLine(Phrase.serverAnswered.with("\(count)"), .gain)
    case .failed(let problem): StyledLine(problem, .loss)
    }
  }
}

/// The part of a text around the first word that was searched for, in one row.
struct Snippet {
  let line: StyledLine

  init(_ text: String, highlight: Highlight?, width: Int) {
    let text = harmless(text)
    let ranges = highlight?.ranges(in: text) ?? []
    let whole = StyledLine(text).marked(highlight)
    guard let first = ranges.first, whole.width > width else {
      line = whole.fitted(to: width)
      return
    }
    // A third of the row stands before the word, from the beginning of a word on.
    var start = first.lowerBound
    var room = width / 3
    while start > text.startIndex {
      let before = text.index(before: start)
      let columns = TextWidth.columns(of: String(text[before]))
      guard room >= columns else { break }
      room -= columns
      start = before
    }
    if start > text.startIndex {
      start = text[start..<first.lowerBound].firstIndex(of: " ") ?? start
    }
    let mark = start > text.startIndex ? StyledLine("…", .dim) : StyledLine()
    line = (mark + StyledLine(String(text[start...])).marked(highlight)).fitted(to: width)
  }
}
