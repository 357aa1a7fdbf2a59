import Domain
import Testing

@testable import Interface

@Suite struct TextWidthTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Привет", 6), ("日本語", 6), ("e\u{301}", 1), ("👍", 2), ("☎", 1),
    // Sequences become their first emoji, without tone and selector.
    ("👍🏽", 2), ("👨‍👩‍👧", 2), ("❤️", 1), ("1️⃣", 1), ("🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2),
    // Flags are two letters.
    ("🇷🇺", 2),
    // Made visible, so that they cannot hide or move anything.
    ("\u{1b}", 1), ("a\u{200b}b", 2), ("\u{202e}", 1), ("\u{feff}", 0), ("\t", 1),
    ("한국", 4), ("ｱ", 1), ("＃", 2),
  ])
  func columns(_ text: String, _ columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
  }

  @Test(
    "What is newer than the C library's table is shown, as wide as Unicode says",
    arguments: [("\u{1fae8}", 2), ("\u{1faea}", 2), ("a\u{1fae8}b", 4), ("\u{31350}", 2)])
  func newCharacters(_ text: String, _ columns: Int) {
    #expect(TextWidth.columns(of: text) == columns)
    #expect(TextWidth.glyphs(of: text).map(\.text).joined() == text)
  }

  @Test("Letters that are spared Unicode's questions would have answered them so")
  func ordinaryLetters() {
    let letters = (UInt32(0)..<0x3000).compactMap(Unicode.Scalar.init).filter(isOrdinary)
    #expect(letters.count > 900)
    for letter in letters {
      // What is not ordinary sends the whole text the long way.
      let text = "日\(letter)日"
      #expect(text.count == 3, "\(letter.value)")
      #expect(harmless(text) == text, "\(letter.value)")
      let glyphs = TextWidth.glyphs(of: text)
      #expect(glyphs.count == 3 && glyphs[1] == Glyph(letter), "\(letter.value)")
    }
  }

  @Test func nothingInvisibleRemains() {
    let glyphs = TextWidth.glyphs(of: "a\u{1b}[31m\u{7}\n👩🏽‍🚀🇫🇷❤️\u{202e}z\u{200d}")
    #expect(glyphs.map(\.text).joined() == "a␛[31m␇ 👩FR❤\u{fffd}z")
  }

  @Test func marksOnALetterAreBounded() throws {
    let pile = "a" + String(repeating: "\u{301}", count: 7)
    let glyph = try #require(TextWidth.glyphs(of: pile).first)
    #expect(glyph.text.unicodeScalars.count == 5)
  }

  @Test(arguments: [
    ("hello", 5, "hello"), ("hello", 4, "hel…"), ("hello", 1, "…"), ("hello", 0, ""),
    ("日本語", 5, "日本…"), ("日本語", 4, "日…"), ("", 0, ""), ("👨‍👩‍👧 семья", 5, "👨 с…"),
  ])
  func fits(_ text: String, _ width: Int, _ fitted: String) {
    #expect(TextWidth.fit(text, width: width) == fitted)
    #expect(TextWidth.columns(of: fitted) <= width)
  }

  @Test(arguments: [
    ("one two three", 7, ["one two", "three"]), ("one two", 3, ["one", "two"]),
    ("onetwo", 4, ["onet", "wo"]), ("a\n\nb", 9, ["a", "", "b"]), ("", 5, [""]),
    ("日本語 テキスト", 6, ["日本語", "テキス", "ト"]), ("one  two", 5, ["one ", "two"]),
    ("ab cdefgh", 4, ["ab", "cdef", "gh"]), ("x", 0, []),
  ])
  func wraps(_ text: String, _ width: Int, _ lines: [String]) {
    #expect(TextWidth.wrap(text, width: width) == lines)
  }

  @Test func wrappingLosesNothingAndFits() {
    let text = "Уже еду, 日本語も混ざる 👨‍👩‍👧 https://example.org/aaaaaaaaaaaaaaaaaaaaaaaa и далее"
    let letters = TextWidth.glyphs(of: text).map(\.text).filter { $0 != " " }.joined()
    for width in 2...40 {
      let lines = TextWidth.wrap(text, width: width)
      #expect(lines.allSatisfy { TextWidth.columns(of: $0) <= width }, "\(width)")
      #expect(lines.joined().filter { $0 != " " } == letters, "\(width)")
    }
  }
}
