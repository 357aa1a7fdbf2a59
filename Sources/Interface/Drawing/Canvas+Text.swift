extension Canvas {
  /// What the canvas shows, a line per row, without the spaces at the ends of rows.
  var text: String {
    (0..<size.rows).map { row in
      Self.trimmed(self.row(row).map(\.text).joined())
    }.joined(separator: "\n")
  }

  /// The text, then a picture of the styles with a letter for every column that is not plain: the
  /// first of the role's name (`!` for alarm, `b` for paper), upper case when bold, `p` for plain and bold, with
  /// `_` for underlined, `/` for italic and `#` for reversed instead. A `^` stands where the cursor is.
  var marked: String {
    var styles = ""
    for row in 0..<size.rows {
      let marks = self.row(row).enumerated().map { column, cell in
        cursor == Point(column: column, row: row) ? "^" : Self.mark(cell.style)
      }
      styles += Self.trimmed(marks.joined()) + "\n"
    }
    return "\(text)\n\(String(repeating: "=", count: size.columns))\n\(styles)"
  }

  private static func mark(_ style: Style) -> String {
    if style.isReversed { return "#" }
    if style.isUnderlined { return "_" }
    if style.isItalic { return "/" }
    let letter: String =
      switch style.role {
      case .plain: style.isBold ? "p" : " "
      case .dim: "d"
      case .accent: "a"
      case .gain: "g"
      case .loss: "l"
      case .warning: "w"
      case .alarm: "!"
      case .selected: "s"
      case .paper: "b"
      }
    return style.isBold ? letter.uppercased() : letter
  }

  private static func trimmed(_ row: String) -> Substring {
    var row = row[...]
    while row.last == " " { row.removeLast() }
    return row
  }
}
