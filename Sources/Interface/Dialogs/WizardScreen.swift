import Console

/// The first-run wizard, a page at a time on the whole screen.
struct WizardScreen: Pane {
  var state: WizardState

  /// Columns of words that must remain beside a QR code.
  private static let leastWords = 30

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let width = size.columns - 2
    let steps = Phrase.stepOf.with("\(state.step)", "\(state.steps)")
    canvas.put(state.title, column: 1, row: 0, style: Style.accent.strong, width: width - 10)
    canvas.put(steps, column: 1, row: 0, style: .dim, width: width, alignment: .right)
    // All rows but those of the title and the keys; a code takes every one of a small terminal.
    var area = Rect(column: 0, row: 1, columns: size.columns, rows: size.rows - 3)
    let room = Size(columns: max(0, area.columns - Self.leastWords), rows: area.rows)
    if let code = state.picture.flatMap({ QRCodeView($0, in: room) }) {
      let place = area.takeRight(code.size.columns)
      code.draw(in: &canvas, column: place.column, row: place.row)
    }
    canvas.draw(in: area, words)
    canvas.horizontalRule(row: size.rows - 2)
    canvas.put(
      BottomLine.line(state.hints, width: size.columns - 2), column: 1, row: size.rows - 1)
    return canvas
  }

  /// What the page asks and says.
  private func words(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    var row = 1
    for text in state.introduction {
      row = canvas.paragraph(text, row: row)
    }
    if !state.introduction.isEmpty { row += 1 }
    row = drawPage(in: &canvas, row: row) + 1
    let notes: [(String?, Style)] = [
      (state.problem, .loss), (state.progress, .accent), (state.delivered, Style.accent.strong),
      (state.note, .dim), (state.picture.map { Phrase.scanSays.with($0) }, .dim),
    ]
    for case (let text?, let style) in notes {
      row = canvas.paragraph(text, row: row, style: style) + 1
    }
    return canvas
  }

  private func drawPage(in canvas: inout Canvas, row: Int) -> Int {
    switch state.page {
    case .services(let choices, let selection):
      return draw(choices, selection, in: &canvas, row: row)
    case .form(let inputs, let selection):
      let form = InputRows(inputs: inputs, selection: selection, spacing: 1)
      canvas.draw(
        in: Rect(column: 1, row: row, columns: canvas.size.columns - 3, rows: form.rows),
        form.canvas)
      return row + form.rows
    case .done(let lines):
      return lines.reduce(row) { row, line in
        canvas.put("✓", column: 1, row: row, style: .gain)
        return canvas.paragraph(line, row: row, indent: 3)
      }
    }
  }

  private func draw(
    _ choices: [WizardState.Choice], _ selection: Int, in canvas: inout Canvas, row: Int
  ) -> Int {
    let titles = choices.map { TextWidth.columns(of: $0.title) }.max() ?? 0
    var row = row
    for (index, choice) in choices.enumerated() {
      let isSelected = index == selection
      let style: Style = isSelected ? .selected : .plain
      canvas.put(isSelected ? "▸" : " ", column: 1, row: row, style: .accent)
      canvas.put(choice.isChosen ? "[x]" : "[ ]", column: 2, row: row, style: style)
      canvas.put(choice.title, column: 6, row: row, style: style.strong)
      row = canvas.paragraph(choice.explanation, row: row, style: .dim, indent: 6 + titles + 3)
    }
    return row
  }
}
