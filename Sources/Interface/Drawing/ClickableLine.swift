import ScreenState

/// One row of text, parts of which can be clicked.
struct ClickableLine {
  private(set) var line = StyledLine()
  /// Columns that the whole line takes.
  private(set) var width = 0
  fileprivate private(set) var spots: [(columns: Range<Int>, target: ScreenTarget)] = []

  init() {}

  /// - Parameter target: what a click on it means; nil for nothing.
  init(_ line: StyledLine, _ target: ScreenTarget? = nil) { append(line, target) }

  var isEmpty: Bool { line.spans.isEmpty }

  mutating func append(_ part: StyledLine, _ target: ScreenTarget? = nil) {
    let end = width + part.width
    if let target, end > width { spots.append((width..<end, target)) }
    line += part
    width = end
  }

  mutating func append(_ other: ClickableLine) {
    for spot in other.spots {
      let columns = spot.columns.lowerBound + width..<spot.columns.upperBound + width
      spots.append((columns, spot.target))
    }
    line += other.line
    width += other.width
  }
}

extension Canvas {
  /// Draws one line of which parts can be clicked; returns the column after it.
  @discardableResult
  mutating func put(
    _ clickable: ClickableLine, column: Int, row: Int, width: Int? = nil,
    alignment: Alignment = .left
  ) -> Int {
    let drawn = min(clickable.width, width ?? .max)
    let space = max(0, (width ?? drawn) - drawn)
    let start =
      switch alignment {
      case .left: column
      case .centre: column + space / 2
      case .right: column + space
      }
    for spot in clickable.spots {
      let columns = spot.columns.clamped(to: 0..<max(0, drawn))
      setTarget(
        spot.target,
        Rect(column: start + columns.lowerBound, row: row, columns: columns.count, rows: 1))
    }
    return put(clickable.line, column: column, row: row, width: width, alignment: alignment)
  }
}
