/// As much of a list as a screen can show: some rows in a stretch, which keep their numbers in the
/// whole. A picture costs the same however long the list is.
package struct Excerpt<Row: Sendable & Equatable>: Sendable, Equatable {
  private var rows: [Row]
  /// The number of the first row that is here.
  package let startIndex: Int
  /// How many rows the whole list has.
  package let total: Int

  /// A whole list.
  package init(_ rows: [Row]) {
    (self.rows, startIndex, total) = (rows, 0, rows.count)
  }

  /// The rows of a list that may be in sight with one of them.
  ///
  /// - Parameters:
  ///   - total: how many rows the list has.
  ///   - row: which one is in sight; the first for nil.
  ///   - reach: rows of the screen.
  ///   - make: the row of a number.
  package init(of total: Int, around row: Int?, reach: Int, make: (Int) -> Row) {
    let row = Swift.max(0, Swift.min(row ?? 0, total - 1))
    startIndex = row - Swift.min(row, reach)
    self.total = total
    rows = (startIndex..<row + Swift.min(total - row, reach)).map(make)
  }
}

extension Excerpt: RandomAccessCollection, MutableCollection {
  package var endIndex: Int { startIndex + rows.count }

  package subscript(index: Int) -> Row {
    get { rows[index - startIndex] }
    set { rows[index - startIndex] = newValue }
  }
}

extension Excerpt: ExpressibleByArrayLiteral {
  package init(arrayLiteral rows: Row...) { self.init(rows) }
}
