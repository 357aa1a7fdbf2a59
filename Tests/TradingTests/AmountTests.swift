import Domain
import FoundationEssentials
import Testing

@testable import Trading

@Suite struct AmountTests {
  @Test(arguments: [
    "1", "0.5", "1.50", "100.00", "0.000000000000000001", "1234567890123456789012345",
  ])
  func takesWhatAPersonMayType(text: String) throws {
    let amount = try Amount(userText: text)
    #expect(amount.text == text)
    #expect(amount.isPositive)
  }

  @Test(arguments: [
    ("", AmountRefusal.empty), ("1,5", .comma), ("1.000,50", .comma), ("1 000", .grouping),
    ("1_000", .grouping), ("-1", .sign), ("+1", .sign), ("1e3", .exponent), ("007", .leadingZero),
    ("00.5", .leadingZero), (".5", .missingDigit), ("5.", .missingDigit), (".", .missingDigit),
    ("0", .zero), ("0.000", .zero), ("0x10", .notANumber("x")), ("1.5abc", .notANumber("a")),
    ("1.2.3", .notANumber(".")), ("١", .notANumber("١")), ("½", .notANumber("½")),
    ("1\r\n", .notANumber("\r\n")), ("nan", .notANumber("n")),
    ("0.1234567890123456789", .tooManyPlaces(limit: 18)),
    (String(repeating: "9", count: 41), .tooLong(limit: 40)),
  ])
  func refusesEverythingElse(text: String, refusal: AmountRefusal) {
    #expect(throws: refusal) { try Amount(userText: text) }
    #expect(!refusal.message.isEmpty)
  }

  @Test(arguments: [
    ("100.00", "100"), ("-0.50", "-0.5"), ("+7", "7"), ("007", "7"), (".5", "0.5"), ("5.", "5"),
    ("1e3", "1000"), ("1.5E-3", "0.0015"), ("0e9", "0"), ("-0", "0"), ("-0.00", "0"),
    ("1.5E+18", "1500000000000000000"), ("1e-8", "0.00000001"), ("12.5e1", "125"),
  ])
  func readsWhatAServerMayWrite(text: String, plain: String) throws {
    let amount = try #require(Amount(serverText: text))
    #expect(amount.plainText == plain)
    #expect(amount.text == (text == "100.00" || text == "-0.50" ? text : plain), "plain digits")
  }

  @Test(arguments: [
    "", ".", "-", "e5", "1e", "1e999", "1e-9223372036854775808", "1,5", "0x10", "NaN", "Infinity",
    "1 ", "--1", "1..2", String(repeating: "1", count: 129),
  ])
  func refusesWhatIsNoNumber(text: String) {
    #expect(Amount(serverText: text) == nil)
  }

  @Test func comparesByValue() throws {
    let hundred = try #require(Amount(serverText: "100.00"))
    let same = try #require(Amount(serverText: "1e2"))
    let more = try #require(Amount(serverText: "100.000000000000000000000000000000000000000001"))
    let negative = try #require(Amount(serverText: "-3"))
    #expect(hundred == same)
    #expect(Set([hundred, same]).count == 1)
    #expect(hundred < more)
    #expect(negative < .zero)
    #expect([more, negative, hundred].sorted() == [negative, hundred, more])
  }

  // Computed with Python's integers.
  @Test func keepsFortyTwoDigits() throws {
    let a = try #require(Amount(serverText: "123456789012345678901234.123456789012345678"))
    let b = try #require(Amount(serverText: "987654321098765432109876.987654321098765432"))
    #expect(
      (a * b).plainText
        == "121932631137021795226184648656910429201629535680.338945282188080810322511812221002896")
    #expect((a - b).plainText == "-864197532086419753208642.864197532086419754")
    #expect((b - a).isPositive)
    #expect((a - a).isZero)
    #expect((a - b + b) == a)
    #expect(a.reduced(byBasisPoints: 30).plainText == "123086418645308641864530.42108641864530864")
  }

  @Test func roundsDownOnly() throws {
    let amount = try Amount(userText: "0.000000000000000003")
    #expect(amount.portion(percent: 50).plainText == "0.000000000000000001")
    #expect(amount.portion(percent: 100) == amount)
    #expect(amount.portion(percent: 0).isZero)
    #expect(try Amount(userText: "3245.67").reduced(byBasisPoints: 30).plainText == "3235.93299")
    #expect(try Amount(userText: "1").reduced(byBasisPoints: 1, places: 2).plainText == "0.99")
    #expect(try Amount(userText: "5").reduced(byBasisPoints: 10_000).isZero)
    #expect(try Amount(userText: "5").reduced(byBasisPoints: 0).plainText == "5")
  }

  @Test func multipliesAndAddsAsIntegersDo() throws {
    var seed: UInt64 = 7
    for _ in 0..<500 {
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let a = Int(truncatingIfNeeded: seed >> 33) - (1 << 30)
      let b = Int(truncatingIfNeeded: seed >> 13 & 0xfffff) - (1 << 19)
      let x = try #require(Amount(serverText: String(a)))
      let y = try #require(Amount(serverText: String(b)))
      #expect((x * y).plainText == String(a * b))
      #expect((x + y).plainText == String(a + b))
      #expect((x - y).plainText == String(a - b))
      #expect((x < y) == (a < b))
    }
  }

  @Test func travelsAsText() throws {
    let amount = try Amount(userText: "1.50")
    let json = try JSONEncoder().encode([amount])
    #expect(String(decoding: json, as: UTF8.self) == #"["1.50"]"#)
    #expect(try JSONDecoder().decode([Amount].self, from: json).first?.text == "1.50")
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([Amount].self, from: Data("[1.5]".utf8))
    }
  }
}
