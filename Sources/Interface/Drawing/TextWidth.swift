import CNcurses
import Domain
import Glibc
import Phrases

/// How many columns text takes, by the same table that curses uses, and by what Unicode says of
/// characters that are newer than that table.
enum TextWidth {
  /// Takes the terminal's character set from the environment, once; UTF-8 when that names another,
  /// since nothing else can show what people write.
  ///
  /// Only the character type of the locale is set: numbers keep their decimal point.
  static let isLocaleSet: Bool = {
    if setlocale(LC_CTYPE, "") != nil, let codes = nl_langinfo(Int32(CODESET)),
      String(cString: codes) == "UTF-8"
    {
      return true
    }
    return setlocale(LC_CTYPE, "C.UTF-8") != nil
  }()

  /// The pieces of one line of text, made harmless, in the order in which they are written; isolates,
  /// which order what stands around them, have no width.
  ///
  /// What terminals disagree on is reduced to what they agree on: of an emoji sequence the first
  /// emoji, no skin tones and variation selectors, flags as their two letters.
  static func glyphs(of text: String) -> [Glyph] {
    ordinaryGlyphs(of: text) ?? harmless(text).flatMap(glyphs(of:))
  }

  /// Columns that one line of text takes.
  static func columns(of text: String) -> Int {
    ordinaryColumns(of: text) ?? glyphs(of: text).reduce(0) { $0 + $1.width }
  }

  /// The text if it fits into the width, else as many whole characters as fit before a `…`.
  static func fit(_ text: String, width: Int) -> String {
    if let columns = ordinaryColumns(of: text) {
      if columns <= width { return text }
      return width > 0 ? String(text.unicodeScalars.prefix(width - 1)) + "…" : ""
    }
    guard columns(of: text) > width else { return text }
    guard width > 0 else { return "" }
    var fitted = ""
    var room = width - 1
    for glyph in glyphs(of: text) {
      guard glyph.width <= room else { break }
      fitted += glyph.text
      room -= glyph.width
    }
    return fitted + "…"
  }

  /// A name, cut where it tells least: a telephone number in the middle, since its end tells it from
  /// others; anything else at the end.
  static func fitName(_ name: String, width: Int) -> String {
    guard columns(of: name) > width, width > 0, isNumber(name) else {
      return fit(name, width: width)
    }
    let tail = min(4, (width - 1) / 2)
    return String(name.prefix(width - 1 - tail)) + "…" + String(name.suffix(tail))
  }

  /// Whether a name is a telephone number: digits after a `+`, in groups or not.
  private static func isNumber(_ name: String) -> Bool {
    name.utf8.first == UInt8(ascii: "+") && name.utf8.count >= 8
      && name.utf8.dropFirst().allSatisfy { 0x30...0x39 ~= $0 || $0 == 0x20 || $0 == 0x2d }
  }

  /// The text in lines of at most `width` columns, broken at its own line breaks and between
  /// words; a word longer than a line is broken where the line ends.
  static func wrap(_ text: String, width: Int) -> [String] {
    guard width > 0 else { return [] }
    return harmless(text, keepingLines: true).split(
      separator: "\n", omittingEmptySubsequences: false
    ).flatMap { wrapParagraph(String($0), width: width) }
  }

  private static func wrapParagraph(_ text: String, width: Int) -> [String] {
    if columns(of: text) <= width { return [text] }
    guard let glyphs = ordinaryGlyphs(of: text) else {
      let glyphs = glyphs(of: text)
      let rows = rows(of: glyphs, width: width).map { glyphs[$0].text }
      guard hasRightToLeft(text), let paragraph = BidiParagraph(glyphs) else { return rows }
      // Each row goes the way of the paragraph, whatever it begins with.
      let start = paragraph.isRightToLeft ? "\u{2067}" : "\u{2066}"
      return rows.map { start + withoutLoneIsolates($0) + "\u{2069}" }
    }
    // Each scalar is a glyph.
    var (index, place) = (text.startIndex, 0)
    return rows(of: glyphs, width: width).map { row in
      let start = text.unicodeScalars.index(index, offsetBy: row.lowerBound - place)
      index = text.unicodeScalars.index(start, offsetBy: row.count)
      place = row.upperBound
      return String(text[start..<index])
    }
  }

