import Phrases
import ScreenState

/// Something to fill in: a few fields, what is wrong with them, how far their sending is.
struct FormDialog {
  /// More suggestions than these say how many there are.
  static let mostSuggestions = 6

  var state: FormState

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.gap()
    rows.isMinor = true
    for text in state.introduction { rows.text(text, .dim) }
    rows.isMinor = false
    if !state.introduction.isEmpty { rows.gap() }
    let inputs = InputRows(inputs: state.inputs, selection: state.selection, fieldWidth: width)
    for row in 0..<inputs.rows {
      rows.add { canvas, target in
        let all = inputs.canvas(Size(columns: width, rows: inputs.rows))
        canvas.draw(all.part(row: row), column: 0, row: target)
      }
    }
    addSuggestions(to: &rows)
    if let note = state.note { rows.text(note, .dim, column: 2) }
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    if let progress = state.progress {
      rows.gap()
      let bar = state.transfer.map { StyledLine("  ") + TransferBar.line($0, width: width / 2) }
      rows.line(StyledLine(progress, .accent) + (bar ?? StyledLine()))
    }
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }

  private func addSuggestions(to rows: inout DialogRows) {
    rows.isMinor = true
    for suggestion in state.suggestions.prefix(Self.mostSuggestions) {
      rows.line(StyledLine(suggestion, .plain), column: 4)
    }
    let more = state.suggestions.count - Self.mostSuggestions
    if more > 0 { rows.line(StyledLine(Phrase.moreOfThem.with("\(more)"), .dim), column: 4) }
    rows.isMinor = false
  }
}
