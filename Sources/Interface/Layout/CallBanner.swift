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
    let bell = state.isSilent ? " · " + Phrase.bellIsOff.text : ""
    let tail = " · \(state.service) · \(kind) · \(elapsed)\(bell) "
    // The caller's name gives way, never the time or the service.
    let others = TextWidth.columns(of: Phrase.isCalling.with("") + tail) + 8
    let caller = TextWidth.fit(state.call.caller, width: max(0, size.columns - others))
    let hints = BottomLine.line(state.hints, width: size.columns - 6)
    let note = Phrase.answerOnPhone.text
    // Beside the keys, which cannot answer; where there is no room, in the rule above them.
    let isBeside = 5 + hints.width + 3 + TextWidth.columns(of: note) < size.columns
    let text = "╺━━ ☎ \(Phrase.isCalling.with(caller))\(tail)"
    let room = size.columns - TextWidth.columns(of: text) - 1
    let inRule = isBeside || room < TextWidth.columns(of: note) + 5 ? "" : " \(note) ━━"
    let rest = max(0, room - TextWidth.columns(of: inRule))
    canvas.put(
      text + String(repeating: "━", count: rest) + inRule + "╸", column: 0, row: 0, style: .alarm)
    let column = canvas.put(hints, column: 5, row: 1) + 3
    if isBeside { canvas.put(note, column: column, row: 1, style: .dim) }
    return canvas
  }
}
