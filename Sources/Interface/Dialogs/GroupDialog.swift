import Phrases
import ScreenState

/// A group and who is in it.
struct GroupDialog {
  var state: GroupState

  func content(width: Int, rows limit: Int) -> Canvas {
    var rows = DialogRows(width: width)
    rows.line(StyledLine(state.title, .bold))
    rows.line(StyledLine(summary, .dim))
    rows.gap()
    // What stands below the members is always there.
    let rest = 4 + (state.problem == nil ? 0 : 3)
    let window = ListWindow(
      count: state.members.count, selection: state.selection, height: max(1, limit - rest - 2))
    for index in window.visible {
      let isSelected = index == state.selection
      let line = Self.line(state.members[index], isSelected: isSelected)
      rows.add { canvas, row in
        canvas.put(line, column: 2, row: row, width: width - 2)
        canvas.setTarget(.dialogRow(index - (state.selection ?? 0)), row: row)
        if isSelected { canvas.selectRow(row, isFocused: true) }
      }
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

  private var summary: String {
    state.isActive ? Phrase.membersCount.with("\(state.members.count)") : Phrase.youLeftGroup.text
  }

  private static func line(_ member: GroupState.Member, isSelected: Bool) -> StyledLine {
    let style: Style = isSelected ? .selected : .plain
    if member.isOwn {
      return StyledLine(Phrase.you.text, style) + StyledLine("  " + member.id, .dim)
    }
    guard let name = member.name, name != member.id else { return StyledLine(member.id, style) }
    return StyledLine(name, style) + StyledLine("  " + member.id, .dim)
  }
}