  /// Where the glyphs of one paragraph stand in rows of at most `width` columns. A space that a line
  /// break stands for is in no row.
  static func rows(of glyphs: [Glyph], width: Int) -> [Range<Int>] {
    var rows: [Range<Int>] = []
    var start = 0
    var rowWidth = 0
    var lastSpace: Int?
    for (index, glyph) in glyphs.enumerated() {
      if glyph == .space, rowWidth >= width {
        rows.append(start..<index)
        (start, rowWidth, lastSpace) = (index + 1, 0, nil)
        continue
      }
      if rowWidth + glyph.width > width {
        if let space = lastSpace {
          rows.append(start..<space)
          start = space + 1
          rowWidth = glyphs[start..<index].reduce(0) { $0 + $1.width }
        }
        // A word longer than a row, or the rest of one that a wide character makes so.
        if rowWidth + glyph.width > width {
          rows.append(start..<index)
          (start, rowWidth) = (index, 0)
        }
        lastSpace = nil
      }
      if glyph == .space { lastSpace = index }
      rowWidth += glyph.width
    }
    rows.append(start..<glyphs.count)
    return rows
  }

  /// Longer texts are cut by `harmless`.
  private static let ordinaryLength = 16_384

  /// The glyphs of a text whose scalars are glyphs each; nil for any other.
  private static func ordinaryGlyphs(of text: String) -> [Glyph]? {
    guard text.utf8.count <= ordinaryLength else { return nil }
    var glyphs: [Glyph] = []
    glyphs.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      guard isOrdinary(scalar) else { return nil }
      glyphs.append(Glyph(scalar))
    }
    return glyphs
  }

  /// Columns of a text whose scalars are glyphs each; nil for any other.
  private static func ordinaryColumns(of text: String) -> Int? {
    guard text.utf8.count <= ordinaryLength else { return nil }
    var columns = 0
    for scalar in text.unicodeScalars {
      guard isOrdinary(scalar) else { return nil }
      columns += 1
    }
    return columns
  }

  private static func glyphs(of character: Character) -> [Glyph] {
    var glyphs: [Glyph] = []
    var last: Glyph?
    func finish() {
      if let last { glyphs.append(last) }
      last = nil
    }
    _ = isLocaleSet
    for scalar in character.unicodeScalars {
      if scalar.value == 0x200d, last?.letter.properties.isEmoji == true { break }
      if isSkinTone(scalar), last != nil { continue }
      if let letter = flagLetter(scalar) {
        finish()
        glyphs.append(Glyph(letter))
        continue
      }
      if scalar.beginsIsolate || scalar.endsIsolate {
        finish()
        glyphs.append(Glyph(scalar, width: 0))
        continue
      }
      switch columns(of: scalar) {
      case let width where width > 0:
        finish()
        last = Glyph(scalar, width: width)
      case 0 where isMark(scalar): last?.add(scalar)
      default: break
      }
    }
    finish()
    return glyphs
  }

  /// Columns of one harmless scalar; 0 for one that stands with the one before it.
  private static func columns(of scalar: Unicode.Scalar) -> Int {
    let known = Int(wcwidth(wchar_t(scalar.value)))
    return known >= 0 ? known : columns(ofNew: scalar)
  }

  /// The C library's table is some years old: what it does not know is measured by its properties.
  private static func columns(ofNew scalar: Unicode.Scalar) -> Int {
    let properties = scalar.properties
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    let isWide =
      properties.isEmojiPresentation || properties.isIdeographic || isReservedForEmoji(scalar)
    return isWide ? 2 : 1
  }

  /// Whether curses would draw a blank in the glyph's place.
  static func isNewerThanCurses(_ glyph: Glyph) -> Bool {
    glyph.width > 0 && !isOrdinary(glyph.letter) && wcwidth(wchar_t(glyph.letter.value)) < 0
  }

  /// A zero-width scalar that terminals draw onto the letter before it; joiners, selectors, tags
  /// and key caps are none of these.
  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0xfe00...0xfe0f, 0xe0100...0xe01ef, 0x20e3: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .otherLetter: return true
    default: return false
    }
  }

  private static func isSkinTone(_ scalar: Unicode.Scalar) -> Bool {
    0x1f3fb...0x1f3ff ~= scalar.value
  }

  /// A regional indicator's letter.
  private static func flagLetter(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    guard 0x1f1e6...0x1f1ff ~= scalar.value else { return nil }
    return Unicode.Scalar(scalar.value - 0x1f1e6 + 0x41)
  }
}
