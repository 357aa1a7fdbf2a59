import ScreenState

/// A part of a picture, and what it belongs to.
struct TargetArea: Hashable, Sendable {
  var area: Rect
  var target: ScreenTarget
}

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
  /// Says what the cells of a part belong to, as far as it is inside.
  mutating func setTarget(_ target: ScreenTarget, _ area: Rect) {
    let left = max(0, area.column)
    let top = max(0, area.row)
    let inside = Rect(
      column: left, row: top, columns: min(size.columns, area.column + area.columns) - left,
      rows: min(size.rows, area.row + area.rows) - top)
    guard inside.columns > 0, inside.rows > 0 else { return }
    targets.append(TargetArea(area: inside, target: target))
  }

  /// Says what all cells of some rows belong to.
  mutating func setTarget(_ target: ScreenTarget, row: Int, rows: Int = 1) {
    setTarget(target, Rect(column: 0, row: row, columns: size.columns, rows: rows))
  }

  /// Takes over what the cells of a picture belong to that is drawn into this one.
  mutating func takeTargets(of other: Canvas, column: Int, row: Int) {
    for part in other.targets {
      var area = part.area
      area.column += column
      area.row += row
      setTarget(part.target, area)
    }
  }

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

extension Frame {
  /// What a cell belongs to; nil for nothing. What was drawn last lies on top.
  package func target(column: Int, row: Int) -> ScreenTarget? {
    targets.target(column: column, row: row)
  }
}

extension [TargetArea] {
  func target(column: Int, row: Int) -> ScreenTarget? {
    last { part in
      part.area.column <= column && column < part.area.column + part.area.columns
        && part.area.row <= row && row < part.area.row + part.area.rows
    }?.target
  }
}
