import Phrases
import ScreenState

/// The last line: which keys do something here, and how much waits for an answer.
struct BottomLine: Pane {
  var hints: [Hint]
  var attention: Int

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    var room = size.columns - 2
    if attention > 0 {
      // Where there is little room the number says it.
      let words = size.columns < Self.narrow ? "\(attention)" : Phrase.needYou.with("\(attention)")
      let line = ClickableLine(
        StyledLine(words, Style.accent.strong) + StyledLine("  ^N", .dim), .key(.control("n")))
      canvas.put(line, column: 1, row: 0, width: room, alignment: .right)
      room -= line.width + 2
    }
    canvas.put(Self.line(hints, width: room), column: 1, row: 0)
    return canvas
  }

  /// Below so many columns every word counts.
  private static let narrow = 60

  /// As many hints as fit, the most important first; `…` stands for the others.
  ///
  /// Those that lead to all the others stay, by their keys alone where nothing else had room.
  static func line(_ hints: [Hint], width: Int) -> ClickableLine {
    let entries = hints.map { Entry(line: $0.line, isLasting: $0.isLasting, press: $0.press) }
    if let all = fitted(entries, count: entries.count, width: width) { return all }
    let short = hints.map { hint in
      Entry(
        line: hint.isLasting ? StyledLine(hint.key, .accent) : hint.line,
        isLasting: hint.isLasting, press: hint.press)
    }
    let others = entries.count { !$0.isLasting }
    let least = min(1, others)
    for entries in [entries, short] {
      for count in stride(from: others, through: least, by: -1) {
        if let line = fitted(entries, count: count, width: width) { return line }
      }
    }
    return fitted(short, count: 0, width: width) ?? ClickableLine()
  }

  private struct Entry {
    let line: StyledLine
    let isLasting: Bool
    let press: Key?
  }

  /// The lasting entries and the first `count` others; nil where they do not fit.
  private static func fitted(
    _ entries: [Entry], count: Int, width: Int
  ) -> ClickableLine? {
    var line = ClickableLine()
    var left = count
    var isCut = false
    for entry in entries {
      if !entry.isLasting {
        guard left > 0 else {
          isCut = true
          continue
        }
        left -= 1
      }
      line.append(StyledLine(line.isEmpty ? "" : "  "))
      line.append(entry.line, entry.press.map(ScreenTarget.key))
    }
    if isCut { line.append(StyledLine(line.isEmpty ? "…" : "  …", .dim)) }
    return line.width <= width ? line : nil
  }
}

extension Hint {
  /// The key, and what it does.
  var line: StyledLine {
    StyledLine(key, isEnabled ? .accent : .dim) + StyledLine(" " + label, isEnabled ? .plain : .dim)
  }
}
