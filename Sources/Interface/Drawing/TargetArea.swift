import ScreenState

/// A part of a picture, and what it belongs to.
struct TargetArea: Hashable, Sendable {
  var area: Rect
  var target: ScreenTarget
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
}

extension [TargetArea] {
  /// What a cell belongs to; nil for nothing. What was drawn last lies on top.
  func target(column: Int, row: Int) -> ScreenTarget? {
    last { part in
      part.area.column <= column && column < part.area.column + part.area.columns
        && part.area.row <= row && row < part.area.row + part.area.rows
    }?.target
  }
}
