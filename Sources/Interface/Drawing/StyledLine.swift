/// One row of text in several styles.
struct StyledLine: Hashable, Sendable {
  struct Span: Hashable, Sendable {
    var text: String
    var style: Style
  }

  var spans: [Span]

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
        return line + StyledLine(text, span.style)
      }
      line.spans.append(span)
      room -= columns
    }
    return line
  }
}
