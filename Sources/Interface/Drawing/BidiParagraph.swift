import CFriBidi
import Glibc
import Phrases
import Synchronization

/// Glyphs of one paragraph that are not all written from left to right, and how they are seen: by
/// Unicode's bidirectional algorithm (UAX #9), of which libfribidi finds out the levels.
///
/// Rows are broken in the order in which the text is written, and then each row is put in the order in
/// which it is seen.
struct BidiParagraph {
  /// Whether the paragraph begins at the right.
  var isRightToLeft: Bool { base % 2 == 1 }

  private let glyphs: [Glyph]
  private let levels: [Int8]
  private let base: Int8

  /// Nil where libfribidi is missing, or the terminal puts everything in order itself: the text stays in
  /// the order in which it is written.
  ///
  /// Which way the paragraph goes is decided by its first letter.
  init?(_ glyphs: [Glyph]) {
    guard !glyphs.isEmpty, !Self.isLeftToTerminal.load(ordering: .relaxed), Self.failure == nil
    else { return nil }
    // What stands on a letter goes with it.
    let letters = glyphs.map { FriBidiChar($0.letter.value) }
    let count = FriBidiStrIndex(letters.count)
    var types = [FriBidiCharType](repeating: FriBidiCharType(0), count: letters.count)
    var brackets = [FriBidiBracketType](repeating: 0, count: letters.count)
    var levels = [FriBidiLevel](repeating: 0, count: letters.count)
    var base = FriBidiParType(Self.byFirstLetter)
    fribidi_get_bidi_types(letters, count, &types)
    fribidi_get_bracket_types(letters, count, types, &brackets)
    // One more than the highest level; 0 where there was no memory.
    guard fribidi_get_par_embedding_levels_ex(types, brackets, count, &base, &levels) > 0 else {
      return nil
    }
    self.glyphs = glyphs
    self.levels = levels
    self.base = base.rawValue & Self.rightToLeft == 0 ? 0 : 1
  }

  /// `FRIBIDI_PAR_ON`: by the first letter, from left to right where there is none.
  private static let byFirstLetter: UInt32 = 0x40
  /// `FRIBIDI_MASK_RTL`, the bit of types that go from right to left.
  private static let rightToLeft: UInt32 = 1

  /// The places of a row's glyphs from left to right.
  func order(_ row: Range<Int>) -> [Int] {
    var levels = Array(self.levels[row])
    // Spaces at the end of a row go to the end of the paragraph's own direction (rule L1).
    for place in levels.indices.reversed() {
      let glyph = glyphs[row.lowerBound + place]
      guard glyph == .space || glyph.width == 0 else { break }
      levels[place] = base
    }
    var order = Array(row)
    guard let highest = levels.max(), highest > 0 else { return order }
    // From the highest level down to the lowest odd one, what is on it or above turns (rule L2).
    for level in (1...highest).reversed() {
      var start = 0
      while start < levels.count {
        guard levels[start] >= level else {
          start += 1
          continue
        }
        let end = levels[start...].firstIndex { $0 < level } ?? levels.count
        // The levels need not turn: all of these are above what turns next.
        order[start..<end].reverse()
        start = end
      }
    }
    return order
  }

  /// A glyph as it is seen: brackets that are written from right to left open to the other side.
  func shown(_ place: Int) -> Glyph {
    let glyph = glyphs[place]
    guard levels[place] % 2 == 1, !glyph.isMarked, glyph.width == 1 else { return glyph }
    var mirrored: FriBidiChar = 0
    guard fribidi_get_mirror_char(FriBidiChar(glyph.letter.value), &mirrored) != 0,
      let letter = Unicode.Scalar(mirrored)
    else { return glyph }
    return Glyph(letter)
  }

  /// The row's glyphs from left to right, without those that are not to be seen.
  func shown(_ row: Range<Int>) -> [Glyph] { order(row).map(shown).filter { $0.width > 0 } }
}

extension BidiParagraph {
  /// Why the library cannot be opened, in the system's words; nil where it can.
  private static let failure: String? = {
    guard let failure = cfribidi_failure() else { return nil }
    isMissed.store(true, ordering: .relaxed)
    return String(cString: failure)
  }()

  private static let isMissed = Atomic(false)

  /// Whether the terminal cannot be kept from turning text, as `mlterm` cannot.
  static let isLeftToTerminal = Atomic(false)

  /// Whether text was met that goes from right to left while the library is missing; true once.
  static func takeFailure() -> Bool { isMissed.exchange(false, ordering: .relaxed) }
}

extension TextWidth {
  /// The glyphs of one line of text from left to right, as they are seen, and whether that is not as
  /// they are written.
  static func shownGlyphs(of text: String) -> (glyphs: [Glyph], isTurned: Bool) {
    let glyphs = glyphs(of: text)
    guard hasRightToLeft(text) else { return (glyphs, false) }
    let shown = BidiParagraph(glyphs)?.shown(glyphs.indices)
    return (shown ?? glyphs.filter { $0.width > 0 }, true)
  }
}
