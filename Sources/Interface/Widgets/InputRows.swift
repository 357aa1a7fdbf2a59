import ScreenState

/// Labelled fields below each other, the one that has the keys marked.
struct InputRows {
  var inputs: [FormState.Input]
  var selection: Int
  /// Empty rows between two fields.
  var spacing = 0
  /// Columns of a field, if there is room.
  var fieldWidth = 48

  /// Rows that they take.
  var rows: Int { max(0, inputs.count * (1 + spacing) - spacing) }

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let labels = inputs.map { TextWidth.columns(of: $0.label) }.max() ?? 0
    for (index, input) in inputs.enumerated() {
      let isSelected = index == selection
      let row = index * (1 + spacing)
      canvas.put(isSelected ? "▸" : " ", column: 0, row: row, style: .accent)
      canvas.put(input.label, column: 2, row: row, style: isSelected ? .bold : .dim)
      let column = 2 + labels + 2
      let area = Rect(
        column: column, row: row, columns: min(fieldWidth, size.columns - column), rows: 1)
      canvas.draw(in: area, FieldView(field: input.field, isFocused: isSelected).canvas)
    }
    return canvas
  }
}
