import Domain
import ScreenState

/// The part of a text around the first word that was searched for, in one row.
struct Snippet {
  let line: StyledLine

  init(_ text: String, highlight: Highlight?, width: Int) {
    let text = harmless(text)
    let ranges = highlight?.ranges(in: text) ?? []
    let whole = StyledLine(text).marked(highlight)
    guard let first = ranges.first, whole.width > width else {
      line = whole.fitted(to: width)
      return
    }
    // A third of the row stands before the word, from the beginning of a word on.
    var start = first.lowerBound
    var room = width / 3
    while start > text.startIndex {
      let before = text.index(before: start)
      let columns = TextWidth.columns(of: String(text[before]))
      guard room >= columns else { break }
      room -= columns
      start = before
    }
    if start > text.startIndex {
      start = text[start..<first.lowerBound].firstIndex(of: " ") ?? start
    }
    let mark = start > text.startIndex ? StyledLine("…", .dim) : StyledLine()
    line = (mark + StyledLine(String(text[start...])).marked(highlight)).fitted(to: width)
  }
}
