import Phrases
import ScreenState

/// The last line: which keys do something here, and how much waits for an answer.
struct BottomLine {
  var hints: [Hint]
  var attention: Int

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    var room = size.columns - 2
    if attention > 0 {
      let line = Line(Phrase.needYou.with("\(attention)"), Style.accent.strong) + Line("  ^N", .dim)
      canvas.put(line, column: 1, row: 0, width: room, alignment: .right)
      room -= line.width + 2
    }
    canvas.put(Self.line(hints, width: room), column: 1, row: 0)
    return canvas
  }

  /// As many hints as fit, the most important first.
  static func line(_ hints: [Hint], width: Int) -> Line {
    var line = Line()
    for hint in hints {
      let entry = Line(line.spans.isEmpty ? "" : "  ") + hint.line
      guard line.width + entry.width <= width else { break }
      line += entry
    }
    return line
  }
}

extension Hint {
  /// The key, and what it does.
  var line: Line {
    Line(key, isEnabled ? .accent : .dim) + Line(" " + label, isEnabled ? .plain : .dim)
  }
}
