/// A web address that somebody wrote into a message, and that can be shown to a person before it is
/// opened.
///
/// It consists of printable ASCII alone: what else stands in it is percent-encoded, and a host with
/// other letters is none, because they may look like the letters of another host. One that names a
/// user before its host is none either: it pretends to lead elsewhere.
package struct WebAddress: Sendable, Hashable {
  /// In full, as a browser gets it.
  package let text: String
  /// Whom it leads to.
  package let host: String

  /// Bytes of an address; browsers take no longer ones from each other.
  private static let limit = 2083
  private static let schemes = ["https://", "http://"]

  /// - Parameter text: begins with `http://` or `https://`.
  package init?(_ text: String) {
    guard let scheme = Self.schemes.first(where: text.lowercased().hasPrefix) else { return nil }
    let rest = text.dropFirst(scheme.count)
    let authority = rest.prefix { !"/?#\\".contains($0) }
    let name = authority.prefix { $0 != ":" }
    let port = authority.dropFirst(name.count)
    let isName = { (character: Character) in
      character.isASCII && (character.isLetter || character.isNumber || ".-".contains(character))
    }
    guard !name.isEmpty, name.allSatisfy(isName), name.first != ".", name.first != "-",
      port.isEmpty || port.dropFirst().allSatisfy({ $0.isASCII && $0.isNumber })
    else { return nil }
    host = name.lowercased()
    self.text = scheme + authority.lowercased() + Self.encoded(rest.dropFirst(authority.count))
    guard self.text.utf8.count <= Self.limit else { return nil }
  }

  /// What is no printable ASCII, or ends an address elsewhere, as `%` and hexadecimal digits.
  private static func encoded(_ text: Substring) -> String {
    let digits = Array("0123456789ABCDEF")
    var output = ""
    for byte in text.utf8 {
      if byte > 0x20, byte < 0x7f, !Self.divisive.contains(byte) {
        output.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        output += "%" + String(digits[Int(byte >> 4)]) + String(digits[Int(byte & 15)])
      }
    }
    return output
  }

  private static let divisive = Array("\"<>\\^`{|}".utf8)

  /// The addresses in a text, each once, in their order.
  ///
  /// - Parameter most: so many at most.
  package static func all(in text: String, most: Int = 8) -> [WebAddress] {
    var found: [WebAddress] = []
    for place in places(in: text) where !found.contains(place.address) {
      guard found.count < most else { break }
      found.append(place.address)
    }
    return found
  }

  /// The addresses in a text in their order, and which of its characters they are.
  package static func places(in text: String) -> [(range: Range<Int>, address: WebAddress)] {
    // Many messages are looked through with each picture, and hardly one has an address.
    guard hasScheme(text) else { return [] }
    var found: [(range: Range<Int>, address: WebAddress)] = []
    for word in text.split(whereSeparator: { $0.isWhitespace || "<>\"«»“”".contains($0) }) {
      let small = word.lowercased()
      // What changes its length in small letters is no address.
      guard found.count < mostPlaces, small.count == word.count,
        let start = schemes.compactMap({ small.firstRange(of: $0)?.lowerBound }).min()
      else { continue }
      let offset = small.distance(from: small.startIndex, to: start)
      let shown = trimmed(word.dropFirst(offset))
      guard let address = WebAddress(shown) else { continue }
      let first = text.distance(from: text.startIndex, to: word.startIndex) + offset
      found.append((first..<first + shown.count, address))
    }
    return found
  }

  /// A text of addresses alone is looked through no further: each of them costs its way from the
  /// text's beginning.
  private static let mostPlaces = 64

  /// Whether there is `://` in a text.
  private static func hasScheme(_ text: String) -> Bool {
    var last: (UInt8, UInt8) = (0, 0)
    for byte in text.utf8 {
      if byte == UInt8(ascii: "/"), last == (UInt8(ascii: ":"), UInt8(ascii: "/")) { return true }
      last = (last.1, byte)
    }
    return false
  }

  /// Without the signs of the sentence around it; a bracket that is opened in it belongs to it.
  private static func trimmed(_ word: Substring) -> String {
    var word = word
    while let last = word.last {
      let opening: Character? = [")": "(", "]": "["][last]
      let isOpened = opening.map { opening in
        word.count { $0 == opening } >= word.count { $0 == last }
      }
      guard isOpened.map({ !$0 }) ?? ".,;:!?'*_…".contains(last) else { break }
      word = word.dropLast()
    }
    return String(word)
  }
}
