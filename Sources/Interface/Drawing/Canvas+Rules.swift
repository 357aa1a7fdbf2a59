/// The four directions in which a thin line can leave a cell.
private struct RuleDirections: OptionSet, Hashable {
  let rawValue: UInt8
  static let up = RuleDirections(rawValue: 1)
  static let down = RuleDirections(rawValue: 2)
  static let left = RuleDirections(rawValue: 4)
  static let right = RuleDirections(rawValue: 8)

  private static let signs: [(RuleDirections, Unicode.Scalar)] = [
    ([.left, .right], "─"), ([.up, .down], "│"), ([.down, .left, .right], "┬"),
    ([.up, .left, .right], "┴"), ([.up, .down, .right], "├"), ([.up, .down, .left], "┤"),
    ([.up, .down, .left, .right], "┼"), ([.down, .right], "┌"), ([.down, .left], "┐"),
    ([.up, .right], "└"), ([.up, .left], "┘"),
  ]

  /// By the raw value; a cross where no sign is.
  private static let glyphs: [Glyph] = (0..<16).map { value in
    Glyph(signs.first { $0.0.rawValue == value }?.1 ?? "┼")
  }

  /// By the distance from the first sign of Unicode's box drawing.
  private static let ofSign: [RuleDirections?] = (0..<0x80).map { offset in
    signs.first { $0.1.value == firstSign + offset }?.0
  }

  private static let firstSign: UInt32 = 0x2500

  var glyph: Glyph { Self.glyphs[Int(rawValue)] }
}

extension RuleDirections {
  /// Those of a glyph that is part of a rule; nil for any other.
  init?(_ glyph: Glyph) {
    let value = glyph.letter.value
    guard (Self.firstSign..<Self.firstSign + 0x80).contains(value),
      let directions = Self.ofSign[Int(value - Self.firstSign)]
    else { return nil }
    self = directions
  }
}

extension Canvas {
  /// Draws a thin horizontal rule from one column to another, both included.
  ///
  /// Where it meets rules that are already there the right joint is drawn: a rule that ends on
  /// another one branches off, one that goes on crosses.
  mutating func horizontalRule(
    row: Int, from first: Int = 0, to last: Int? = nil, style: Style = .dim
  ) {
    let last = last ?? size.columns - 1
    guard first <= last else { return }
    for column in first...last {
      let inner: RuleDirections =
        column == first && first != last ? .right : column == last ? .left : [.left, .right]
      join(inner, straight: [.left, .right], column, row, style)
    }
  }

  /// Draws a thin vertical rule from one row to another, both included, with joints.
  mutating func verticalRule(
    column: Int, from first: Int = 0, to last: Int? = nil, style: Style = .dim
  ) {
    let last = last ?? size.rows - 1
    guard first <= last else { return }
    for row in first...last {
      let inner: RuleDirections =
        row == first && first != last ? .down : row == last ? .up : [.up, .down]
      join(inner, straight: [.up, .down], column, row, style)
    }
  }

  /// Draws a thin frame along the edge of a part.
  mutating func frame(_ area: Rect, style: Style = .dim) {
    guard area.columns > 1, area.rows > 1 else { return }
    let right = area.column + area.columns - 1
    let bottom = area.row + area.rows - 1
    for row in [area.row, bottom] {
      horizontalRule(row: row, from: area.column, to: right, style: style)
    }
    for column in [area.column, right] {
      verticalRule(column: column, from: area.row, to: bottom, style: style)
    }
    let corners = [
      ("┌", area.column, area.row), ("┐", right, area.row), ("└", area.column, bottom),
      ("┘", right, bottom),
    ]
    for (sign, column, row) in corners { put(sign, column: column, row: row, style: style) }
  }

  private mutating func join(
    _ inner: RuleDirections, straight: RuleDirections, _ column: Int, _ row: Int, _ style: Style
  ) {
    let existing = RuleDirections(self[column, row].glyph)
    put((existing.map { $0.union(inner) } ?? straight).glyph, style, column, row)
  }
}

extension Cell {
  /// A part of a horizontal rule that meets no other.
  var isRule: Bool { RuleDirections(glyph) == [.left, .right] }
}
