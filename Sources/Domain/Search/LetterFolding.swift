/// Letters of which there are several spellings, as the index spells them.
///
/// The tables are those of Unicode for the letters that people write with today. They stand here, and
/// are not asked of the language, because a newer one must not change how an index is spelled that
/// exists already.
enum LetterFolding {
  /// Calls `body` with the letters that stand for one in the index.
  static func fold(_ scalar: Unicode.Scalar, _ body: (Unicode.Scalar) -> Void) {
    let value = scalar.value
    switch value {
    case 0x41...0x5A, 0x410...0x42F: shifted(scalar, by: 0x20, body)
    case 0x401, 0x451: body("е")
    case 0x30...0x39, 0x61...0x7A, 0x430...0x44F, 0x4E00...0x9FFF: body(scalar)
    case 0xAC00...0xD7A3: foldSyllable(value - 0xAC00, body)
    case 0xFF01...0xFF5E: fold(usualWidth(scalar), body)
    case 0xFF66...0xFF9F: body(wide[Int(value - 0xFF66)])
    default:
      for letter in scalar.properties.lowercaseMapping.unicodeScalars {
        // The small letter of a Turkish İ comes with its dot apart.
        if (0x300...0x36F).contains(letter.value) { continue }
        if let bare = bare[letter.value] {
          body(bare)
        } else if let parts = parts[letter.value] {
          parts.forEach(body)
        } else {
          body(letter)
        }
      }
    }
  }

  /// The letter that a sign makes of another one; nil if it is left out.
  static func letter(_ letter: Unicode.Scalar, with sign: Unicode.Scalar) -> Unicode.Scalar? {
    switch (letter, sign) {
    case ("и", "\u{306}"): "й"
    case ("у", "\u{306}"): "ў"
    case ("і", "\u{308}"): "ї"
    default: nil
    }
  }

