/// What somebody wants to find: all of these words and phrases, in any case.
///
/// Words stand beside each other, phrases in quotes. The last word may go on, it is still being typed,
/// until a space ends it.
/// Nothing in the text is a command to the index.
public struct SearchQuery: Sendable, Equatable {
  /// Words in a row, or one word.
  struct Term: Sendable, Equatable {
    /// Lower case, as the index spells them.
    var words: [String]
    /// Whether the last word may be the beginning of a longer one.
    var isOpen: Bool
  }

  let terms: [Term]

  /// More words than these are left out, as is what follows the first characters of a very long one.
  static let mostWords = 24
  private static let longestWord = 64
  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

  /// Reads what was typed.
  public init(_ text: String) {
    var terms: [Term] = []
    var left = SearchQuery.mostWords
    func add(_ words: [String], isOpen: Bool) {
      let words = words.prefix(left)
      left -= words.count
      if !words.isEmpty { terms.append(Term(words: Array(words), isOpen: isOpen)) }
    }
    let isTyping = !(text.last?.isWhitespace ?? true)
    // Enough for every word that counts; a page pasted by mistake need not be read to its end.
    let text = text.prefix(4096)
    let parts = text.split(omittingEmptySubsequences: false, whereSeparator: Self.quotes.contains)
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1 && isTyping
      let isPhrase = index % 2 == 1
      if isPhrase {
        add(SearchQuery.words(of: part), isOpen: isLast)
      } else {
        // What joins two words, as a hyphen does, makes them a phrase.
        let pieces = part.split(whereSeparator: \.isWhitespace).map(SearchQuery.words)
          .filter { !$0.isEmpty }
        for (number, words) in pieces.enumerated() {
          add(words, isOpen: isLast && number == pieces.count - 1)
        }
      }
    }
    self.terms = terms
  }

  /// Whether there is no word to look for.
  public var isEmpty: Bool { terms.isEmpty }

  /// The words as the index wants them; nil when there are none.
  func match(in chat: String?) -> String? {
    guard !isEmpty else { return nil }
    // Letters and digits alone are left of what was typed: no quote can end the string early.
    let words = terms.map { "\"\($0.words.joined(separator: " "))\"" + ($0.isOpen ? " *" : "") }
      .joined(separator: " AND ")
    let text = "{text files} : (\(words))"
    return chat.map { "place : \"\(SearchQuery.place($0))\" AND \(text)" } ?? text
  }

  /// The same spelling as `Schema.place`.
  private static func place(_ chat: String) -> String {
    let word = chat.map { character -> String in
      switch character {
      case ":": "x"
      case "-": "n"
      case "+": "p"
      case "\"": " "
      default: String(character)
      }
    }
    return "ʘ" + word.joined()
  }

  /// Where the words stand in a text, from left to right.
  public func ranges(in text: String) -> [Range<String.Index>] {
    let places = SearchQuery.places(of: text)
    var found: [Range<String.Index>] = []
    var index = 0
    while index < places.count {
      let length = terms.compactMap { SearchQuery.length(of: $0, in: places[index...]) }.max()
      if let length {
        found.append(places[index].range.lowerBound..<places[index + length - 1].range.upperBound)
      }
      index += length ?? 1
    }
    return found
  }

  /// How many words of the text a term takes that begins with the first of them; nil if it does not.
  private static func length(of term: Term, in places: ArraySlice<Place>) -> Int? {
    guard places.count >= term.words.count else { return nil }
    for (offset, (word, place)) in zip(term.words, places).enumerated() {
      let mayGoOn = term.isOpen && offset == term.words.count - 1
      guard mayGoOn ? place.word.hasPrefix(word) : place.word == word else { return nil }
    }
    return term.words.count
  }

  private typealias Place = (word: String, range: Range<String.Index>)

  private static func words(of text: Substring) -> [String] {
    places(of: text).map { String($0.word.prefix(longestWord)) }
  }

  /// The words of a text in the spelling of the index, and where they stand.
  private static func places(of text: some StringProtocol) -> [Place] {
    var places: [Place] = []
    var start: String.Index?
    var word = ""
    var index = text.startIndex
    while index < text.endIndex {
      let character = text[index]
      if let letter = spelling(of: character) {
        start = start ?? index
        word += letter
      } else if let begun = start {
        places.append((word, begun..<index))
        (start, word) = (nil, "")
      }
      index = text.index(after: index)
    }
    if let start { places.append((word, start..<text.endIndex)) }
    return places
  }

  /// A letter or digit as the index spells it; nil for everything between words.
  private static func spelling(of character: Character) -> String? {
    guard let base = character.unicodeScalars.first,
      base.properties.isAlphabetic || base.properties.numericType != nil
    else { return nil }
    switch character {
    case "ё", "Ё": return "е"
    // Equal to its two signs, which the index has as one.
    case "й", "Й": return "й"
    case "ў", "Ў": return "ў"
    case "ї", "Ї": return "ї"
    default: return base.properties.lowercaseMapping
    }
  }
}
