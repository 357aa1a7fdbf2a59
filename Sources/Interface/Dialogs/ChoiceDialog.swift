import Domain
import Phrases
import ScreenState

/// Something to choose: options beside each other, or below each other.
struct ChoiceDialog {
  var state: ChoiceState

  /// The width that the options of a list would like to have.
  static func width(_ state: ChoiceState) -> Int {
    let widest = state.options.map { option in
      TextWidth.columns(of: option.label) + TextWidth.columns(of: option.note) + 6
    }
    return max(ScreenLayout.questionWidth, widest.max() ?? 0)
  }

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    if !state.introduction.isEmpty {
      rows.isMinor = true
      rows.line(StyledLine(TextWidth.fit(harmless(state.introduction), width: width), .dim))
      rows.isMinor = false
      rows.gap()
    }
    if let filter = state.filter {
      rows.add { canvas, row in
        canvas.put("▸", column: 0, row: row, style: Style.accent.strong)
        canvas.put(filter.text, column: 2, row: row, width: width - 2)
        let before = TextWidth.columns(of: String(filter.text.prefix(filter.cursor)))
        canvas.cursor = Point(column: min(2 + before, width - 1), row: row)
      }
      rows.gap()
    }
    if state.isRow {
      rows.line(row)
    } else {
      addList(to: &rows, limit: limit)
    }
    if let problem = state.problem {
      rows.gap()
      rows.text(problem, .loss)
    }
    if let progress = state.progress { rows.line(StyledLine(progress, .accent)) }
    rows.gap()
    rows.line(BottomLine.line(state.hints, width: width))
    return rows.canvas(rows: limit)
  }

  private var row: ClickableLine {
    var line = ClickableLine()
    for (index, option) in state.options.enumerated() {
      let isSelected = index == state.selection
      let style: Style =
        isSelected ? Style.focus : .plain
      let mark = option.isCurrent ? "✓" : " "
      line.append(StyledLine(index == 0 ? "" : " "))
      line.append(
        StyledLine("\(index + 1)", .dim) + StyledLine(" \(option.label)\(mark)", style),
        .dialogRow(index - (state.selection ?? 0)))
    }
    return line
  }

  private func addList(to rows: inout DialogRows, limit: Int) {
    // What stands above and below the list: with the gaps, and what must be there.
    let least = 1 + (state.filter == nil ? 0 : 1) + (state.problem == nil ? 0 : 2)
    let rest = least + 1 + (state.introduction.isEmpty ? 0 : 2) + (state.filter == nil ? 0 : 1)
    let room = state.options.count <= limit - rest ? limit - rest : limit - least
    let window = ListWindow(
      count: state.options.count, selection: state.selection, height: max(1, room))
    let width = rows.width
    for index in window.visible {
      let option = state.options[index]
      let isSelected = index == state.selection
      let line =
        StyledLine(option.label, isSelected ? .selected : .plain)
        + StyledLine(option.note.isEmpty ? "" : "  " + option.note, .dim)
      rows.add { canvas, row in
        canvas.put(line, column: 2, row: row, width: width - 2)
        canvas.setTarget(.dialogRow(index - (state.selection ?? 0)), row: row)
        if isSelected { canvas.selectRow(row, isFocused: true) }
      }
    }
    if state.options.isEmpty { rows.line(StyledLine(Phrase.nothingMatches.text, .dim), column: 2) }
  }
}