  /// The letter of ASCII that is meant by one as wide as a Chinese one.
  static func usualWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
  }

  private static func shifted(
    _ scalar: Unicode.Scalar, by distance: UInt32, _ body: (Unicode.Scalar) -> Void
  ) {
    body(Unicode.Scalar(scalar.value + distance) ?? scalar)
  }

  /// A Korean syllable as its letters: so the beginning of one is found while it is being typed, and
  /// it is the same in file names, where some systems write the letters apart.
  private static func foldSyllable(_ number: UInt32, _ body: (Unicode.Scalar) -> Void) {
    let letters = [0x1100 + number / 588, 0x1161 + number % 588 / 28, 0x11A7 + number % 28]
    for letter in letters.prefix(number % 28 == 0 ? 2 : 3) {
      Unicode.Scalar(letter).map(body)
    }
  }

  /// A bare letter for each small one with signs that the index leaves out.
  private static let bare: [UInt32: Unicode.Scalar] = {
    var bare: [UInt32: Unicode.Scalar] = [:]
    for line in lines {
      guard let letter = line.unicodeScalars.first else { continue }
      for signed in line.unicodeScalars.dropFirst() { bare[signed.value] = letter }
    }
    return bare
  }()

  /// The parts of each letter that is also written as several.
  private static let parts: [UInt32: [Unicode.Scalar]] = {
    var parts: [UInt32: [Unicode.Scalar]] = [:]
    for numbers in composed {
      parts[numbers[0]] = numbers.dropFirst().compactMap(Unicode.Scalar.init)
    }
    // Hiragana; the same letters of katakana stand 96 places on.
    for (letters, sign) in [(voiced, voicedSign), (halfVoiced, halfVoicedSign)] {
      let letters = Array(letters.unicodeScalars)
      for index in stride(from: 0, to: letters.count - 1, by: 2) {
        for shift: UInt32 in [0, 0x60] {
          guard let base = Unicode.Scalar(letters[index].value + shift) else { continue }
          parts[letters[index + 1].value + shift] = [base, sign]
        }
      }
    }
    return parts
  }()

  /// The usual form of each katakana letter of half the width, from U+FF66.
  private static let wide = Array(
    ("ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノ"
      + "ハヒフヘホマミムメモヤユヨラリルレロワン\u{3099}\u{309A}").unicodeScalars)

  private static let voicedSign: Unicode.Scalar = "\u{3099}"
  private static let halfVoicedSign: Unicode.Scalar = "\u{309A}"
  private static let voiced =
    "うゔかがきぎくぐけげこごさざしじすずせぜそぞただちぢつづてでとどはばひびふぶへべほぼゝゞ"
  private static let halfVoiced = "はぱひぴふぷへぺほぽ"

  /// In each line a bare letter and after it those that are folded to it.
  private static let lines = [
    "aàáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
    "bḃḅḇ",
    "cçćĉċčḉ",
    "dďḋḍḏḑḓ",
    "eèéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
    "fḟ",
    "gĝğġģǧǵḡ",
    "hĥȟḣḥḧḩḫẖ",
    "iìíîïĩīĭįǐȉȋḭḯỉị",
    "jĵǰ",
    "kķǩḱḳḵ",
    "lĺļľḷḹḻḽ",
    "mḿṁṃ",
    "nñńņňǹṅṇṉṋ",
    "oòóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
    "pṕṗ",
    "rŕŗřȑȓṙṛṝṟ",
    "sśŝşšșṡṣṥṧṩſẛ",
    "tţťțṫṭṯṱẗ",
    "uùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
    "vṽṿ",
    "wŵẁẃẅẇẉẘ",
    "xẋẍ",
    "yýÿŷȳẏẙỳỵỷỹ",
    "zźżžẑẓẕ",
    "æǣǽ",
    "øǿ",
    "ʒǯ",
    "αάἀἁἂἃἄἅἆἇὰάᾀᾁᾂᾃᾄᾅᾆᾇᾰᾱᾲᾳᾴᾶᾷ",
    "εέἐἑἒἓἔἕὲέ",
    "ηήἠἡἢἣἤἥἦἧὴήᾐᾑᾒᾓᾔᾕᾖᾗῂῃῄῆῇ",
    "ιΐίϊἰἱἲἳἴἵἶἷὶίῐῑῒΐῖῗ",
    "οόὀὁὂὃὄὅὸό",
    "ρῤῥ",
    "σς",
    "υΰϋύὐὑὒὓὔὕὖὗὺύῠῡῢΰῦῧ",
    "ωώὠὡὢὣὤὥὦὧὼώᾠᾡᾢᾣᾤᾥᾦᾧῲῳῴῶῷ",
    "аӑӓ",
    "гѓ",
    "еѐёӗ",
    "жӂӝ",
    "зӟ",
    "иѝӣӥ",
    "кќ",
    "оӧ",
    "уӯӱӳ",
    "чӵ",
    "ыӹ",
    "эӭ",
    "ѵѷ",
    "әӛ",
    "өӫ",
    "\u{627}\u{622}\u{623}\u{625}",
    "\u{648}\u{624}",
    "\u{64A}\u{626}",
    "\u{6C1}\u{6C2}",
    "\u{6D2}\u{6D3}",
    "\u{6D5}\u{6C0}",
    "\u{5D9}\u{FB1D}\u{FB39}",
    "\u{5F2}\u{FB1F}",
    "\u{5E9}\u{FB2A}\u{FB2B}\u{FB2C}\u{FB2D}\u{FB49}",
    "\u{5D0}\u{FB2E}\u{FB2F}\u{FB30}",
    "\u{5D1}\u{FB31}\u{FB4C}",
    "\u{5D2}\u{FB32}",
    "\u{5D3}\u{FB33}",
    "\u{5D4}\u{FB34}",
    "\u{5D5}\u{FB35}\u{FB4B}",
    "\u{5D6}\u{FB36}",
    "\u{5D8}\u{FB38}",
    "\u{5DA}\u{FB3A}",
    "\u{5DB}\u{FB3B}\u{FB4D}",
    "\u{5DC}\u{FB3C}",
    "\u{5DE}\u{FB3E}",
    "\u{5E0}\u{FB40}",
    "\u{5E1}\u{FB41}",
    "\u{5E3}\u{FB43}",
    "\u{5E4}\u{FB44}\u{FB4E}",
    "\u{5E6}\u{FB46}",
    "\u{5E7}\u{FB47}",
    "\u{5E8}\u{FB48}",
    "\u{5EA}\u{FB4A}",
  ]

  /// A letter and its parts, in Indic scripts and their relatives.
  private static let composed: [[UInt32]] = [
    [0x929, 0x928, 0x93C], [0x931, 0x930, 0x93C], [0x934, 0x933, 0x93C], [0x958, 0x915, 0x93C],
    [0x959, 0x916, 0x93C], [0x95A, 0x917, 0x93C], [0x95B, 0x91C, 0x93C], [0x95C, 0x921, 0x93C],
    [0x95D, 0x922, 0x93C], [0x95E, 0x92B, 0x93C], [0x95F, 0x92F, 0x93C], [0x9CB, 0x9C7, 0x9BE],
    [0x9CC, 0x9C7, 0x9D7], [0x9DC, 0x9A1, 0x9BC], [0x9DD, 0x9A2, 0x9BC], [0x9DF, 0x9AF, 0x9BC],
    [0xA33, 0xA32, 0xA3C], [0xA36, 0xA38, 0xA3C], [0xA59, 0xA16, 0xA3C], [0xA5A, 0xA17, 0xA3C],
    [0xA5B, 0xA1C, 0xA3C], [0xA5E, 0xA2B, 0xA3C], [0xB48, 0xB47, 0xB56], [0xB4B, 0xB47, 0xB3E],
    [0xB4C, 0xB47, 0xB57], [0xB5C, 0xB21, 0xB3C], [0xB5D, 0xB22, 0xB3C], [0xB94, 0xB92, 0xBD7],
    [0xBCA, 0xBC6, 0xBBE], [0xBCB, 0xBC7, 0xBBE], [0xBCC, 0xBC6, 0xBD7], [0xC48, 0xC46, 0xC56],
    [0xCC0, 0xCBF, 0xCD5], [0xCC7, 0xCC6, 0xCD5], [0xCC8, 0xCC6, 0xCD6], [0xCCA, 0xCC6, 0xCC2],
    [0xCCB, 0xCC6, 0xCC2, 0xCD5], [0xD4A, 0xD46, 0xD3E], [0xD4B, 0xD47, 0xD3E],
    [0xD4C, 0xD46, 0xD57], [0xDDA, 0xDD9, 0xDCA], [0xDDC, 0xDD9, 0xDCF],
    [0xDDD, 0xDD9, 0xDCF, 0xDCA], [0xDDE, 0xDD9, 0xDDF], [0xF43, 0xF42, 0xFB7],
    [0xF4D, 0xF4C, 0xFB7], [0xF52, 0xF51, 0xFB7], [0xF57, 0xF56, 0xFB7], [0xF5C, 0xF5B, 0xFB7],
    [0xF69, 0xF40, 0xFB5], [0xF73, 0xF71, 0xF72], [0xF75, 0xF71, 0xF74], [0xF76, 0xFB2, 0xF80],
    [0xF78, 0xFB3, 0xF80], [0xF81, 0xF71, 0xF80], [0xF93, 0xF92, 0xFB7], [0xF9D, 0xF9C, 0xFB7],
    [0xFA2, 0xFA1, 0xFB7], [0xFA7, 0xFA6, 0xFB7], [0xFAC, 0xFAB, 0xFB7], [0xFB9, 0xF90, 0xFB5],
    [0x1026, 0x1025, 0x102E], [0x1B06, 0x1B05, 0x1B35], [0x1B08, 0x1B07, 0x1B35],
    [0x1B0A, 0x1B09, 0x1B35], [0x1B0C, 0x1B0B, 0x1B35], [0x1B0E, 0x1B0D, 0x1B35],
    [0x1B12, 0x1B11, 0x1B35], [0x1B3B, 0x1B3A, 0x1B35], [0x1B3D, 0x1B3C, 0x1B35],
    [0x1B40, 0x1B3E, 0x1B35], [0x1B41, 0x1B3F, 0x1B35], [0x1B43, 0x1B42, 0x1B35],
  ]
}
