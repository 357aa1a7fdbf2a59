import FoundationEssentials
import Testing

@testable import Interface

/// Pictures of the screen that were looked at and found good, kept as text.
enum Golden {
  /// Compares a canvas, styles and all, with the picture of that name.
  ///
  /// With `RECORD_GOLDEN` set in the environment the picture is written instead; the difference
  /// is then to be looked at before it is committed.
  static func expect(
    _ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(text: canvas.marked, name, sourceLocation: sourceLocation)
  }

  /// The same with what a picture says as text.
  static func expect(
    text picture: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let file = folder.appending(path: "\(name).txt").path
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try picture.write(toFile: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOfFile: file, encoding: .utf8)
    guard expected != picture else { return }
    Issue.record(
      """
      \(name) is not as it was. Of the rows those with - have gone and those with + have come; below \
      the line of = stand their styles.
      \(difference(from: expected, to: picture))
      """, sourceLocation: sourceLocation)
  }

  /// Every row of two pictures: those of both with a space before them, those of the first alone with
  /// `-`, those of the second alone with `+`.
  static func difference(from old: String, to new: String) -> String {
    let rows = (
      old: old.split(separator: "\n", omittingEmptySubsequences: false),
      new: new.split(separator: "\n", omittingEmptySubsequences: false)
    )
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in rows.new.difference(from: rows.old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    var lines: [String] = []
    var place = (old: 0, new: 0)
    while place.old < rows.old.count || place.new < rows.new.count {
      if removed.contains(place.old) {
        lines.append("-\(rows.old[place.old])")
        place.old += 1
      } else if inserted.contains(place.new) {
        lines.append("+\(rows.new[place.new])")
        place.new += 1
      } else {
        lines.append(" \(rows.new[place.new])")
        place = (place.old + 1, place.new + 1)
      }
    }
    return lines.joined(separator: "\n")
  }
}
