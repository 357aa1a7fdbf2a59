import Domain
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
    let columns = Columns(state.rows[window.visible], width: size.columns, moment: moment)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.rows[index], columns, isSelected: index == state.selection, row: top + offset,
        in: &canvas)
      canvas.setTarget(.row(.calls, state.rows[index].id), row: top + offset)
    }
    return canvas
  }

  /// As wide as what stands in them, the gap before each included.
  private struct Columns {
    let gap: Int
    let outcome: Int
    let time: Int
    /// 0 where there is no room for the kind of call and how long it was talked.
    let kind: Int
    let talk: Int

    init(_ rows: some Collection<CallRow>, width: Int, moment: RenderClock) {
      let isWide = width >= 60
      let gap = isWide ? 2 : 1
      func widest(_ texts: some Sequence<String>) -> Int {
        texts.map(TextWidth.columns).max().map { $0 == 0 ? 0 : $0 + gap } ?? 0
      }
      self.gap = gap
      outcome = widest(rows.map(\.outcomeText))
      time = widest(rows.map { moment.short($0.at) })
      kind = isWide ? widest(rows.map(\.kindText)) : 0
      talk = isWide ? widest(rows.map(\.talkText)) : 0
    }
  }

  private func draw(
    _ call: CallRow, _ columns: Columns, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    var area = Rect(column: 1, row: row, columns: canvas.size.columns - 2, rows: 1)
    let (time, talk) = (area.takeRight(columns.time), area.takeRight(columns.talk))
    let (outcome, kind) = (area.takeRight(columns.outcome), area.takeRight(columns.kind))
    let style: Style =
      isSelected && isFocused ? .selected : state.freshness.isOld ? .dim : .plain
    let sign = call.isOutgoing ? "→ " : "☎ "
    canvas.put(sign, column: area.column, row: row, style: call.outcome.style)
    canvas.put(
      TextWidth.fitName(call.who, width: area.columns - 2), column: area.column + 2, row: row,
      style: style)
    canvas.put(
      call.kindText, column: kind.column + columns.gap, row: row, style: .dim,
      width: max(0, kind.columns - columns.gap)
    )
    canvas.put(
      call.outcomeText, column: outcome.column + columns.gap, row: row, style: call.outcome.style,
      width: max(0, outcome.columns - columns.gap))
    canvas.put(
      call.talkText, column: talk.column, row: row, style: .dim, width: talk.columns,
      alignment: .right)
    canvas.put(
      moment.short(call.at), column: time.column, row: row, style: .dim, width: time.columns,
      alignment: .right)
    if isSelected { canvas.selectRow(row, isFocused: isFocused) }
  }
}

extension CallRow {
  /// Who is at the other end, and in which group.
  fileprivate var who: String { group.map { Phrase.callInGroup.with(caller, $0) } ?? caller }

  /// What became of it; a call of one's own that nobody took was not missed here.
  var outcomeText: String {
    isOutgoing && outcome == .ended && talk == nil
      ? Phrase.callUnanswered.text : outcome.text
  }

  var kindText: String { isVideo ? Phrase.video.text : Phrase.audio.text }

  /// How long it was talked; nothing where nobody did.
  var talkText: String {
    talk.flatMap { $0 > 0 ? stopwatchText(milliseconds: $0) : nil } ?? ""
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
