import Phrases
import ScreenState

/// Everything there is to do, with its keys, and all chats, filtered by what is typed.
struct PaletteDialog {
  var state: PaletteState

  /// As high as there is room, so that nothing moves while one types.
  func content(width: Int, rows: Int) -> Canvas {
    var canvas = Canvas(Size(columns: width, rows: rows))
    canvas.put("▸", column: 0, row: 0, style: .accent)
    canvas.draw(
      in: Rect(column: 2, row: 0, columns: width - 2, rows: 1),
      FieldView(field: state.field, isFocused: true).canvas)
    canvas.put(BottomLine.line(state.hints, width: width), column: 0, row: rows - 1)
    // Empty rows between field, list and keys, where the list can spare them.
    let gap = rows >= 9 ? 1 : 0
    let area = Rect(column: 0, row: 1 + gap, columns: width, rows: max(0, rows - 2 - 2 * gap))
    guard !state.entries.isEmpty else {
      canvas.draw(in: area) { size in
        var words = Canvas(size)
        words.paragraph(Phrase.paletteNothing.text, row: 0, style: .dim, indent: 2)
        return words
      }
      return canvas
    }
    let window = ListWindow(state.entries, selection: state.selection, height: area.rows)
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.entries[index], isSelected: index == state.selection, row: area.row + offset,
        in: &canvas)
      canvas.setTarget(.dialogRow(index - (state.selection ?? 0)), row: area.row + offset)
    }
    return canvas
  }

  private func draw(
    _ entry: PaletteState.Entry, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns
    let keys = width < 50 ? 6 : 12
    let isOff = entry.disabledReason != nil
    canvas.put(
      TextWidth.fit(entry.keys, width: keys), column: 2, row: row,
      style: isOff || entry.isChat ? .dim : .accent)
    var line = StyledLine(entry.title, isSelected ? .selected : isOff ? .dim : .plain)
    if let reason = entry.disabledReason { line += StyledLine("  " + reason, .warning) }
    canvas.put(line.fitted(to: width - keys - 4), column: keys + 4, row: row)
    if isSelected { canvas.selectRow(row, isFocused: true) }
  }
}
