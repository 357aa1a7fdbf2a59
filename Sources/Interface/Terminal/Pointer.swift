import ScreenState

/// What somebody meant who pressed the mouse at a cell: what stood there long enough to be aimed at.
///
/// Times are milliseconds of a clock that nobody sets.
package struct Pointer {
  /// Nobody aims at what has stood under the pointer for less time.
  package static let aim: Int64 = 300
  /// Two clicks at a cell within this time are one double click.
  package static let doubleClick: Int64 = 400

  /// The pictures of the last moments, and when each was shown; the oldest one stood before them.
  private var pictures: [(targets: [TargetArea], since: Int64)] = []
  private var last: (column: Int, row: Int, target: ScreenTarget, at: Int64)?

  package init() {}

  /// A picture is shown.
  package mutating func show(_ frame: Frame, at now: Int64) {
    pictures.append((frame.targets, now))
    let past = pictures.lastIndex { $0.since <= now - Self.aim } ?? 0
    pictures.removeFirst(past)
  }

  /// What a click is for; nil where nothing is, or where it has only just come under the pointer.
  ///
  /// The second click of a double click is for what the first one was for, wherever that stands now.
  package mutating func click(column: Int, row: Int, at now: Int64) -> ScreenTarget? {
    if let last, last.column == column, last.row == row, now - last.at <= Self.doubleClick,
      let again = last.target.again
    {
      self.last = nil
      return again
    }
    last = nil
    guard let target = target(column: column, row: row), stood(target, column, row, at: now)
    else { return nil }
    last = (column, row, target, now)
    return target
  }

  /// What stands at a cell, to be turned by the wheel.
  package func target(column: Int, row: Int) -> ScreenTarget? {
    pictures.last?.targets.target(column: column, row: row)
  }

  private func stood(_ target: ScreenTarget, _ column: Int, _ row: Int, at now: Int64) -> Bool {
    let first = pictures.lastIndex { $0.since <= now - Self.aim } ?? 0
    return pictures[first...].allSatisfy {
      $0.targets.target(column: column, row: row) == target
    }
  }
}

extension ScreenTarget {
  /// What a second click on it is for after the first has selected it; nil for what is not selected.
  fileprivate var again: ScreenTarget? {
    switch self {
    case .row: self
    case .dialogRow: .dialogRow(0)
    case .pane, .composer, .key, .view, .lamp, .dialog, .dialogField: nil
    }
  }
}
