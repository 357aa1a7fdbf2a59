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
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden")
    let file = folder.appending(path: "\(name).txt").path
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] != nil {
      try canvas.marked.write(toFile: file, atomically: true, encoding: .utf8)
      return
    }
    let expected = try String(contentsOfFile: file, encoding: .utf8)
    guard expected != canvas.marked else { return }
    let rows = zip(expected.split(separator: "\n"), canvas.marked.split(separator: "\n"))
    let first = rows.first { $0 != $1 }
    Issue.record(
      """
      \(name) is not as it was. First difference:
      was: \(first?.0 ?? "(fewer rows)")
      is:  \(first?.1 ?? "(fewer rows)")
      """, sourceLocation: sourceLocation)
  }
}
