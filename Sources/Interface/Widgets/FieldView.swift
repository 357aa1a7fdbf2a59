import ScreenState

/// A field being typed into, as one row of cells.
struct FieldView {
  var field: FieldState
  /// Keys go to this field: it shows the cursor.
  var isFocused: Bool

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    switch field.style {
    case .plain, .lines: draw(Array(field.text), in: &canvas)
    case .secret: draw(field.text.map { _ in "•" }, in: &canvas)
    case .code(let places): draw(places, in: &canvas)
    case .choice(let options): drawChoice(among: options, in: &canvas)
    }
    return canvas
  }

  private func drawChoice(among options: [String], in canvas: inout Canvas) {
    let width = canvas.size.columns
    let widths = options.map { TextWidth.columns(of: $0) + 4 }
    if widths.reduce(0, +) + 2 * (options.count - 1) > width {
      // Where not all have room, the chosen one has all of it, and its number says that there are more.
      let place = " \((options.firstIndex(of: field.text) ?? 0) + 1)/\(options.count)"
      let room = max(1, width - 4 - TextWidth.columns(of: place))
      let style: Style = isFocused ? Style.accent.strong : .bold
      let column = canvas.put(
        "‹ \(TextWidth.fit(field.text, width: room)) ›", column: 0, row: 0, style: style)
      canvas.put(place, column: column, row: 0, style: .dim)
      return
    }
    var column = 0
    for option in options {
      let isChosen = option == field.text
      let style: Style = isChosen ? isFocused ? Style.accent.strong : .bold : .dim
      column =
        canvas.put((isChosen ? "(•) " : "( ) ") + option, column: column, row: 0, style: style) + 2
    }
  }

  /// Text longer than the field moves so that the cursor stays in sight.
  private func draw(_ characters: [Character], in canvas: inout Canvas) {
    let width = canvas.size.columns
    guard width > 0 else { return }
    canvas.restyle(Rect(canvas.size)) { _ in Style(.plain, underlined: true) }
    if characters.isEmpty, !field.placeholder.isEmpty {
      // In brackets, so that nobody takes it for text that is already there.
      canvas.put(
        "(\(field.placeholder))", column: 0, row: 0, style: Style(.dim, underlined: true),
        width: width)
    }
    let cursor = max(0, min(field.cursor, characters.count))
    let widths = characters.map { TextWidth.columns(of: String($0)) }
    var first = 0
    var column = widths[..<cursor].reduce(0, +)
    while column >= width, first < cursor {
      column -= widths[first]
      first += 1
    }
    let style = Style(.plain, underlined: true, reversed: isFocused && field.isSelected)
    // What is in sight, and in order where some of it goes from right to left.
    var end = first
    var room = width
    while end < characters.count, widths[end] <= room {
      room -= widths[end]
      end += 1
    }
    if let row = WrittenRow(characters, first..<end) {
      canvas.put(row.line(style), column: 0, row: 0)
      column = min(row.columns[cursor - first], width - 1)
    } else {
      canvas.put(String(characters[first...]), column: 0, row: 0, style: style)
    }
    if isFocused { canvas.cursor = Point(column: column, row: 0) }
  }

  private func draw(_ places: Int, in canvas: inout Canvas) {
    let digits = Array(field.text)
    for place in 0..<places {
      let digit = place < digits.count ? String(digits[place]) : "_"
      let style: Style = place < digits.count ? .bold : .dim
      canvas.put(digit, column: place * 2, row: 0, style: style)
    }
    if isFocused {
      canvas.cursor = Point(column: min(field.cursor, max(0, places - 1)) * 2, row: 0)
    }
  }
}

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
      canvas.setTarget(.dialogField(index - selection), row: row)
    }
    return canvas
  }
}
