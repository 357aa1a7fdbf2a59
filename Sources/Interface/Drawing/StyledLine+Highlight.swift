import ScreenState

extension StyledLine {
  /// The line with the words in it that were searched for marked.
  func marked(_ highlight: Highlight?) -> StyledLine {
    let text = spans.map(\.text).joined()
    var ranges = highlight?.ranges(in: text)[...] ?? []
    guard !ranges.isEmpty else { return self }
    var line = StyledLine()
    var index = text.startIndex
    for span in spans {
      for character in span.text {
        while let range = ranges.first, range.upperBound <= index { ranges.removeFirst() }
        let isFound = ranges.first.map { $0.lowerBound <= index } ?? false
        line.append(String(character), isFound ? .found : span.style)
        // A mark at the beginning of a span may have joined the letter before it.
        if index < text.endIndex { index = text.index(after: index) }
      }
    }
    return line
  }

  private mutating func append(_ text: String, _ style: Style) {
    if spans.last?.style == style {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text: text, style: style))
    }
  }
}

extension Style {
  /// A word that was searched for.
  fileprivate static let found = Style(.accent, bold: true, reversed: true)
}
