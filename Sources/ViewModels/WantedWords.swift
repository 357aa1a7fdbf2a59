/// The words that are typed to find something: all of them have to be somewhere in it.
struct WantedWords: Equatable {
  let text: String
  /// Small, as bytes: thousands of names are looked through at a key.
  private let words: [[UInt8]]

  init(_ text: String) {
    self.text = text
    words = text.split(whereSeparator: \.isWhitespace).map { WantedWords.folded(String($0)) }
  }

  var isEmpty: Bool { words.isEmpty }

  /// How a name is kept to be looked through.
  static func folded(_ text: String) -> [UInt8] {
    Array(text.lowercased().replacing("ё", with: "е").utf8)
  }

  func fits(_ name: [UInt8]) -> Bool { words.allSatisfy { WantedWords.contains(name, $0) } }

  func fits(_ texts: String...) -> Bool {
    fits(WantedWords.folded(texts.joined(separator: " ")))
  }

  /// Bytes of whole letters: no word is found in the middle of a letter.
  private static func contains(_ name: [UInt8], _ word: [UInt8]) -> Bool {
    guard let first = word.first else { return true }
    guard name.count >= word.count else { return false }
    return name.withUnsafeBufferPointer { name in
      word.withUnsafeBufferPointer { word in
        for start in 0...name.count - word.count where name[start] == first {
          var length = 1
          while length < word.count, name[start + length] == word[length] { length += 1 }
          if length == word.count { return true }
        }
        return false
      }
    }
  }
}
