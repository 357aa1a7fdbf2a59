import ScreenState
import Storage

/// A message's text with its look, in whole characters. What a link leads to stands behind its words,
/// unless they say it: nobody shall be led elsewhere than they read.
struct MarkedText {
  private(set) var text: String
  private(set) var spans: [ConversationState.Span] = []

  /// - Parameter spans: the service's, whose numbers are not trusted.
  init(_ text: String, _ spans: [MessageSpan]) {
    self.text = text
    guard !spans.isEmpty else { return }
    var targets: [(end: Int, words: String)] = []
    for span in spans {
      guard let look = Self.look(of: span.kind), let range = Self.range(of: span, in: text) else {
        continue
      }
      let start = text.distance(from: text.startIndex, to: range.lowerBound)
      let end = start + text.distance(from: range.lowerBound, to: range.upperBound)
      self.spans.append(.init(look: look, range: start..<end))
      if look == .link, let url = span.url, !Self.says(String(text[range]), url) {
        targets.append((end, " (\(url))"))
      }
    }
    for (end, words) in targets.sorted(by: { $0.end > $1.end }) { insert(words, at: end) }
  }

  private mutating func insert(_ words: String, at place: Int) {
    text.insert(contentsOf: words, at: text.index(text.startIndex, offsetBy: place))
    for index in spans.indices {
      let range = spans[index].range
      let lower = range.lowerBound >= place ? range.lowerBound + words.count : range.lowerBound
      let upper = range.upperBound > place ? range.upperBound + words.count : range.upperBound
      spans[index].range = lower..<upper
    }
  }

  private static func look(of kind: String) -> ConversationState.Span.Look? {
    switch kind {
    case "STRONG", "HEADING": .strong
    case "EMPHASIZED": .emphasised
    case "UNDERLINE": .underlined
    case "STRIKETHROUGH": .struckThrough
    case "MONOSPACED", "CODE": .code
    case "QUOTE": .quote
    case "LINK": .link
    case "USER_MENTION": .mention
    default: nil
    }
  }

  /// What lies beyond the text is cut off; a character of which a part is covered counts whole.
  private static func range(of span: MessageSpan, in text: String) -> Range<String.Index>? {
    let units = text.utf16
    let count = units.count
    guard span.length > 0, span.start >= 0, span.start < count else { return nil }
    let end = span.start + min(span.length, count - span.start)
    func character(at offset: Int) -> String.Index {
      let index = units.index(units.startIndex, offsetBy: offset)
      return text.index(before: text.index(after: index))
    }
    return character(at: span.start)..<text.index(after: character(at: end - 1))
  }

  /// Whether words name an address: themselves, or without what a reader does not miss.
  private static func says(_ words: String, _ url: String) -> Bool {
    func bare(_ text: String) -> String {
      var text = text.lowercased()[...]
      for prefix in ["https://", "http://"] where text.hasPrefix(prefix) {
        text = text.dropFirst(prefix.count)
      }
      return String(text.hasSuffix("/") ? text.dropLast() : text)
    }
    return bare(words) == bare(url)
  }
}
