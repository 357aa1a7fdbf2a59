import Phrases

/// What is written past curses, over cells that it has drawn: characters that it has no width for, and
/// links, which it does not know.
///
/// Each piece is placed by itself and takes as many columns as curses thinks, so that curses goes on
/// knowing what stands where.
struct Overprint {
  let appearance: Appearance
  let traits: TerminalTraits

  /// The bytes for one row; empty where there is nothing of that kind.
  ///
  /// - Parameter cells: all of the row.
  func sequence(_ cells: ArraySlice<Cell>, row: Int, of canvas: Canvas) -> String {
    var sequence = ""
    for (column, cell) in cells.enumerated() where cell.width > 0 {
      if traits.placement(of: cell.glyph) == .placed {
        sequence += appearance.sequence(of: cell.style)
        sequence += "\u{1b}[\(row + 1);\(column + 1)H\(cell.text)"
      }
    }
    guard traits.canLink, !canvas.links.isEmpty else { return sequence }
    return sequence + links(in: cells, row: row, of: canvas)
  }

  private func links(in cells: ArraySlice<Cell>, row: Int, of canvas: Canvas) -> String {
    var sequence = ""
    var start = cells.startIndex
    while start < cells.endIndex {
      let first = cells[start]
      let end =
        cells[start...].firstIndex { $0.link != first.link || $0.style != first.style }
        ?? cells.endIndex
      if let link = canvas.link(of: first), cells[start..<end].allSatisfy(isWritten) {
        let text = cells[start..<end].lazy.map(\.glyph).text
        sequence += appearance.sequence(of: first.style)
        sequence += "\u{1b}[\(row + 1);\(start - cells.startIndex + 1)H"
        sequence += "\u{1b}]8;id=\(link.id);\(link.address)\u{1b}\\\(text)\u{1b}]8;;\u{1b}\\"
      }
      start = end
    }
    return sequence
  }

  private func isWritten(_ cell: Cell) -> Bool { traits.placement(of: cell.glyph) == .written }
}

extension Appearance {
  /// The bytes that have the terminal write in a style.
  func sequence(of style: Style) -> String {
    let look = look(of: style)
    var codes = ["0"]
    let attributes: [(Theme.Attributes, String)] = [
      (.bold, "1"), (.dim, "2"), (.italic, "3"), (.underline, "4"), (.reverse, "7"),
    ]
    codes += attributes.filter { look.attributes.contains($0.0) }.map(\.1)
    if let colour = look.colour { codes.append(colour < 8 ? "3\(colour)" : "38;5;\(colour)") }
    if let colour = look.background { codes.append(colour < 8 ? "4\(colour)" : "48;5;\(colour)") }
    return "\u{1b}[\(codes.joined(separator: ";"))m"
  }
}

/// Where signs stand that keep a terminal from turning what was turned already: before the first letter
/// of a row that is written from right to left, and behind the last one.
struct TurningMarks {
  /// LRO and PDF by the columns of the cells that they are written with.
  private let marks: [Int: Unicode.Scalar]

  /// - Parameter cells: all of the row.
  init(_ cells: ArraySlice<Cell>) {
    let first = cells.firstIndex(where: Self.turns)
    let last = cells.lastIndex(where: Self.turns)
    // Curses keeps such a sign only with a narrow character, and as one of its few marks.
    guard let first, let last, first > cells.startIndex, Self.canCarry(cells[first - 1]),
      Self.canCarry(cells[last])
    else {
      marks = [:]
      return
    }
    marks = [
      first - 1 - cells.startIndex: "\u{202d}", last - cells.startIndex: "\u{202c}",
    ]
  }

  /// What is written behind the letter of a cell.
  subscript(column: Int) -> Unicode.Scalar? { marks[column] }

  static func turns(_ cell: Cell) -> Bool { cell.glyph.letter.isRightToLeft }

  private static func canCarry(_ cell: Cell) -> Bool { cell.width == 1 && !cell.glyph.isFull }
}
