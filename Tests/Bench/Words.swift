/// Repeatable chance: equal seeds give equal sequences. Quick, and good for nothing but benches.
struct Chance {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64.
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// At least 0, less than 1.
  mutating func fraction() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

  /// 0 ..< `count`, the first ones much more often: as people use words, and write to each other.
  mutating func rank(of count: Int) -> Int {
    min(Int(exponential(fraction() * logarithm(Double(count) + 1))) - 1, count - 1)
  }

  /// 0 ..< `count`, all alike.
  mutating func index(of count: Int) -> Int { Int(next() % UInt64(max(count, 1))) }
}

/// Texts of made-up words, three quarters Cyrillic and one quarter Latin.
struct Words {
  private let cyrillic: [String]
  private let latin: [String]

  static let shared = Words()

  private init() {
    cyrillic = Words.vocabulary(
      30_000, seed: 1,
      [
        "ка", "ра", "ти", "ца", "по", "ма", "ну", "да", "же", "то", "но", "ло", "шо", "вы", "ре",
        "ст", "ин", "ов", "ый", "ши", "щу", "эт", "юл", "бе", "гу", "за", "фи", "хо", "че", "ёл",
      ])
    latin = Words.vocabulary(
      15_000, seed: 2,
      [
        "ka", "ri", "to", "sen", "ma", "lo", "ve", "in", "or", "du", "pa", "ne", "shi", "al", "bo",
        "cu", "est", "fi", "gra", "ho", "ju", "li", "mo", "ux", "qua", "zy", "the", "wi", "ur", "y",
      ])
  }

  /// A text of about so many characters.
  func text(_ length: Int, _ chance: inout Chance) -> String {
    let vocabulary = chance.next() % 4 == 0 ? latin : cyrillic
    var text = vocabulary[chance.rank(of: vocabulary.count)]
    // Two bytes a letter in Cyrillic, one in Latin; counting characters would cost more than it gives.
    let bytes = vocabulary.count == latin.count ? length : length * 2
    while text.utf8.count < bytes {
      text += " "
      text += vocabulary[chance.rank(of: vocabulary.count)]
    }
    return text
  }

  /// A word as a name has it.
  func name(_ chance: inout Chance) -> String {
    cyrillic[500 + chance.index(of: cyrillic.count - 500)].capitalized
  }

  /// Words of syllables, each once.
  private static func vocabulary(
    _ count: Int, seed: UInt64, _ syllables: [String]
  ) -> [String] {
    var chance = Chance(seed: seed)
    var words: [String] = []
    var known: Set<String> = []
    while words.count < count {
      let word = (0...chance.index(of: 5)).map { _ in
        syllables[chance.index(of: syllables.count)]
      }.joined()
      if known.insert(word).inserted { words.append(word) }
    }
    return words
  }
}

extension String {
  fileprivate var capitalized: String { prefix(1).uppercased() + dropFirst() }
}
