import Console

/// The first-run wizard, a page at a time on the whole screen.
struct WizardScreen: Pane {
  var state: WizardState

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    let width = size.columns - 2
    let steps = Phrase.stepOf.with("\(state.step)", "\(state.steps)")
    canvas.put(state.title, column: 1, row: 0, style: Style.accent.strong, width: width - 10)
    canvas.put(steps, column: 1, row: 0, style: .dim, width: width, alignment: .right)
    var row = 2
    for text in state.introduction {
      row = canvas.paragraph(text, row: row)
    }
    if !state.introduction.isEmpty { row += 1 }
    row = drawPage(in: &canvas, row: row) + 1
    let notes: [(String?, Style)] = [
      (state.problem, .loss), (state.progress, .accent), (state.delivered, Style.accent.strong),
      (state.note, .dim),
    ]
    for case (let text?, let style) in notes {
      row = canvas.paragraph(text, row: row, style: style) + 1
    }
    canvas.horizontalRule(row: size.rows - 2)
    canvas.put(
      BottomLine.line(state.hints, width: size.columns - 2), column: 1, row: size.rows - 1)
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
