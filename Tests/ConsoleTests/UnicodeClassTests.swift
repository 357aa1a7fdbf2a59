import FoundationEssentials
import Testing

@testable import Accounts
@testable import Domain

/// What Unicode says of characters holds for every one of them.
@Suite struct UnicodeClassTests {
  private static func all(_ isWanted: (Unicode.Scalar) -> Bool) -> [Unicode.Scalar] {
    (UInt32(0)...0x10ffff).compactMap(Unicode.Scalar.init).filter(isWanted)
  }

  private static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    let properties = scalar.properties
    if properties.isDefaultIgnorableCodePoint || properties.isWhitespace { return true }
    switch properties.generalCategory {
    case .control, .privateUse, .surrogate, .lineSeparator, .paragraphSeparator, .spaceSeparator,
      .nonspacingMark, .enclosingMark, .spacingMark:
      return true
    case .format: return !scalar.isPrepended
    case .unassigned: return !isReservedForEmoji(scalar)
    default: return false
    }
  }

  @Test("A name of characters that nobody sees is none, whichever and however many they are")
  func names() {
    let unseen = Self.all(Self.isUnseen)
    #expect(unseen.count > 900_000)
    // One that is seen would make a name of all of them.
    for start in stride(from: 0, to: unseen.count, by: 20_000) {
      let name = String(String.UnicodeScalarView(unseen[start..<min(start + 20_000, unseen.count)]))
      #expect(visibleName(name) == nil, "from \(unseen[start].codePoint)")
    }
  }

  @Test("Every letter, digit, sign and symbol is a name by itself, but for those without ink")
  func letters() {
    let seen = Self.all { scalar in
      !Self.isUnseen(scalar) && !scalar.isBlankSymbol && ![0xfffc, 0xfffd].contains(scalar.value)
    }
    #expect(seen.count > 100_000)
    #expect(seen.filter { !$0.isSeen }.map(\.codePoint) == [])
  }

  @Test("JSON escapes all that is ignorable, arranges text or is no character, and keeps it")
  func json() throws {
    let hidden = Self.all { scalar in
      let properties = scalar.properties
      if scalar.isSelector || properties.isJoinControl || scalar.value < 0x20 { return false }
      return properties.isDefaultIgnorableCodePoint || properties.isNoncharacterCodePoint
        || properties.generalCategory == .control
        || properties.generalCategory == .format && !scalar.isPrepended
    }
    #expect(hidden.count > 4000)
    let text = "a" + String(String.UnicodeScalarView(hidden)) + "b"
    let json = jsonText(of: ["t": text])
    #expect(json.utf8.allSatisfy { 0x20..<0x7f ~= $0 })
    #expect(try JSONDecoder().decode([String: String].self, from: Data(json.utf8)) == ["t": text])
  }

  @Test("Joiners and selectors stay in words and emoji, and are escaped where nothing carries them")
  func joiners() {
    for text in ["نمی\u{200C}خواهم", "👩‍👧", "❤️", "1\u{FE0F}\u{20E3}", "क्\u{200D}ष"] {
      #expect(escapingInvisible("\"\(text)\"") == "\"\(text)\"")
    }
    #expect(escapingInvisible("\"\u{200D}\u{200D}a\"") == #""\u200d\u200da""#)
    #expect(escapingInvisible("\" \u{FE0F}é\"") == #"" \ufe0fé""#)
  }

  @Test("An asset is told apart by what is in it, seen or not")
  func assets() {
    #expect(visibleCode("USDT") == "USDT")
    #expect(visibleCode("ТОН é") == "ТОН é")
    for hidden in ["\u{3164}", "\u{115F}", "\u{1160}", "\u{FFA0}"] {
      let digits = hidden.unicodeScalars.map { String($0.value, radix: 16, uppercase: true) }
      #expect(visibleCode(hidden) == "‹U+\(digits[0])›")
    }
    #expect(visibleCode("US\u{200B}DT") == "US‹U+200B›DT")
    #expect(visibleCode(" ") == "‹U+0020›")
    #expect(visibleCode("\u{1b}[1m") == "‹U+001B›[1m")
    #expect(visibleCode(String(repeating: "\u{3164}", count: 500)).count < 700)
    // All that nobody sees, together with a letter: none of it is lost.
    let unseen = Self.all { Self.isUnseen($0) && !$0.isMark && $0 != " " }
    for scalar in unseen where scalar.value < 0x20000 || scalar.value > 0xe0000 {
      guard scalar.properties.generalCategory != .unassigned else { continue }
      guard scalar.properties.generalCategory != .privateUse else { continue }
      #expect(visibleCode("A\(String(Character(scalar)))B") == "A\(scalar.codePoint)B")
    }
  }
}
