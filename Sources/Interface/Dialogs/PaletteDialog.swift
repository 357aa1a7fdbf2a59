import Console

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
    guard !state.entries.isEmpty else {
      canvas.paragraph(Phrase.paletteNothing.text, row: 2, style: .dim, indent: 2)
      return canvas
    }
    let window = ListWindow(
      count: state.entries.count, selection: state.selection, height: max(0, rows - 4))
    for (offset, index) in window.visible.enumerated() {
      draw(
        state.entries[index], isSelected: index == state.selection, row: 2 + offset, in: &canvas)
    }
    return canvas
  }

  private func draw(
    _ entry: PaletteState.Entry, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns
    let keys = 12
    let isOff = entry.disabledReason != nil
    canvas.put(
      TextWidth.fit(entry.keys, width: keys), column: 2, row: row,
      style: isOff || entry.isChat ? .dim : .accent)
    var line = Line(entry.title, isSelected ? .selected : isOff ? .dim : .plain)
    if let reason = entry.disabledReason { line += Line("  " + reason, .warning) }
    canvas.put(line.fitted(to: width - keys - 4), column: keys + 4, row: row)
    if isSelected { canvas.selectionMark(row: row, isFocused: true) }
  }
}
