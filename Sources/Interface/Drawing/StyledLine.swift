import ScreenState

/// One row of text in several styles.
struct StyledLine: Hashable, Sendable {
  struct Span: Hashable, Sendable {
    var text: String
    var style: Style
    /// Whether it stands from left to right as it is seen; otherwise as it is written, which is not the
    /// same where letters go from right to left.
    var isOrdered = false
    /// Where it leads; nil for nowhere.
    var link: Link?
  }

  var spans: [Span]

  init(spans: [Span]) { self.spans = spans }

  init(_ text: String = "", _ style: Style = .plain) {
    spans = text.isEmpty ? [] : [Span(text: text, style: style)]
  }

  /// Columns that the whole line takes.
  var width: Int { spans.reduce(0) { $0 + TextWidth.columns(of: $1.text) } }

  static func + (left: StyledLine, right: StyledLine) -> StyledLine {
    var line = left
    line += right
    return line
  }

  static func += (left: inout StyledLine, right: StyledLine) {
    left.spans += right.spans
  }

  /// The line cut to a width, with `…` where something is missing.
  func fitted(to width: Int) -> StyledLine {
    guard self.width > width else { return self }
    var line = StyledLine()
    var room = width
    for span in spans {
      let columns = TextWidth.columns(of: span.text)
      // A span that fills the room to the last column would hide that more follows.
      if columns >= room {
        let text = TextWidth.fit(span.text + "…", width: room)
        var cut = span
        cut.text = text
        line.spans.append(cut)
        return line
      }
      line.spans.append(span)
      room -= columns
    }
    return line
  }
}

extension StyledLine {
  /// The line with the words in it that were searched for marked.
  func marked(_ highlight: Highlight?) -> StyledLine {
    guard let highlight else { return self }
    let text = spans.map(\.text).joined()
    var ranges = highlight.ranges(in: text)[...]
    guard !ranges.isEmpty else { return self }
    var line = StyledLine()
    var index = text.startIndex
    for span in spans {
      for character in span.text {
        while let range = ranges.first, range.upperBound <= index { ranges.removeFirst() }
        let isFound = ranges.first.map { $0.lowerBound <= index } ?? false
        line.append(String(character), isFound ? .found : span.style, as: span)
        // A mark at the beginning of a span may have joined the letter before it.
        if index < text.endIndex { index = text.index(after: index) }
      }
    }
    return line
  }

  private mutating func append(_ text: String, _ style: Style, as span: Span) {
    if let last = spans.last, last.style == style, last.link == span.link {
      spans[spans.count - 1].text += text
    } else {
      spans.append(Span(text: text, style: style, isOrdered: span.isOrdered, link: span.link))
    }
  }
}

extension Style {
  /// A word that was searched for.
  fileprivate static let found = Style(.accent, bold: true, reversed: true)
}
