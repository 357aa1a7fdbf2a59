import Domain
import Phrases
import ScreenState

/// A text in which stretches look special, ready to be broken into rows.
struct StyledText {
  private let text: String
  private let spans: [ConversationState.Span]
  private let base: Style
  /// Addresses that are written out in it, with their places.
  private let links: [(range: Range<Int>, link: Link)]

  /// - Parameters:
  ///   - spans: of the text's characters; where they overlap, all of them count.
  ///   - owner: what tells links of this text from the same ones elsewhere.
  init(_ text: String, _ spans: [ConversationState.Span], base: Style, owner: String = "") {
    self.text = text
    self.spans = spans
    self.base = base
    // One that is not seen in full is opened by a key, which shows it before.
    links = WebAddress.places(in: text).map { ($0.range, Link($0.address, in: owner)) }
  }

  /// The text in lines of at most `width` columns, broken where `TextWidth.wrap` would, as they are
  /// seen.
  ///
  /// - Parameter highlight: words that were searched for.
  func rows(width: Int, highlight: Highlight? = nil) -> [StyledLine] {
    let turns = hasRightToLeft(text)
    guard !spans.isEmpty || !links.isEmpty || turns, width > 0 else {
      return TextWidth.wrap(text, width: width).map { StyledLine($0, base).marked(highlight) }
    }
    return paragraphs.flatMap { cells in
      let glyphs = cells.map(\.glyph)
      let paragraph = turns ? BidiParagraph(glyphs) : nil
      return TextWidth.rows(of: glyphs, width: width).map { row in
        let line = Self.line(cells[row]).marked(highlight)
        return paragraph.map { Self.ordered(line, row, of: $0) } ?? line
      }
    }
  }

  /// A row of a paragraph from left to right.
  private static func ordered(
    _ line: StyledLine, _ row: Range<Int>, of paragraph: BidiParagraph
  ) -> StyledLine {
    let looks = line.spans.flatMap { span in
      TextWidth.glyphs(of: span.text).map { _ in Look(style: span.style, link: span.link) }
    }
    let cells = paragraph.order(row).map { place in
      // A letter that has joined another one while it was marked is missing at the end.
      let number = min(place - row.lowerBound, looks.count - 1)
      return (
        glyph: paragraph.shown(place), look: number >= 0 ? looks[number] : Look(style: .plain)
      )
    }
    var ordered = Self.line(cells.filter { $0.glyph.width > 0 }[...])
    for index in ordered.spans.indices { ordered.spans[index].isOrdered = true }
    return ordered
  }

  private struct Look: Equatable {
    var style: Style
    var link: Link?
  }

  private typealias Cell = (glyph: Glyph, look: Look)

  /// The glyphs of each paragraph with their looks, made harmless.
  private var paragraphs: [[Cell]] {
    var paragraphs: [[Cell]] = [[]]
    let characters = Array(text)
    let ranges = spans.map(\.range) + links.map(\.range)
    let edges = Set(
      [0, characters.count] + ranges.flatMap { [$0.lowerBound, $0.upperBound] }
    ).filter { 0...characters.count ~= $0 }.sorted()
    for (start, end) in zip(edges, edges.dropFirst()) {
      let look = look(at: start)
      let pieces = harmless(String(characters[start..<end]), keepingLines: true)
        .split(separator: "\n", omittingEmptySubsequences: false)
      for (index, piece) in pieces.enumerated() {
        if index > 0 { paragraphs.append([]) }
        paragraphs[paragraphs.count - 1] += TextWidth.glyphs(of: String(piece)).map { ($0, look) }
      }
    }
    return paragraphs
  }

  private func look(at index: Int) -> Look {
    var look = Look(style: style(at: index))
    look.link = links.first { $0.range.contains(index) }?.link
    if look.link != nil { look.style.isUnderlined = true }
    return look
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
    for (glyph, look) in cells {
      if let last = line.spans.last, last.style == look.style, last.link == look.link {
        line.spans[line.spans.count - 1].text += glyph.text
      } else {
        line.spans.append(.init(text: glyph.text, style: look.style, link: look.link))
      }
    }
    return line
  }
}
