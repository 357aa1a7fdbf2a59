import Cryptography
import FoundationEssentials
import TestSupport
import Testing

@testable import OneMe

/// The reader of JSON texts, beside one that is not ours.
struct JSONTreeReaderTests {
  @Test(arguments: [
    "0", "-0", "7", "-17", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
    "-9223372036854775809", "123456789012345678901234567890", "1.5", "-2.25e3", "1E-2", "1e+2",
    "true", "false", "null", "\"\"", "\"a\"", "\"Ты где? 👩‍👩‍👧\"", #""\"\\\/\b\f\n\r\t""#,
    #""\u0416\ud83d\ude00\u0000""#,
    "[]", "{}", " [ 1 , [ ] , { } ] ", #"{"a":{"b":[1,"2",null]},"c":true}"#, #"{"\u0061":1}"#,
    #"{"a":1,"a":2}"#, "[[[[[[[[]]]]]]]]", "\n\t\r 1 \n",
  ])
  func reads(text: String) throws {
    #expect(try read(text) == (try foundation(text)))
  }

  @Test(arguments: [
    "", " ", "nul", "truth", "tru", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "--1", "NaN",
    "'a'",
    "\"", "\"a", #""\""#, "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", #"{"a"}"#,
    #"{"a":}"#,
    #"{"a":1,}"#, #"{a:1}"#, #"{1:2}"#, #"{"a" 1}"#, "1 2", "{}{}", "[}", "{]", "\u{feff}1",
  ])
  func refuses(text: String) {
    #expect(throws: FrameError.notJSON) { try read(text) }
  }

  @Test(
    "An escape that means nothing takes its own text with it, and no more",
    arguments: [
      #"\q"#, #"\u12"#, #"\uZZZZ"#, #"\ud83d"#, #"\ud83dx"#, #"\ud83d\n"#, #"\ud83d\u0041"#,
      #"\ude00"#,
    ])
  func badEscapes(escape: String) throws {
    let text = #"{"a":"x\#(escape)","b":"y","\#(escape)":1}"#
    let root = try JSONTreeReader.read(text).root
    #expect(try root.object().whole("a") == nil)
    #expect(try root.object().whole("b") == "y")
    #expect(try root.object().fields.map(\.name) == ["a", "b"])
  }

  @Test func refusesWhatIsNoUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xff, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xc0, 0xaf, 0x22],
    ] {
      #expect(throws: FrameError.notJSON) { try JSONTreeReader.read(bytes) }
    }
  }

  @Test func letsControlCharactersThrough() throws {
    let root = try JSONTreeReader.read(Array("[\"a\nb\tc\"]".utf8)).root
    #expect(root.elements?.map(\.text) == ["a\nb\tc"])
  }

  @Test func refusesBottomlessNestingAndMoreValuesThanItShouldKeep() {
    func nest(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try read(nest(WireTree.depth)) }
    for depth in [WireTree.depth + 1, 1_000_000] {
      #expect(throws: FrameError.notJSON) { try read(nest(depth)) }
    }
    let many = "[" + String(repeating: "0,", count: WireTree.values) + "0]"
    #expect(throws: FrameError.notJSON) { try read(many) }
  }

  @Test(arguments: 0..<8)
  func agreesOnDamagedText(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    let whole =
      #"{"a":[1,-2.5e3,"x\n",{"b":null,"ключ":true}],"c":"Ты где?","d":117637120006750208}"#
    for _ in 0..<500 {
      var bytes = Array(whole.utf8)
      let dice = random.bytes(3)
      let place = Int(dice[0]) % bytes.count
      switch dice[1] % 4 {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[place], at: place)
      case 2: bytes.removeLast(bytes.count - place)
      default: bytes[place] = 0x20 + dice[2] % 0x5f
      }
      let text = String(decoding: bytes, as: UTF8.self)
      // A text with a bad escape is no text here and spoils the whole there.
      guard let expected = try? foundation(text) else { continue }
      #expect(try read(text) == expected, "\(text)")
    }
  }

  private func read(_ text: String) throws -> JSONValue {
    JSONValue(try JSONTreeReader.read(text).root)
  }

  private func foundation(_ text: String) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(text.utf8))
  }
}
