import Console

extension Line {
  /// Text with the words in it that were searched for marked.
  init(_ text: String, _ style: Style, marking highlight: Highlight?) {
    self.init()
    var rest = text.startIndex
    for range in highlight?.ranges(in: text) ?? [] {
      self += Line(String(text[rest..<range.lowerBound]), style)
      self += Line(String(text[range]), .found)
      rest = range.upperBound
    }
    self += Line(String(text[rest...]), style)
  }
}

extension Style {
  /// A word that was searched for.
  fileprivate static let found = Style(.accent, bold: true, reversed: true)
}
