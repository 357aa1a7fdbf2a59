/// What somebody wants to find: all of these words and phrases, in any case.
///
/// Words stand beside each other, phrases in quotes. The last word may go on, it is still being typed,
/// until a space ends it.
/// Nothing in the text is a command to the index.
package struct SearchQuery: Sendable, Equatable {
  /// Words in a row, or one word.
  struct Term: Sendable, Equatable {
    /// As the index spells them.
    package var words: [String]
    /// Whether the last word may be the beginning of a longer one.
    package var isOpen: Bool
  }

  let terms: [Term]

  /// More words than these are left out. In Chinese, each letter is a word.
  static let mostWords = 64
  private static let quotes: Set<Character> = ["\"", "“", "”", "„", "«", "»"]

  /// Reads what was typed.
  package init(_ text: String) {
    var terms: [Term] = []
    var left = SearchQuery.mostWords
    func add(_ words: [String], isOpen: Bool) {
      let words = words.prefix(left)
      left -= words.count
      guard let last = words.last?.unicodeScalars.first else { return }
      // Nothing shows the end of a word where no spaces are written: a vowel may follow.
      let isOpen = isOpen || LetterKind.standsApart(last)
      terms.append(Term(words: Array(words), isOpen: isOpen))
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
  package var isEmpty: Bool { terms.isEmpty }

  /// The words as the index wants them; nil when there are none.
  package func match(in chat: ChatID?) -> String? {
    guard !isEmpty else { return nil }
    // Of ASCII nothing but letters and digits is left: no quote can end the string early.
    let words = terms.map { "\"\($0.words.joined(separator: " "))\"" + ($0.isOpen ? " *" : "") }
      .joined(separator: " AND ")
    let text = "{text files} : (\(words))"
    return chat.map { "place : \"\(SearchQuery.place($0))\" AND \(text)" } ?? text
  }

  /// The same spelling as `Schema.place`.
  private static func place(_ chat: ChatID) -> String {
    let word = chat.text.map { character -> String in
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
  package func ranges(in text: String) -> [Range<String.Index>] {
    let places = SearchQuery.places(of: text[...])
    var found: [Range<String.Index>] = []
    var index = 0
    while index < places.count {
      let length = terms.compactMap { SearchQuery.length(of: $0, in: places[index...]) }.max()
      if let length {
        let last = places[index + length - 1]
        found.append(text.whole(places[index].range.lowerBound..<last.range.upperBound))
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

  private static func words(of text: Substring) -> [String] { places(of: text).map(\.word) }

  /// The words of a text in the spelling of the index, and where they stand.
  private static func places(of text: Substring) -> [Place] {
    var places: [Place] = []
    WordSplitter.eachWord(of: text) { places.append(($0, $1)) }
    return places
  }
}

extension StringProtocol {
  /// The range with all of the characters, as people see them, that it begins or ends in.
  fileprivate func whole(_ range: Range<Index>) -> Range<Index> {
    // Going one on from inside of a character leads to the end of that character.
    let start = index(before: index(after: range.lowerBound))
    return start..<index(after: unicodeScalars.index(before: range.upperBound))
  }
}
