import Domain
import Phrases
import ScreenState

/// People, chats and numbers: the field, a row each, and what is waited for.
struct PeopleDialog {
  /// The width that it would like to have.
  static let width = 84

  var state: PeopleState

  /// As high as there is room, so that nothing moves while one types.
  func content(width: Int, rows: Int) -> Canvas {
    var canvas = Canvas(Size(columns: width, rows: rows))
    canvas.put("▸", column: 0, row: 0, style: .accent)
    canvas.draw(
      in: Rect(column: 2, row: 0, columns: width - 2, rows: 1),
      FieldView(field: state.field, isFocused: state.progress == nil).canvas)
    canvas.put(BottomLine.line(state.hints, width: width), column: 0, row: rows - 1)
    // Empty rows between field, list and keys, where the list can spare them.
    let gap = rows >= 9 ? 1 : 0
    var area = Rect(column: 0, row: 1 + gap, columns: width, rows: max(0, rows - 2 - 2 * gap))
    if let line = remark {
      let wrapped = TextWidth.wrap(line.text, width: width - 2)
      let place = area.takeBottom(min(wrapped.count, max(1, area.rows / 2)))
      for (offset, text) in wrapped.prefix(place.rows).enumerated() {
        canvas.put(text, column: 2, row: place.row + offset, style: line.style)
      }
    }
    guard !state.rows.isEmpty else {
      canvas.draw(in: area) { size in
        var words = Canvas(size)
        words.paragraph(state.empty, row: 0, style: .dim, indent: 2)
        return words
      }
      return canvas
    }
    let window = ListWindow(state.rows, selection: state.selection, height: area.rows)
    for (offset, index) in window.visible.enumerated() {
      let row = area.row + offset
      draw(state.rows[index], isSelected: index == state.selection, row: row, in: &canvas)
      canvas.setTarget(.dialogRow(index - (state.selection ?? 0)), row: row)
    }
    return canvas
  }

  private var remark: (text: String, style: Style)? {
    if let problem = state.problem { return (problem, .loss) }
    return state.progress.map { ($0, .accent) }
  }

  /// Who, at which service, and by which number.
  private func draw(
    _ entry: PeopleState.Row, isSelected: Bool, row: Int, in canvas: inout Canvas
  ) {
    let width = canvas.size.columns - 3
    let service = width < 60 ? entry.service?.letter : entry.service?.title
    let right = StyledLine(
      [entry.detail, service ?? ""].filter { !$0.isEmpty }.joined(separator: "  "), .dim)
    var mark = entry.identity?.mark ?? StyledLine()
    if entry.isOnline { mark += StyledLine(" •", .gain) }
    let room = max(width / 3, width - right.width - 2)
    let name = TextWidth.fitName(entry.name, width: room - mark.width)
    canvas.put(
      StyledLine(name, isSelected ? .selected : .plain) + mark, column: 2, row: row)
    canvas.put(
      right.fitted(to: max(0, width - room - 2)), column: room + 4, row: row,
      width: width - room - 2, alignment: .right)
    if isSelected { canvas.selectRow(row, isFocused: true) }
  }
}
