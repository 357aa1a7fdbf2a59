import Phrases
import ScreenState

/// The servers of a call, and whether they can be reached from here.
struct LineCheckDialog {
  var state: LineCheckState

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.gap()
    rows.text(Phrase.lineIntroduction.with(state.caller), .dim)
    rows.gap()
    for row in state.rows { add(row, to: &rows) }
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    rows.gap()
    rows.isMinor = true
    rows.text(Phrase.lineAdvice.text, .dim)
    rows.isMinor = false
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }

  private func add(_ row: LineCheckState.Row, to rows: inout DialogRows) {
    let width = rows.width
    let (sign, words, style): (String, String, Style) =
      switch row.outcome {
      case .waiting: ("◌", Phrase.lineWaiting.text, .dim)
      case .good(let roundTrip, _): ("●", Phrase.milliseconds.with("\(roundTrip)"), .gain)
      case .bad: ("✗", "", .loss)
      }
    rows.add { canvas, target in
      let room = width - 4 - TextWidth.columns(of: words)
      canvas.put(sign, column: 0, row: target, style: style)
      canvas.put(row.url, column: 2, row: target, width: room)
      canvas.put(
        words, column: 0, row: target, style: style, width: width, alignment: .right)
    }
    switch row.outcome {
    case .good(_, let address?): rows.text(Phrase.lineAddress.with(address), .dim, column: 2)
    case .bad(let reason): rows.text(reason, .loss, column: 2)
    case .waiting, .good: break
    }
  }
}
