extension Canvas {
  /// The first rows by themselves.
  func top(rows: Int) -> Canvas {
    var part = Canvas(Size(columns: size.columns, rows: min(rows, size.rows)))
    part.draw(self, column: 0, row: 0)
    if let cursor = part.cursor, cursor.row >= part.size.rows { part.cursor = nil }
    return part
  }
}
