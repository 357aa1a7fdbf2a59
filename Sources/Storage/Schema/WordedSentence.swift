/// A text that an earlier version may have made of a sentence with holes.
struct WordedSentence {
  var text: String

  init(_ text: String) { self.text = text }

  /// What stands in the holes (`{}`) of a sentence; nil if the text is another one.
  ///
  /// - Parameter first: what the first hole is expected to hold; where it stands there, it decides
  ///   where the hole ends.
  func holes(of sentence: String, first: String? = nil) -> [String]? {
    let pieces = sentence.split(separator: "{}", omittingEmptySubsequences: false)
    guard let start = pieces.first, text.hasPrefix(start) else { return nil }
    guard pieces.count > 1 else { return text == sentence ? [] : nil }
    var rest = text.dropFirst(start.count)
    var holes: [String] = []
    for (index, piece) in pieces.enumerated().dropFirst() {
      let isLast = index == pieces.count - 1
      if isLast {
        guard rest.hasSuffix(piece), rest.count >= piece.count else { return nil }
        holes.append(String(rest.dropLast(piece.count)))
      } else if index == 1, let first, rest.hasPrefix(first + piece) {
        holes.append(first)
        rest = rest.dropFirst(first.count + piece.count)
      } else {
        guard let range = rest.firstRange(of: piece) else { return nil }
        holes.append(String(rest[..<range.lowerBound]))
        rest = rest[range.upperBound...]
      }
    }
    return holes
  }
}
