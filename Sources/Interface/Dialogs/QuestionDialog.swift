import ScreenState

/// A question before something that cannot be undone: what is lost, and the two answers.
///
/// The answers are always in sight, beside each other where rows are scarce. The words before them
/// scroll where even then they have no room.
struct QuestionDialog {
  var state: ChoiceState

  /// What is in sight of the words.
  func place(_ size: Size) -> PagePlace { words(size).place(rows: wordRows(size)) }

  /// Of at most this size, as high as it needs to be.
  func canvas(_ size: Size) -> Canvas {
    let words = words(size)
    let answers = answers(size)
    var foot = foot(size)
    let rows = min(words.content.size.rows, wordRows(size))
    // Empty rows between the parts, where there are some to spare.
    let gap = rows + answers.count + foot.count + 2 <= size.rows ? 1 : 0
    let height = rows + gap + answers.count + gap + foot.count
    var canvas = Canvas(Size(columns: size.columns, rows: min(size.rows, height)))
    var area = Rect(canvas.size)
    canvas.draw(in: area.takeTop(rows), words.canvas)
    // Beside the keys: which ones lead to the words that are out of sight.
    let mark = words.mark(rows: rows)
    foot[foot.count - 1] = BottomLine.line(state.hints, width: size.columns - mark.width)
    var row = rows + gap
    for (index, line) in (answers + foot).enumerated() {
      if index == answers.count { row += gap }
      canvas.put(line, column: 0, row: row, width: size.columns)
      row += 1
    }
    canvas.put(mark, column: size.columns - mark.width, row: canvas.size.rows - 1)
    return canvas
  }

  private func words(_ size: Size) -> PageWindow {
    var content = Canvas(Size(columns: size.columns, rows: Self.mostRows))
    let lines = TextWidth.wrap(state.introduction, width: size.columns)
    for (row, line) in lines.enumerated() { content.put(line, column: 0, row: row) }
    var rows = lines.count
    if let problem = state.problem {
      for line in TextWidth.wrap(problem, width: size.columns) {
        content.put(line, column: 0, row: rows, style: .loss)
        rows += 1
      }
    }
    // What went wrong is kept in sight.
    let focus = state.problem == nil ? 0..<0 : lines.count..<rows
    return PageWindow(content: content.top(rows: rows), focus: focus, scroll: state.scroll)
  }

  /// Rows enough for a server's longest reason in the narrowest terminal.
  private static let mostRows = 200

  private func wordRows(_ size: Size) -> Int {
    max(0, size.rows - answers(size).count - foot(size).count)
  }

  /// Below each other, or beside each other where the words need the rows.
  private func answers(_ size: Size) -> [ClickableLine] {
    let lines = state.options.enumerated().map { index, option in
      let isSelected = index == state.selection
      let style = isSelected ? Style.focus : .plain
      return ClickableLine(
        StyledLine(" \(option.label) ", style), .dialogRow(index - (state.selection ?? 0)))
    }
    let words = TextWidth.wrap(state.introduction, width: size.columns).count
    let row = lines.reduce(into: ClickableLine()) { row, answer in
      if !row.isEmpty { row.append(StyledLine("  ")) }
      row.append(answer)
    }
    let isTight = words + lines.count + foot(size).count > size.rows
    return isTight && row.width <= size.columns ? [row] : lines
  }

  /// What is waited for, and the keys.
  private func foot(_ size: Size) -> [ClickableLine] {
    (state.progress.map { [ClickableLine(StyledLine($0, .accent))] } ?? [])
      + [BottomLine.line(state.hints, width: size.columns)]
  }
}
