import Phrases
import ScreenState

/// The first-run wizard, a page at a time on the whole screen.
struct WizardScreen: Pane {
  var state: WizardState
  /// Columns at the end of the last row that belong to somebody else.
  var reserved = 0

  /// Columns of words that must remain beside a QR code.
  private static let leastWords = 30

  /// Rows enough for the longest page: a server's words are cut long before.
  private static let mostRows = 200

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    canvas.setTarget(.dialog, Rect(size))
    let width = size.columns - 2
    // Where every column counts, the title comes first.
    let steps =
      size.columns < 60
      ? "\(state.step)/\(state.steps)" : Phrase.stepOf.with("\(state.step)", "\(state.steps)")
    canvas.put(
      state.title, column: 1, row: 0, style: Style.accent.strong,
      width: width - TextWidth.columns(of: steps) - 1)
    canvas.put(steps, column: 1, row: 0, style: .dim, width: width, alignment: .right)
    let (area, code) = areas(size)
    code?.draw(in: &canvas, column: area.columns, row: area.row)
    let page = page(Size(columns: area.columns, rows: area.rows))
    canvas.draw(in: area, page.canvas)
    canvas.horizontalRule(row: size.rows - 2)
    let mark = page.mark(rows: area.rows)
    canvas.put(mark, column: size.columns - mark.width - 1, row: size.rows - 2)
    canvas.draw(foot(size), column: 0, row: size.rows - 1)
    return canvas
  }

  /// The last row: which keys do something here.
  func foot(_ size: Size) -> Canvas {
    var canvas = Canvas(Size(columns: size.columns, rows: 1))
    canvas.put(
      BottomLine.line(state.hints, width: size.columns - 2 - reserved), column: 1, row: 0)
    return canvas
  }

  /// What is in sight of the page on a terminal of this size.
  func place(_ size: Size) -> PagePlace {
    let (area, _) = areas(size)
    return page(Size(columns: area.columns, rows: area.rows)).place(rows: area.rows)
  }

  /// Where the words stand, and the code beside them if there is room for one.
  ///
  /// All rows but those of the title and the keys; a code takes every one of a small terminal.
  private func areas(_ size: Size) -> (words: Rect, code: QRCodeView?) {
    var area = Rect(column: 0, row: 1, columns: size.columns, rows: max(0, size.rows - 3))
    let room = Size(columns: max(0, area.columns - Self.leastWords), rows: area.rows)
    let code = state.picture.flatMap { QRCodeView($0, in: room) }
    if let code { _ = area.takeRight(code.size.columns) }
    return (area, code)
  }

  /// What the page asks and says.
  private func page(_ size: Size) -> PageWindow {
    // An empty row under the title, where there is one to spare.
    let top = size.rows >= 13 ? 1 : 0
    var canvas = Canvas(Size(columns: size.columns, rows: Self.mostRows))
    var row = top
    for text in state.introduction {
      row = canvas.paragraph(text, row: row)
    }
    if !state.introduction.isEmpty { row += 1 }
    let first = row
    row = drawPage(in: &canvas, row: row)
    var focus = selectedRows(of: canvas, from: first, to: row)
    row += 1
    let notes: [(String?, Style)] = [
      (state.problem, .loss), (state.progress, .accent), (state.delivered, Style.accent.strong),
      (state.note, .dim), (state.picture.map { Phrase.scanSays.with($0) }, .dim),
    ]
    for case (let text?, let style) in notes {
      row = canvas.paragraph(text, row: row, style: style) + 1
      if text == state.problem { focus = focus.lowerBound..<row - 1 }
    }
    return PageWindow(
      content: canvas.top(rows: max(0, row - 1)), focus: focus, scroll: state.scroll)
  }

  /// What the keys go to: the field with the cursor, or the chosen row.
  private func selectedRows(of canvas: Canvas, from first: Int, to end: Int) -> Range<Int> {
    switch state.page {
    case .form(let inputs, let selection):
      let row = canvas.cursor?.row ?? first + 2 * selection
      return inputs.isEmpty ? 0..<0 : row..<row + 1
    case .services:
      let row = (first..<end).first { canvas[1, $0].text == "▸" } ?? first
      let next = (row + 1..<max(row + 1, end)).first { canvas[2, $0].text == "[" } ?? end
      return row..<max(row + 1, next)
    case .done: return 0..<0
    }
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
      let first = row
      let indent = 6 + titles + 3
      row = canvas.paragraph(choice.explanation, row: row, style: .dim, indent: indent)
      if let account = choice.account {
        row = canvas.paragraph(account, row: row, style: .gain, indent: indent)
      }
      canvas.setTarget(.dialogRow(index - selection), row: first, rows: row - first)
    }
    return row
  }
}
