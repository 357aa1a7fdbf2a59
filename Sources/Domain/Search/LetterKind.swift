/// What a code point is to the words beside it.
///
/// Code points that are younger than `newestVersion` are not looked up: else a newer Swift, which knows
/// them, would split an old message otherwise than the index has it.
enum LetterKind: Equatable {
  /// Ends a word: spaces, punctuation, most symbols.
  case between
  /// Part of a word of several letters.
  case joined
  /// A word of its own.
  case apart
  /// Half of a flag: two of them are a word.
  case halfFlag
  /// Belongs to the letter before it and is kept: vowels of Indic scripts, for one.
  case sign
  /// Belongs to the letter before it and is left out.
  case accent
  /// A colour of skin: left out after an emoji.
  case skin
  /// Cannot be seen, and divides nothing: a soft hyphen, a joiner.
  case unseen

  /// The version of Unicode whose code points are looked up.
  private static let newestVersion = (15, 0)

  init(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: self = .joined
    case 0..<0x80: self = .between
    case 0x300...0x33F, 0x341...0x34E, 0x350...0x36F: self = .accent
    case 0x400...0x45F, 0xAC00...0xD7A3: self = .joined
    case 0x640: self = .unseen  // makes an Arabic word wider
    case 0x4E00...0x9FFF: self = .apart
    case 0xFF01...0xFF5E: self = LetterKind(of: LetterFolding.usualWidth(scalar))
    case 0xFF66...0xFF9D: self = .apart
    case 0xFF9E...0xFF9F: self = .sign
    case 0x1F1E6...0x1F1FF: self = .halfFlag
    case 0x1F3FB...0x1F3FF: self = .skin
    default: self = LetterKind(lookingUp: scalar)
    }
  }

  private init(lookingUp scalar: Unicode.Scalar) {
    let properties = scalar.properties
    guard let age = properties.age, (age.major, age.minor) <= LetterKind.newestVersion else {
      self = .apart
      return
    }
    if properties.isDefaultIgnorableCodePoint {
      self = .unseen
      return
    }
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .decimalNumber, .letterNumber, .otherNumber, .privateUse:
      self = LetterKind.standsApart(scalar.value) ? .apart : .joined
    case .nonspacingMark, .enclosingMark:
      self = LetterKind.isLeftOut(scalar.value) ? .accent : .sign
    case .spacingMark: self = .sign
    default: self = properties.isEmoji ? .apart : .between
    }
  }

  /// Whether a letter is of a script that is written without spaces between words.
  static func standsApart(_ letter: Unicode.Scalar) -> Bool {
    (0x4E00...0x9FFF).contains(letter.value) || standsApart(letter.value)
  }

  private static func standsApart(_ value: UInt32) -> Bool {
    switch value {
    case 0x0E00...0x0EFF: true  // Thai, Lao
    case 0x1000...0x109F, 0xA9E0...0xA9FF, 0xAA60...0xAA7F: true  // Burmese
    case 0x1780...0x17FF: true  // Khmer
    // Of the Tai in China and Vietnam, of Java and Bali.
    case 0x1950...0x19DF, 0x1A20...0x1AAF, 0x1B00...0x1B7F, 0xA980...0xA9DF, 0xAA80...0xAADF: true
    case 0x3000...0x312F, 0x31A0...0x31BF, 0x31F0...0x31FF, 0x1AFF0...0x1B16F: true  // Kana
    case 0x3400...0x4DBF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true  // Han
    case 0xA000...0xA4CF, 0x17000...0x18DFF, 0x1B170...0x1B2FF: true  // Yi, Tangut, Nüshu
    default: false
    }
  }

  /// Whether words are written with and without the mark.
  private static func isLeftOut(_ value: UInt32) -> Bool {
    switch value {
    case 0x0300...0x036F, 0x0483...0x0489, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF: true
    case 0x20D0...0x20FF, 0xFE20...0xFE2F: true
    case 0x0591...0x05C7: true  // Hebrew
    case 0x0610...0x061A, 0x064B...0x065F, 0x0670, 0x06D6...0x06ED, 0x0898...0x08FF: true  // Arabic
    default: false
    }
  }
}
