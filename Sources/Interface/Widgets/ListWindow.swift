import ScreenState

/// Which rows of a list are visible.
///
/// A function of the list alone, without memory: the selection is kept in the middle as long as
/// there is more on both sides, so that one always sees what comes before and after it.
struct ListWindow: Equatable {
  /// Indices of the rows to draw.
  let visible: Range<Int>

  /// - Parameters:
  ///   - selection: index of the row to keep visible; nil shows the beginning.
  ///   - height: rows of the screen, each showing one row of the list.
  init(count: Int, selection: Int?, height: Int) {
    let height = max(0, min(height, count))
    let middle = (selection ?? 0) - height / 2
    let first = max(0, min(middle, count - height))
    visible = first..<first + height
  }

  /// - Parameter rows: those of the list that may be in sight.
  init(_ rows: Excerpt<some Any>, selection: Int?, height: Int) {
    let window = ListWindow(count: rows.total, selection: selection, height: height)
    visible = window.visible.clamped(to: rows.startIndex..<rows.endIndex)
  }
}

/// A page that may be higher than its place, and the part of it that is in sight.
struct PageWindow {
  /// All of the page, in as many rows as it takes.
  var content: Canvas
  /// Rows that are kept in sight until somebody scrolls: what is asked, and what is wrong with it.
  var focus: Range<Int> = 0..<0
  /// The first row, once somebody has scrolled.
  var scroll: Int?

  func place(rows: Int) -> PagePlace {
    let end = max(0, content.size.rows - rows)
    let first = scroll ?? min(focus.lowerBound, max(0, focus.upperBound - rows))
    return PagePlace(first: max(0, min(first, end)), end: end, rows: rows)
  }

  func canvas(_ size: Size) -> Canvas {
    var canvas = Canvas(size)
    canvas.draw(content, column: 0, row: -place(rows: size.rows).first)
    if let cursor = canvas.cursor, !(0..<size.rows).contains(cursor.row) { canvas.cursor = nil }
    return canvas
  }

  /// How many rows are out of sight above and below, and the keys that lead there; nothing where
  /// there are none.
  func mark(rows: Int) -> StyledLine {
    let place = place(rows: rows)
    var line = StyledLine()
    if place.first > 0 { line += StyledLine(" ↑ \(place.first) PgUp ", .accent) }
    if place.first < place.end {
      line += StyledLine(" ↓ \(place.end - place.first) PgDn ", .accent)
    }
    return line
  }
}
