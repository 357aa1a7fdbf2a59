import Console
import Testing

@Suite struct VisibleTextTests {
  @Test("Control characters become their pictures and escape sequences lose their teeth")
  func controls() {
    #expect(harmless("\u{1B}[31mred\u{7}\u{0}") == "␛[31mred␇␀")
    #expect(harmless("\u{7F}\u{9B}31m") == "␡\u{FFFD}31m")
    #expect(harmless("\u{1B}]0;title\u{7}") == "␛]0;title␇")
  }

  @Test("Line breaks of every kind become one space, or stay where lines are kept")
  func lines() {
    #expect(harmless("a\nb\r\nc\td\u{2028}e\u{85}f") == "a b c d e f")
    #expect(harmless("a\nb\r\nc\td", keepingLines: true) == "a\nb\nc d")
  }

  @Test(
    "Characters that turn or hide text are shown",
    arguments: [
      "\u{202A}", "\u{202E}", "\u{2066}", "\u{2069}", "\u{200E}", "\u{200F}", "\u{061C}",
      "\u{200B}",
      "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{E000}", "\u{FFFFF}", "\u{FFF9}",
    ])
  func formats(_ hidden: String) {
    #expect(harmless("a\(hidden)b") == "a\u{FFFD}b")
  }

  @Test(
    "Letters, accents, emoji and their joiners stay as they are",
    arguments: [
      "Привет, мир", "a\u{301}e\u{308}\u{323}", "نمی\u{200C}خواهم", "👨‍👩‍👧‍👦", "👩🏻‍❤️‍💋‍👨🏿", "🏳️‍🌈",
      "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇷🇺", "한국어", "नमस्ते", "שלום", "1\u{FE0F}\u{20E3}",
    ])
  func letters(_ text: String) {
    #expect(Array(harmless(text).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("A tower of accents is cut down to a few")
  func tower() {
    let tower = "Z" + String(repeating: "\u{35F}", count: 10_000) + "a"
    let shown = harmless(tower)
    #expect(shown.unicodeScalars.count <= 12)
    #expect(shown.count == 2)
    #expect(shown.hasSuffix("a"))
  }

  @Test("Nothing dangerous gets through however scalars are combined")
  func combinations() {
    let pieces = ["a", "\u{301}", "\u{200D}", "\u{1B}", "\u{202E}", "👩", "\u{FE0F}", "\r", "\n"]
    for first in pieces {
      for second in pieces {
        for third in pieces {
          let shown = harmless(first + second + third)
          #expect(!shown.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E })
        }
      }
    }
  }

  @Test("The limit counts what people see as characters")
  func limit() {
    #expect(harmless("👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦", limit: 2) == "👨‍👩‍👧‍👦👨‍👩‍👧‍👦…")
    #expect(harmless("abc", limit: 3) == "abc")
    #expect(harmless("", limit: 0).isEmpty)
    #expect(harmless(String(repeating: "x", count: 20_000)).count == 16_385)
  }
}
