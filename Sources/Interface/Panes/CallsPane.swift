import Phrases
import ScreenState

/// The call log, newest first.
struct CallsPane: Pane {
  var state: CallsState
  var moment: RenderClock
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let heading = PaneHeading(
      title: Phrase.calls.text,
      note: state.missed > 0
        ? StyledLine("\(state.missed) " + Phrase.callMissed.text, .loss) : StyledLine(),
      isFocused: isFocused, freshness: state.freshness,
      empty: state.rows.isEmpty ? Phrase.emptyCalls.text : nil)
    let top = heading.draw(in: &canvas, at: moment)
    let window = ListWindow(state.rows, selection: state.selection, height: size.rows - top)
    heading.drawHidden(window, of: state.rows.total, in: &canvas, at: moment)
    for (offset, index) in window.visible.enumerated() {
      draw(state.rows[index], isSelected: index == state.selection, row: top + offset, in: &canvas)
    }
    return canvas
  }

  private func draw(_ call: CallRow, isSelected: Bool, row: Int, in canvas: inout Canvas) {
    var area = Rect(column: 1, row: row, columns: canvas.size.columns - 2, rows: 1)
    let time = area.takeRight(10)
    let outcome = area.takeRight(10)
    let kind = canvas.size.columns >= 60 ? area.takeRight(10) : nil
    let style: Style =
      isSelected && isFocused ? .selected : state.freshness.isOld ? .dim : .plain
    let sign = call.isOutgoing ? "→ " : "☎ "
    canvas.put(sign, column: area.column, row: row, style: call.outcome.style)
    canvas.put(
      call.caller, column: area.column + 2, row: row, style: style, width: area.columns - 3)
    if let kind {
      let text = call.isVideo ? Phrase.video.text : Phrase.audio.text
      canvas.put(text, column: kind.column, row: row, style: .dim, width: kind.columns - 1)
    }
    canvas.put(
      call.outcomeText, column: outcome.column, row: row, style: call.outcome.style,
      width: outcome.columns - 1)
    canvas.put(
      moment.short(call.at), column: time.column, row: row, style: .dim, width: time.columns,
      alignment: .right)
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }
}

extension CallRow {
  /// What became of it; a call of one's own that nobody took was not missed here.
  var outcomeText: String {
    isOutgoing && outcome == .ended && talk == nil
      ? Phrase.callUnanswered.text : outcome.text
  }
}

extension CallRow.Outcome {
  var text: String {
    switch self {
    case .ringing: Phrase.callRinging.text
    case .ended: Phrase.callEnded.text
    case .declined: Phrase.callDeclined.text
    case .missed: Phrase.callMissed.text
    case .ignored: Phrase.callIgnored.text
    }
  }

  var style: Style {
    switch self {
    case .ringing: Style.accent.strong
    case .missed: .loss
    case .ended, .declined, .ignored: .dim
    }
  }
}
