/// How many cells something takes.
package struct Size: Hashable, Sendable {
  var columns: Int
  package var rows: Int

  /// A size of so many columns and rows.
  package init(columns: Int, rows: Int) {
    self.columns = columns
    self.rows = rows
  }
}

/// A cell's place, counted from the upper left corner.
struct Point: Hashable, Sendable {
  var column: Int
  var row: Int

  init(column: Int, row: Int) {
    self.column = column
    self.row = row
  }
}

/// A part of a canvas, never of negative size.
struct Rect: Hashable, Sendable {
  var column: Int
  var row: Int
  var columns: Int
  var rows: Int

  init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }

  init(_ size: Size) {
    self.init(column: 0, row: 0, columns: size.columns, rows: size.rows)
  }

  var size: Size { Size(columns: columns, rows: rows) }

  /// Cuts the first `count` columns off and returns them.
  mutating func takeLeft(_ count: Int) -> Rect {
    let count = max(0, min(count, columns))
    defer { self = Rect(column: column + count, row: row, columns: columns - count, rows: rows) }
    return Rect(column: column, row: row, columns: count, rows: rows)
  }

  /// Cuts the last `count` columns off and returns them.
  mutating func takeRight(_ count: Int) -> Rect {
    let count = max(0, min(count, columns))
    columns -= count
    return Rect(column: column + columns, row: row, columns: count, rows: rows)
  }

  /// Cuts the first `count` rows off and returns them.
  mutating func takeTop(_ count: Int) -> Rect {
    let count = max(0, min(count, rows))
    defer { self = Rect(column: column, row: row + count, columns: columns, rows: rows - count) }
    return Rect(column: column, row: row, columns: columns, rows: count)
  }

  /// Cuts the last `count` rows off and returns them.
  mutating func takeBottom(_ count: Int) -> Rect {
    let count = max(0, min(count, rows))
    rows -= count
    return Rect(column: column, row: row + rows, columns: columns, rows: count)
  }

  /// A rectangle of at most this size in the middle of this one.
  func centred(_ size: Size) -> Rect {
    let width = min(size.columns, columns)
    let height = min(size.rows, rows)
    return Rect(
      column: column + (columns - width) / 2, row: row + (rows - height) / 2, columns: width,
      rows: height)
  }
}
