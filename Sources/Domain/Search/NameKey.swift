/// A name as it is found: by its letters as they are, and by the Latin ones that sound alike.
package struct NameKey: Sendable, Equatable {
  /// The folded words, as UTF-8.
  let words: [[UInt8]]
  /// The same words in coarse Latin letters.
  let sounds: [[UInt8]]
  /// The digits of the person's number; empty where none is known.
  let digits: [UInt8]

  /// - Parameter number: a telephone number in any form.
  package init(_ name: String, number: String? = nil) {
    let folded = NameKey.folded(name)
    words = folded.map { NameKey.bytes($0) }
    sounds = folded.map { CoarseLatin.sound(of: $0) }
    digits = Array((number ?? "").utf8.filter { (0x30...0x39).contains($0) })
  }

  /// The words of a name, folded as the search of messages folds them. An apostrophe parts no words:
  /// O'Neil is one.
  static func folded(_ name: String) -> [[Unicode.Scalar]] {
    var words: [[Unicode.Scalar]] = []
    var word: [Unicode.Scalar] = []
    for scalar in name.unicodeScalars {
      if scalar.properties.isAlphabetic || scalar.properties.numericType != nil {
        LetterFolding.fold(scalar) { word.append($0) }
      } else if scalar.properties.generalCategory == .nonspacingMark, let last = word.last {
        // An accent that is written apart: some make another letter, most are left out.
        if let letter = LetterFolding.letter(last, with: scalar) { word[word.count - 1] = letter }
      } else if !apostrophes.contains(scalar.value), !word.isEmpty {
        words.append(word)
        word = []
      }
    }
    return word.isEmpty ? words : words + [word]
  }

  private static let apostrophes: Set<UInt32> = [0x27, 0x60, 0x2019, 0x2BC]

  static func bytes(_ word: [Unicode.Scalar]) -> [UInt8] {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: word)
    return Array(String(text).utf8)
  }
}

/// Words in Latin letters so coarse that Cyrillic and its various transcriptions come to the same:
/// Павел and pavel, Юлия and yuliya and julia.
enum CoarseLatin {
  /// - Parameter word: folded; letters of other scripts stay as they are.
  static func sound(of word: [Unicode.Scalar]) -> [UInt8] {
    var sound: [UInt8] = []
    var index = 0
    while index < word.count {
      let rest = word[index...]
      if let (letters, stands) = groups.first(where: { rest.starts(with: $0.0) }) {
        sound += stands
        index += letters.count
      } else {
        sound += letters[word[index]] ?? NameKey.bytes([word[index]])
        index += 1
      }
    }
    return softened(sound)
  }

  /// Without doubled letters, and without the glide before a vowel: `ia` is `a`, `io` is `e`.
  private static func softened(_ sound: [UInt8]) -> [UInt8] {
    var soft: [UInt8] = []
    var wasDoubled = false
    for (index, letter) in sound.enumerated() {
      // Of more than two nobody's name is made.
      if soft.last == letter, letter > 0x39, !wasDoubled {
        wasDoubled = true
        continue
      }
      wasDoubled = false
      if letter == i {
        let next = sound[(index + 1)...].first { $0 != i }
        if let next, [UInt8(ascii: "a"), UInt8(ascii: "e"), UInt8(ascii: "u")].contains(next) {
          continue
        }
      }
      if letter == o, index > 0, sound[index - 1] == i {
        soft[soft.count - 1] = UInt8(ascii: "e")
        continue
      }
      soft.append(letter)
    }
    return soft
  }

  private static let i = UInt8(ascii: "i")
  private static let o = UInt8(ascii: "o")

  /// Latin letters that stand for one sound together; the longest first.
  private static let groups: [([Unicode.Scalar], [UInt8])] = [
    ("shch", "s"), ("sch", "s"), ("tch", "c"), ("sh", "s"), ("ch", "c"), ("ts", "c"), ("tz", "c"),
    ("zh", "z"), ("kh", "h"), ("gh", "h"), ("ph", "f"), ("th", "t"), ("ck", "k"),
  ].map { (Array($0.0.unicodeScalars), Array($0.1.utf8)) }

  private static let letters: [Unicode.Scalar: [UInt8]] = {
    let sounds = [
      "а a", "б b", "в v", "г h", "ґ h", "д d", "е e", "є ie", "ж z", "з z", "и i", "і i", "ї i",
      "й i", "к k", "л l", "м m", "н n", "о o", "п p", "р r", "с s", "т t", "у u", "ў u", "ф f",
      "х h", "ц c", "ч c", "ш s", "щ s", "ъ ", "ы i", "ь ", "э e", "ю iu", "я ia",
      "g h", "c k", "q k", "w v", "x ks", "y i", "j i",
    ]
    return Dictionary(
      uniqueKeysWithValues: sounds.compactMap { line in
        let parts = line.split(separator: " ", omittingEmptySubsequences: false)
        guard let letter = parts.first?.unicodeScalars.first else { return nil }
        return (letter, Array(parts[1].utf8))
      })
  }()
}
