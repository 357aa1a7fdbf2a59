import Synchronization

/// What the phrases are in a language, and which form of a noun a number takes in it.
package struct Vocabulary: Sendable {
  /// A number as words depend on it.
  package enum Number: Sendable, Equatable {
    case whole(Int)
    case fraction
    /// The one that English sets apart.
    static let one = Number.whole(1)
  }

  /// The language in which phrases are written.
  package static let english = Vocabulary("en", []) { $0 == .one ? 0 : 1 }

  /// The language's code.
  let code: String
  private let texts: [Phrase: String]
  private let form: @Sendable (Number) -> Int

  /// - Parameters:
  ///   - code: of the language.
  ///   - texts: of all areas.
  ///   - form: which of the forms of a noun, from 0, stands with a number.
  package init(
    _ code: String, _ texts: [KeyValuePairs<Phrase, String>],
    form: @escaping @Sendable (Number) -> Int
  ) {
    self.code = code
    self.texts = Dictionary(
      texts.flatMap { $0.map { ($0.key, $0.value) } }, uniquingKeysWith: { first, _ in first })
    self.form = form
  }

  /// What a phrase is; its English where that is not known.
  func text(of phrase: Phrase) -> String { texts[phrase] ?? phrase.english }

  /// The form that a number takes, as it is written with signs and groups.
  func form(of number: String) -> Int {
    let isWhole = number.allSatisfy { $0.isWholeNumber || Vocabulary.signs.contains($0) }
    // As many digits as an integer holds; of more only the last ones matter.
    let value = Int(number.filter(\.isWholeNumber).suffix(18))
    return form(isWhole ? value.map(Number.whole) ?? .fraction : .fraction)
  }

  /// Those before numbers and between groups of digits.
  private static let signs: Set<Character> = [" ", "\u{a0}", "\u{202f}", "-", "−", "+"]

  // MARK: The one in use

  private static let chosen = Mutex(Vocabulary.english)

  #if DEBUG
    /// Another one within a task, for tests: all others go on in English.
    @TaskLocal package static var ofTask: Vocabulary?
  #endif

  /// That of all phrases.
  static var current: Vocabulary {
    #if DEBUG
      if let ofTask { return ofTask }
    #endif
    return chosen.withLock { $0 }
  }

  /// Names the language that all phrases are said in, with the forms of numbers and times: whoever keeps something worded keeps this
  /// beside it, and words it anew when it is another.
  package static var language: String { current.code + DisplayForms.current.key }

  /// All phrases are said in it from now on.
  package func use() { Vocabulary.chosen.withLock { $0 = self } }
}
