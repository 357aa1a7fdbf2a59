import Phrases

/// A row of text that is being written in both directions, as it is seen, and where the cursor stands
/// before each of its characters.
///
/// The cursor goes through the text as it is written; it stands on the character before which the next
/// one goes.
struct WrittenRow: Equatable {
  /// From left to right.
  private let glyphs: [Glyph]
  /// The column of each character of the row, and of what is written after the last one.
  let columns: [Int]

  /// Nil where nothing in the row's paragraph goes from right to left.
  ///
  /// - Parameters:
  ///   - characters: the whole text; line breaks divide its paragraphs.
  ///   - row: those of them that stand in the row.
  init?(_ characters: [Character], _ row: Range<Int>) {
    let start = characters[..<row.lowerBound].lastIndex(where: \.isNewline).map { $0 + 1 } ?? 0
    let end = characters[row.upperBound...].firstIndex(where: \.isNewline) ?? characters.count
    guard hasRightToLeft(String(characters[start..<end])) else { return nil }
    var written: [Glyph] = []
    // Where each character's glyphs begin.
    var places: [Int] = []
    for character in characters[start..<end] {
      places.append(written.count)
      written += TextWidth.glyphs(of: String(character))
    }
    // What is written next: at the end of the direction in which the paragraph goes.
    places.append(written.count)
    written.append(.space)
    let first = places[row.lowerBound - start]
    let last = places[row.upperBound - start]
    var part = first..<last
    if row.upperBound == end { part = first..<last + 1 }
    guard let paragraph = BidiParagraph(written) else { return nil }
    let order = paragraph.order(part)
    var columns = [Int](repeating: 0, count: written.count + 1)
    var column = 0
    for place in order {
      columns[place] = column
      column += paragraph.shown(place).width
    }
    if row.upperBound < end { columns[last] = paragraph.isRightToLeft ? 0 : column }
    glyphs = order.map(paragraph.shown).filter { $0.width > 0 }
    self.columns = places[(row.lowerBound - start)...(row.upperBound - start)].map { columns[$0] }
  }

  func line(_ style: Style) -> StyledLine {
    StyledLine(spans: [.init(text: glyphs.text, style: style, isOrdered: true)])
  }
}
