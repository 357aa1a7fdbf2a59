import Console

/// A call that rings: two lines above everything else.
struct CallBanner: Pane {
  static let rows = 2

  var state: RingState
  var moment: Moment

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let kind = state.call.isVideo ? Phrase.video.text : Phrase.audio.text
    let elapsed = stopwatchText(milliseconds: moment.now - state.call.at)
    let tail = " · \(state.service) · \(kind) · \(elapsed) "
    // The caller's name gives way, never the time or the service.
    let others = TextWidth.columns(of: Phrase.isCalling.with("") + tail) + 8
    let caller = TextWidth.fit(state.call.caller, width: max(0, size.columns - others))
    let text = "╺━━ ☎ \(Phrase.isCalling.with(caller))\(tail)"
    let rest = max(0, size.columns - TextWidth.columns(of: text) - 1)
    canvas.put(
      text + String(repeating: "━", count: rest) + "╸", column: 0, row: 0, style: .alarm)
    var column = canvas.put(
      BottomLine.line(state.hints, width: size.columns - 6), column: 5, row: 1)
    column += 3
    let note = Phrase.answerOnPhone.text
    if column + TextWidth.columns(of: note) < size.columns {
      canvas.put(note, column: column, row: 1, style: .dim)
    }
    return canvas
  }
}
