import Domain
import ScreenState

/// A text in which stretches look special, ready to be broken into rows.
struct StyledText {
  private let text: String
  private let spans: [ConversationState.Span]
  private let base: Style

  /// - Parameter spans: of the text's characters; where they overlap, all of them count.
  init(_ text: String, _ spans: [ConversationState.Span], base: Style) {
    self.text = text
    self.spans = spans
    self.base = base
  }

  /// The text in lines of at most `width` columns, broken where `TextWidth.wrap` would.
  func rows(width: Int) -> [StyledLine] {
    guard !spans.isEmpty, width > 0 else {
      return TextWidth.wrap(text, width: width).map { StyledLine($0, base) }
    }
    return paragraphs.flatMap { paragraph in
      TextWidth.rows(of: paragraph.map(\.glyph), width: width).map { range in
        Self.line(paragraph[range])
      }
    }
  }

  private typealias Cell = (glyph: Glyph, style: Style)

  /// The glyphs of each paragraph with their styles, made harmless.
  private var paragraphs: [[Cell]] {
    var paragraphs: [[Cell]] = [[]]
    let characters = Array(text)
    let edges = Set(
      [0, characters.count] + spans.flatMap { [$0.range.lowerBound, $0.range.upperBound] }
    ).filter { 0...characters.count ~= $0 }.sorted()
    for (start, end) in zip(edges, edges.dropFirst()) {
      let style = style(at: start)
      let pieces = harmless(String(characters[start..<end]), keepingLines: true)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { paragraphs.append([]) }
        paragraphs[paragraphs.count - 1] += TextWidth.glyphs(of: String(piece)).map { ($0, style) }
      }
    }
    return paragraphs
  }

  private func style(at index: Int) -> Style {
    spans.filter { $0.range.contains(index) }.reduce(base) { style, span in
      var style = style
      switch span.look {
      case .strong: style.isBold = true
      case .emphasised: style.isItalic = true
      case .underlined, .link: style.isUnderlined = true
      case .struckThrough, .quote: style.role = .dim
      case .code: style.isReversed = true
      case .mention: style = Style(.accent, bold: style.isBold)
      }
      return style
    }
  }

  private static func line(_ cells: ArraySlice<Cell>) -> StyledLine {
    var line = StyledLine()
    for (glyph, style) in cells {
      if line.spans.last?.style == style {
        line.spans[line.spans.count - 1].text += glyph.text
      } else {
        line.spans.append(.init(text: glyph.text, style: style))
      }
    }
    return line
  }
}
