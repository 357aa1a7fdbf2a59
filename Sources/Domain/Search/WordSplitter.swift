/// Splits texts into words, for the index and for what is looked for in it.
///
/// There is one rule for both, so every word finds its own message, in every script:
/// - Letters, digits and their signs that stand together are a word.
/// - Where people write no spaces between words, each letter is a word of its own, as in Chinese,
///   Japanese and Thai. What is looked for is then a row of letters, which may begin anywhere.
/// - An emoji is a word of its own, in any colour of skin.
/// - Case, accents, the points of Hebrew, the vowel signs of Arabic and what cannot be seen are left
///   out. `е` stands for `ё`, but `й`, `ў` and `ї` are letters.
///
/// The spellings are what the index holds: who changes a rule writes a migration that builds the index
/// anew.
package struct WordSplitter {
  /// More letters of a word than these are left out, in the index as in a search. Hashes and addresses
  /// are shorter; what is longer is no word.
  static let longestWord = 96

  private enum Word {
    case none
    /// Letters that go on with the next one.
    case joined
    /// A letter or an emoji that stands alone, with the signs that belong to it.
    case apart
    /// One half of a flag.
    case halfFlag
  }

  private var word = Word.none
  private var spelling = ""
  private var length = 0
  /// The last letter of the spelling, if an accent may still change it.
  private var last: Unicode.Scalar?

  /// Calls `body` with each word of the text as the index spells it, and with where it stands.
  ///
  /// Of ASCII there is nothing in spellings but small letters and digits: no quote and no space.
  package static func eachWord(of text: Substring, _ body: (String, Range<String.Index>) -> Void) {
    var splitter = WordSplitter()
    let scalars = text.unicodeScalars
    var (start, end) = (scalars.startIndex, scalars.startIndex)
    while end < scalars.endIndex {
      let scalar = scalars[end]
      let kind = LetterKind(of: scalar)
      if splitter.word != .none, splitter.isOver(before: kind) {
        body(splitter.spelling, start..<end)
        splitter.forget()
      }
      if splitter.word == .none { start = end }
      splitter.take(scalar, kind)
      end = scalars.index(after: end)
    }
    if splitter.word != .none { body(splitter.spelling, start..<end) }
  }

  /// The words of a text as the index spells them, each with a space after it.
  package static func spelled(_ text: String) -> String {
    var text = text
    if let plain = text.withUTF8({ PlainWords.spelled($0) }) {
      return String(decoding: plain, as: UTF8.self)
    }
    var words = ""
    eachWord(of: text[...]) { word, _ in words += word + " " }
    return words
  }

  private func isOver(before kind: LetterKind) -> Bool {
    switch kind {
    case .between, .apart: true
    case .joined: word != .joined
    case .halfFlag: word != .halfFlag
    case .sign, .accent, .skin, .unseen: false
    }
  }

  private mutating func forget() {
    (word, length, last) = (.none, 0, nil)
    spelling.removeAll(keepingCapacity: true)
  }

  private mutating func take(_ scalar: Unicode.Scalar, _ kind: LetterKind) {
    switch kind {
    case .between, .unseen: return
    case .joined:
      word = .joined
      append(scalar)
    case .apart:
      word = .apart
      append(scalar)
    case .halfFlag:
      word = word == .halfFlag ? .apart : .halfFlag
      append(scalar)
    case .sign:
      if word == .none { word = .joined }
      append(scalar)
    case .skin:
      guard word == .none else { return }
      word = .apart
      append(scalar)
    case .accent: accent(scalar)
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    last = nil
    LetterFolding.fold(scalar) { letter in
      guard length < WordSplitter.longestWord else { return }
      spelling.unicodeScalars.append(letter)
      length += 1
      last = letter
    }
  }

  /// Accents are left out, but for those that make another letter of Cyrillic ones.
  private mutating func accent(_ scalar: Unicode.Scalar) {
    guard let last, let letter = LetterFolding.letter(last, with: scalar) else { return }
    spelling.unicodeScalars.removeLast()
    spelling.unicodeScalars.append(letter)
    self.last = nil
  }
}
