import ScreenState

/// Settings below each other, each with its value between arrows.
struct SettingsDialog {
  /// The longest note takes two rows then.
  static let width = 60

  var state: SettingsState

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.gap()
    let column = 4 + (state.rows.map { TextWidth.columns(of: $0.label) }.max() ?? 0)
    // Keys, and why something is not as it should be, have their rows before the settings do.
    let rest = 1 + (state.problem == nil ? 0 : 2)
    let window = ListWindow(
      count: state.rows.count, selection: state.selection, height: max(1, limit - rest))
    for index in window.visible {
      let setting = state.rows[index]
      // On a small terminal why something is not as it should be comes before the others.
      rows.isMinor = state.problem != nil && index != state.selection
      rows.add { canvas, row in
        canvas.put(setting.label, column: 2, row: row, width: width - 2)
        canvas.put(
          "‹ \(TextWidth.fit(setting.value, width: max(1, width - column - 5))) ›", column: column,
          row: row, style: .bold)
        if index == state.selection { canvas.selectRow(row, isFocused: true) }
      }
    }
    rows.isMinor = false
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    if let note = state.note {
      rows.gap()
      rows.isMinor = true
      rows.text(note, .dim)
      rows.isMinor = false
    }
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }
}
