import Accounts
import Domain
import FoundationEssentials
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
    "Characters that turn text or that only fonts know are shown as marks",
    arguments: [
      "\u{202A}", "\u{202E}", "\u{202C}", "\u{FFFC}", "\u{E000}", "\u{FFFFF}", "\u{9B}",
    ])
  func formats(_ hidden: String) {
    #expect(harmless("a\(hidden)b") == "a\u{FFFD}b")
  }

  @Test(
    "Isolates stay where they begin and end in one line, and go where they are alone",
    arguments: [
      ("a\u{2066}b\u{2069}c", "a\u{2066}b\u{2069}c"), ("a\u{2069}b", "ab"), ("a\u{2067}b", "ab"),
      ("\u{2068}a\nb\u{2069}", "a\nb"), ("\u{2066}\u{2067}a\u{2069}", "\u{2067}a\u{2069}"),
    ])
  func isolates(_ text: String, _ shown: String) {
    #expect(harmless(text, keepingLines: true) == shown)
    #expect(harmless("\u{2066}abc\u{2069}", limit: 3) == "\u{2066}ab…\u{2069}")
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

  @Test(
    "Characters that show nothing are dropped",
    arguments: [
      "\u{AD}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{034F}", "\u{115F}", "\u{1160}",
      "\u{3164}", "\u{FFA0}", "\u{E0041}", "\u{E007F}", "\u{200E}", "\u{200F}", "\u{061C}",
      "\u{180E}", "\u{2064}",
      "\u{206A}", "\u{FFF9}", "\u{1D173}",
    ])
  func invisible(_ hidden: String) {
    #expect(harmless("a\(hidden)b") == "ab")
    #expect(harmless(hidden) == "")
  }

  @Test(
    "Emoji of versions to come are no dangers",
    arguments: ["\u{1FAE8}", "\u{1FADF}", "\u{1FAEA}", "\u{1F6DC}"])
  func newEmoji(_ emoji: String) { #expect(harmless(emoji) == emoji) }

  @Test("So are those that our own tables do not know yet, where emoji are to be")
  func emojiToCome() throws {
    let places = (0x1f000...0x1faff as ClosedRange<UInt32>).compactMap(Unicode.Scalar.init)
    let free = try #require(places.first { $0.properties.generalCategory == .unassigned })
    #expect(harmless(String(free)) == String(free))
    #expect(harmless("\u{E0FFF}x") == "x")
    #expect(harmless("\u{378}") == "\u{FFFD}", "elsewhere it is marked")
  }

  @Test("A name of nothing visible is none; of others what does not show goes")
  func names() {
    for nothing in [
      "", " ", "\u{2800}", "\u{3164}\u{115F}", "\u{200B}", "\u{200D}", "\u{FE0F}", "\u{301}",
      "\u{2060} \u{AD}\u{A0}", "\u{E0041}\u{E0042}", "\u{034F}", "\u{1D159}", "\u{13430}",
      "\u{FFFC}", "\u{E000}", "\u{FFFD}", "\u{7}", "\u{13441}",
    ] { #expect(visibleName(nothing) == nil, "\(nothing.unicodeScalars.map(\.value))") }
    #expect(visibleName(nil) == nil)
    #expect(visibleName("Ир\u{AD}а\u{2800}\u{3164}") == "Ира")
    #expect(visibleName("👩‍🚀") == "👩‍🚀")
  }

  @Test("JSON keeps every character, and holds none that a terminal would obey")
  func json() throws {
    let text =
      "a\u{9b}31m\u{7f}\u{202e}b\u{2028}\u{2029}\u{2066}\u{feff}\u{e0041}é👩‍👧ж\u{85}\u{ad}\n\u{1b}"
    let json = jsonText(of: ["t": text])
    let escaped =
      #"a\u009b31m\u007f\u202eb\u2028\u2029\u2066\ufeff\udb40\udc41é👩‍👧ж\u0085\u00ad\n\u001b"#
    #expect(json == #"{"t":""# + escaped + #""}"#)
    #expect(try JSONDecoder().decode([String: String].self, from: Data(json.utf8)) == ["t": text])
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
