import Phrases

/// Text that is being written, broken into rows, with the cursor's place in it.
///
/// Breaks between words where it can, as `TextWidth.wrap` does, but loses no character: the cursor
/// may stand on any of them.
struct TextRows: Equatable {
  /// As they are written.
  private(set) var rows: [String] = []
  /// Rows that are seen in another order than they are written, by their numbers.
  private var orders: [Int: WrittenRow] = [:]
  /// Where the character after the cursor stands.
  private(set) var cursor = Point(column: 0, row: 0)

  /// A row as it is seen.
  func line(_ row: Int, _ style: Style) -> StyledLine {
    orders[row]?.line(style) ?? StyledLine(rows[row], style)
  }

  /// - Parameters:
  ///   - cursor: characters before it.
  ///   - width: columns of a row, the cursor's own included.
  init(_ text: String, cursor position: Int, width: Int) {
    let width = max(2, width)
    let characters = Array(text)
    let turns = hasRightToLeft(text)
    let widths = characters.map { $0.isNewline ? 0 : TextWidth.columns(of: String($0)) }
    var start = 0
    while true {
      let end = Self.end(of: start, in: characters, widths, width: width)
      let isBreak = end < characters.count && characters[end].isNewline
      // The cursor stands before the break, or at the beginning of the next row.
      let isHere =
        start...end ~= position
        && (position < end || isBreak || end == characters.count)
      let order = turns ? WrittenRow(characters, start..<end) : nil
      if isHere {
        let column = order?.columns[position - start] ?? widths[start..<position].reduce(0, +)
        cursor = Point(column: column, row: rows.count)
      }
      orders[rows.count] = order
      rows.append(String(characters[start..<end]))
      guard end < characters.count else { return }
      start = isBreak ? end + 1 : end
    }
  }

  /// Where the row ends that begins at `start`: at a line break, after the last space before the
  /// edge, or at the edge, which leaves a column for the cursor.
  private static func end(
    of start: Int, in characters: [Character], _ widths: [Int], width: Int
  ) -> Int {
    var column = 0
    var lastSpace: Int?
    for index in start..<characters.count {
      if characters[index].isNewline { return index }
      column += widths[index]
      if column >= width, index > start { return lastSpace.map { $0 + 1 } ?? index }
      if characters[index] == " " { lastSpace = index }
    }
    return characters.count
  }
}
