import Domain
import ScreenState

/// The newest notice, in the place of the rule above the bottom line, so that it covers nothing.
///
/// One that is longer than a row takes another row from the panes, which give it up while it stands.
struct NoticeBar {
  var notices: [Notice]
  /// Of the whole terminal.
  var size: Size

  /// Below so many rows of the terminal none of the panes' is given up.
  private static let tall = 16

  /// Rows that a notice may take: the rule's, and one of the panes' where there are many.
  private var most: Int { size.rows < Self.tall ? 1 : 2 }

  /// How many rows it takes; 0 without a notice.
  var rows: Int { lines(width: size.columns).count }

  /// Draws it over a rule, of which the rest stays.
  ///
  /// - Parameter area: as many rows as it takes; the rule is the first.
  func draw(in area: Rect, of canvas: inout Canvas) {
    for (offset, line) in lines(width: area.columns).enumerated() {
      canvas.put(
        line + StyledLine(" "), column: area.column, row: area.row + offset, width: area.columns)
    }
    guard !others.isEmpty else { return }
    canvas.put(
      " \(others) ", column: area.column, row: area.row, style: Style.accent.strong,
      width: area.columns - 1, alignment: .right)
  }

  /// How many more there are: the next is shown when this one has gone.
  private var others: String { notices.count > 1 ? "+\(notices.count - 1)" : "" }

  private func lines(width: Int) -> [StyledLine] {
    guard let notice = notices.last else { return [] }
    let room = width - 4 - (others.isEmpty ? 0 : TextWidth.columns(of: others) + 3)
    let text =
      notice.hint.map { Self.sentence(notice.text) + " " + Self.sentence($0) } ?? notice.text
    let wrapped = TextWidth.wrap(text, width: max(1, room))
    return wrapped.prefix(most).enumerated().map { index, piece in
      let isCut = index == most - 1 && wrapped.count > most
      return StyledLine(index == 0 ? " \(notice.kind.sign) " : "   ", notice.kind.style.strong)
        + StyledLine(isCut ? piece + " …" : piece, index == 0 ? .bold : .plain)
    }
  }

  private static func sentence(_ text: String) -> String {
    text.last.map(".!?…".contains) == true ? text : text + "."
  }
}

extension NoticeKind {
  var sign: String {
    switch self {
    case .info: "·"
    case .success: "✓"
    case .warning: "!"
    case .failure: "✗"
    }
  }

  var style: Style {
    switch self {
    case .info: .accent
    case .success: .gain
    case .warning: .warning
    case .failure: .loss
    }
  }
}
