/// What is done with a character that is no ordinary one, by what Unicode says of it.
enum Visibility {
  case shown
  /// It would move, turn or restyle text, or only a font of somebody's own knows it: a mark stands
  /// for it.
  case marked
  /// It shows nothing and means nothing where it stands alone.
  case dropped

  init(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x200c, 0x200d: self = .shown  // joiners: Persian and emoji need them
    case 0x200e, 0x200f, 0x061c: self = .dropped  // Direction marks turn nothing but digits.
    case 0xfffc: self = .marked  // It stands for an object that is not there.
    default: self = scalar.isSelector ? .shown : Visibility(ofOther: scalar)
    }
  }

  private init(ofOther scalar: Unicode.Scalar) {
    let properties = scalar.properties
    if properties.isBidiControl {
      self = .marked
    } else if properties.isDefaultIgnorableCodePoint {
      // Soft hyphen, zero-width space, word joiner, byte order mark, grapheme joiner, Hangul
      // fillers, tag letters and whatever else Unicode says is not to be seen.
      self = .dropped
    } else {
      switch properties.generalCategory {
      case .control, .surrogate, .privateUse, .lineSeparator, .paragraphSeparator: self = .marked
      case .unassigned: self = isReservedForEmoji(scalar) ? .shown : .marked
      // Brackets of annotations, and what arranges hieroglyphs, which no terminal does.
      case .format: self = scalar.isPrepended ? .shown : .dropped
      default: self = .shown
      }
    }
  }
}

extension Unicode.Scalar {
  /// Chooses a form of the character before it.
  var isSelector: Bool {
    switch value {
    case 0x180b...0x180d, 0x180f, 0xfe00...0xfe0f, 0xe0100...0xe01ef: true
    default: false
    }
  }

  /// A sign that is written before digits or letters, and seen: the only format characters that are
  /// (`Prepended_Concatenation_Mark`, which the standard library does not tell).
  var isPrepended: Bool {
    switch value {
    case 0x0600...0x0605, 0x06dd, 0x070f, 0x0890...0x0891, 0x08e2, 0x110bd, 0x110cd: true
    default: false
    }
  }

  /// A letter or symbol by its category, and yet without ink: the pattern without dots, the note
  /// without a head, the blanks between hieroglyphs. No property tells these.
  var isBlankSymbol: Bool {
    switch value {
    case 0x2800, 0x1d159, 0x13441...0x13446: true
    default: false
    }
  }

  var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .spacingMark: true
    default: false
    }
  }

  /// Whether somebody sees it where it stands alone.
  var isSeen: Bool {
    if value < 0x7f { return value > 0x20 }
    return Visibility(of: self) == .shown && !properties.isWhitespace && !isMark && !isBlankSymbol
      && !isSelector && !properties.isJoinControl && value != 0xfffd
  }

  /// `‹U+3164›`.
  var codePoint: String {
    let digits = String(value, radix: 16, uppercase: true)
    return "‹U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits + "›"
  }
}
