/// What stands on a terminal's screen, as text.
struct Screen: CustomStringConvertible {
  let lines: [String]

  func contains(_ text: String) -> Bool { lines.contains { $0.contains(text) } }

  /// The lines of the open chat alone, where the list of chats stands beside it.
  var chatLines: [String] {
    lines.map { line in
      let panes = line.split(separator: "│", omittingEmptySubsequences: false)
      return panes.count >= 3 ? String(panes[1]) : line
    }
  }

  /// The first line with `text` in it.
  func line(with text: String) -> String? { lines.first { $0.contains(text) } }

  /// The console's picture to its end: pictures are drawn from the top, and one that is being
  /// drawn may be seen in part.
  var isComplete: Bool { lines.last?.contains("? help") ?? false }

  /// Nothing but spaces.
  var isEmpty: Bool { lines.allSatisfy { $0.allSatisfy(\.isWhitespace) } }

  /// Framed, so that a report shows where lines end.
  var description: String {
    lines.map { "|\($0)\n" }.joined()
  }
}
