import Phrases
import ScreenState

/// Every command with its keys, in groups, less of them as one types; what does nothing now says why.
struct HelpOverlay {
  /// Keys, what they do, and most commands of the command line beside them.
  static let width = 100

  var state: HelpState

  /// As high as there is room, so that nothing moves while one types. It is cut and says how much
  /// follows.
  func content(width: Int, rows: Int) -> Canvas {
    var canvas = Canvas(Size(columns: width, rows: rows))
    canvas.put("▸", column: 0, row: 0, style: .accent)
    canvas.draw(
      in: Rect(column: 2, row: 0, columns: width - 2, rows: 1),
      FieldView(field: state.filter, isFocused: true).canvas)
    guard !state.groups.isEmpty else {
      canvas.put(Phrase.paletteNothing.text, column: 2, row: 1, style: .dim, width: width - 2)
      return canvas
    }
    let lines = lines(width: width)
    let first = max(0, min(state.scroll, end(width: width, rows: rows)))
    let height = max(0, min(rows - Self.head, lines.count - first))
    for (row, line) in lines[first..<first + height].enumerated() {
      canvas.put(line, column: 0, row: Self.head + row, width: width)
    }
    let below = lines.count - first - height
    if below > 0, height > 0 {
      let more = StyledLine(" ↓ \(below) ", .accent)
      canvas.put(more, column: width - more.width, row: rows - 1)
    }
    return canvas
  }

  /// The field's row.
  private static let head = 1

  /// The first line when the last one is in sight.
  func end(width: Int, rows: Int) -> Int {
    max(0, lines(width: width).count - (rows - Self.head))
  }

  private func lines(width: Int) -> [StyledLine] {
    let entries = state.groups.flatMap(\.entries)
    // At least as wide as the widest of all, so that it stays while one types.
    let keys = max(12, min(18, entries.map { TextWidth.columns(of: $0.keys) }.max() ?? 0))
    let titles = entries.map { TextWidth.columns(of: $0.title) }.max() ?? 0
    var lines: [StyledLine] = []
    for group in state.groups {
      lines += [StyledLine(), StyledLine(group.title, .bold)]
      for entry in group.entries {
        let isOff = entry.disabledReason != nil
        let note: (text: String, style: Style)? =
          entry.disabledReason.map { ($0, .warning) } ?? entry.cli.map { ($0, .dim) }
        let room = width - keys - 2
        // Notes stand below each other, as far as each has room there.
        let own = TextWidth.columns(of: entry.title)
        let noted = note.map { TextWidth.columns(of: $0.text) + 2 } ?? 0
        let title = max(own, min(titles, room - noted))
        let isBeside = title + noted <= room
        let indent = StyledLine(String(repeating: " ", count: keys + 2))
        for (index, piece) in TextWidth.wrap(entry.title, width: max(8, room)).enumerated() {
          var line = indent
          if index == 0 {
            line = padded(TextWidth.fit(entry.keys, width: keys), keys, isOff ? .dim : .accent)
            line += StyledLine("  ")
          }
          line += padded(piece, isBeside ? title : 0, isOff ? .dim : .plain)
          if isBeside, index == 0, let note { line += StyledLine("  " + note.text, note.style) }
          lines.append(line)
        }
        // Where it has no room beside, it stands below, whole.
        guard !isBeside, let note else { continue }
        for piece in TextWidth.wrap(note.text, width: max(8, room - 2)) {
          lines.append(indent + StyledLine("  ") + StyledLine(piece, note.style))
        }
      }
    }
    return Array(lines.dropFirst())
  }

  private func padded(_ text: String, _ width: Int, _ style: Style) -> StyledLine {
    let space = max(0, width - TextWidth.columns(of: text))
    return StyledLine(text, style) + StyledLine(String(repeating: " ", count: space))
  }
}
