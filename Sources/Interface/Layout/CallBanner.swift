import Domain
import Phrases
import ScreenState

/// A call that rings: two lines above everything else.
struct CallBanner: Pane {
  static let rows = 2

  var state: RingingCallState
  var moment: RenderClock

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let (caller, tail) = caller(width: size.columns)
    let (hints, start) = hints(width: size.columns)
    let note = Phrase.answerOnPhone.text
    // Beside the keys, which cannot answer; where there is no room, in the rule above them.
    let isBeside = start + hints.width + 3 + TextWidth.columns(of: note) < size.columns
    let text = "╺━━ ☎ \(Phrase.isCalling.with(caller))\(tail)"
    let room = size.columns - TextWidth.columns(of: text) - 1
    let inRule = isBeside || room < TextWidth.columns(of: note) + 5 ? "" : " \(note) ━━"
    let rest = max(0, room - TextWidth.columns(of: inRule))
    canvas.put(
      text + String(repeating: "━", count: rest) + inRule + "╸", column: 0, row: 0, style: .alarm)
    let column = canvas.put(hints, column: start, row: 1) + 3
    if isBeside { canvas.put(note, column: column, row: 1, style: .dim) }
    return canvas
  }

  /// The keys, and where they begin: in full below the caller, where there is less room from the edge
  /// on, with the first word of what each does.
  private func hints(width: Int) -> (line: ClickableLine, start: Int) {
    let whole = BottomLine.line(state.hints, width: .max)
    if whole.width <= width - 6 { return (whole, 5) }
    let short = state.hints.map { hint in
      var hint = hint
      hint.label = String(hint.label.prefix { $0 != " " })
      return hint
    }
    return (BottomLine.line(short, width: width - 2), 1)
  }

  /// Columns of the caller's name that all the rest makes room for.
  private static let leastCaller = 20

  /// Who calls, and what follows the name: of that, the less important goes where there is no room
  /// for a name that can be read.
  private func caller(width: Int) -> (name: String, tail: String) {
    let group = state.call.group.map { [$0] } ?? []
    let kind = state.call.isVideo ? Phrase.video.text : Phrase.audio.text
    let elapsed = stopwatchText(milliseconds: moment.now - state.call.at)
    let bell = state.isSilent ? [Phrase.bellIsOff.text] : []
    let tails = [
      group + [state.service, kind, elapsed] + bell, group + [state.service, kind, elapsed],
      group + [elapsed], group.isEmpty ? [state.service, elapsed] : group,
      [state.service, elapsed], [elapsed],
    ].map { parts in parts.map { " · \($0)" }.joined() + " " }
    func room(_ tail: String) -> Int {
      max(0, width - TextWidth.columns(of: Phrase.isCalling.with("") + tail) - 8)
    }
    let wanted = min(TextWidth.columns(of: state.call.caller), Self.leastCaller)
    let tail = tails.first { room($0) >= wanted } ?? tails.last ?? " "
    return (TextWidth.fitName(state.call.caller, width: room(tail)), tail)
  }
}
