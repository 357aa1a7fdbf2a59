import Cryptography
import FoundationEssentials
import TestSupport
import Testing

@testable import JSON

/// The reader of JSON texts, beside one that is not ours.
struct JSONReaderTests {
  @Test(
    arguments: [
      "0", "-0", "7", "-17", "9223372036854775807", "-9223372036854775808", "9223372036854775808",
      "-9223372036854775809", "123456789012345678901234567890", "1.5", "-2.25e3", "1E-2", "1e+2",
      "true", "false", "null", "\"\"", "\"a\"", "\"Ты где? 👩‍👩‍👧\"",
      #""\"\\\/\b\f\n\r\t""#, #""\u0416\ud83d\ude00\u0000\uD83D\uDE00""#,
      "[]", "{}", " [ 1 , [ ] , { } ] ", #"{"a":{"b":[1,"2",null]},"c":true}"#, #"{"\u0061":1}"#,
      #"{"a":1,"a":2}"#, "[[[[[[[[]]]]]]]]", "\n\t\r 1 \n",
    ], [true, false])
  func reads(text: String, isStrict: Bool) throws {
    #expect(try read(text, isStrict) == (try foundation(Array(text.utf8))))
  }

  @Test(
    arguments: [
      "", " ", "nul", "truth", "tru", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "--1",
      "NaN", "'a'", "//",
      "\"", "\"a", #""\""#, "[", "[1", "[1,", "[1,]", "[,1]", "[1 2]", "]", "{", "}",
      #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, #"{a:1}"#, #"{1:2}"#, #"{"a" 1}"#, "1 2", "{}{}",
      "[1]x", "[}", "{]", "\u{feff}1",
    ], [true, false])
  func refuses(text: String, isStrict: Bool) {
    #expect(throws: NotJSON()) { try read(text, isStrict) }
  }

  @Test(
    "An escape that means nothing takes its own text with it, and no more",
    arguments: [#"\q"#, #"\u12"#, #"\uZZZZ"#, #"\ud83d\q"#, #"\ude00\u12"#])
  func badEscapes(escape: String) throws {
    let text = #"{"a":"x\#(escape)","b":"y","\#(escape)":1}"#
    let object = try JSONReader.read(text).root.object()
    #expect(object["a"]?.text == nil)
    #expect(object["b"]?.text == "y")
    #expect(object.fields.map(\.name) == ["a", "b"])
    #expect(throws: NotJSON()) { try read(text, true) }
    #expect(throws: NotJSON()) { try read(#"{"\#(escape)":1}"#, true) }
  }

  @Test(
    "Half a surrogate pair is a character that is not known",
    arguments: [
      (#"\ud83d"#, "\u{fffd}"), (#"\ud83dx"#, "\u{fffd}x"), (#"\ude00x"#, "\u{fffd}x"),
      (#"\ud83d\n"#, "\u{fffd}\n"), (#"\ud83d\u0041"#, "\u{fffd}A"),
      (#"\ud83d\ud83d\ude00"#, "\u{fffd}😀"), (#"\ude00\ud83d"#, "\u{fffd}\u{fffd}"),
    ], [true, false])
  func halves(sample: (escapes: String, text: String), isStrict: Bool) throws {
    #expect(try read("\"\(sample.escapes)\"", isStrict) == .string(sample.text))
  }

  @Test func refusesWhatIsNoUTF8() {
    for bytes: [UInt8] in [
      [0x22, 0xff, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xc0, 0xaf, 0x22],
      [0x22, 0xc3, 0x28, 0x22],
    ] {
      for isStrict in [true, false] {
        #expect(throws: NotJSON()) { try JSONReader.read(bytes, strictTexts: isStrict) }
      }
    }
  }

  @Test func controlCharactersAreLetThroughUnlessTheGrammarIsToBeKept() throws {
    let text = "[\"a\nb\tc\"]"
    #expect(try read(text, false) == .array([.string("a\nb\tc")]))
    #expect(throws: NotJSON()) { try read(text, true) }
    #expect(throws: NotJSON()) { try read("{\"\u{1}\":0}", true) }
    #expect(throws: NotJSON()) { try read("\"\\\n\"", true) }
  }

  @Test func refusesBottomlessNestingAndMoreValuesThanItShouldKeep() {
    func nest(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(throws: Never.self) { try read(nest(ValueTree.depth)) }
    for depth in [ValueTree.depth + 1, 1_000_000] {
      #expect(throws: NotJSON()) { try read(nest(depth)) }
    }
    #expect(throws: NotJSON()) { try read(String(repeating: "[", count: 1_000_000)) }
    let many = "[" + String(repeating: "0,", count: ValueTree.values) + "0]"
    #expect(throws: NotJSON()) { try read(many) }
  }

  /// Whatever is done to a text, ours and Foundation's agree on whether it is JSON and what it says.
  @Test(arguments: 0..<8)
  func judgesDamagedTextAsAnotherReaderDoes(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    let samples = [
      #"{"a":[1,-2.5e3,"x\u00e9\n",true,false,null,{"b":{}}],"c":"ї"}"#,
      #"[{"asset":"USDT","total":"101.23"},[[]],0.10,"\"",1E-2]"#,
      #"{"a":[1,"x\n",{"b":null,"ключ":true}],"c":"Ты где?","d":117637120006750208}"#,
    ].map { Array($0.utf8) }
    let marks = Array(#"{}[]",:\eE+-.019tnu "#.utf8)
    var taken = 0
    for round in 0..<1200 {
      var bytes = samples[round % samples.count]
      for _ in 0...(round % 3) {
        let dice = random.bytes(3)
        let place = Int(dice[0]) * bytes.count / 256
        switch dice[1] % 5 {
        case 0: bytes[place] = marks[Int(dice[2]) % marks.count]
        case 1: bytes.remove(at: place)
        case 2: bytes.insert(bytes[place], at: place)
        case 3: bytes[place] = 0x20 + dice[2] % 0x5f
        default: bytes.insert(marks[Int(dice[2]) % marks.count], at: place)
        }
      }
      let text = String(validating: bytes, as: UTF8.self)
      let other = try? foundation(bytes)
      let strict = try? read(bytes, true)
      let tolerant = try? read(bytes, false)
      if let strict {
        // A name that is there twice may mean either; Foundation refuses numbers beyond its range, and
        // takes a fraction of so many digits for a whole number.
        let isDoubtful = text?.contains(/"(.*)".*"\1"|[eE]\+?\d\d|\d{15}\d*[.eE]/) == true
        #expect(other == strict || isDoubtful, "\(bytes)")
        #expect(tolerant == strict)
        taken += 1
      } else {
        // The other reader overlooks a comma at the end and letters that are none.
        let isOverlooked = text.map { $0.contains(/,\s*[\]}]/) } ?? true
        #expect(other == nil || isOverlooked, "\(bytes)")
      }
    }
    #expect(taken > 60, "the damage must leave some texts readable, or nothing is tried")
  }

  @Test func survivesNoise() {
    let random = SeededRandom(seed: 3)
    let marks = Array(#"{}[]",:\u0e-. "#.utf8) + [0xd1, 0x8b, 0xff, 0x0a]
    for _ in 0..<20_000 {
      let length = 1 + Int(random.bytes(1)[0]) % 40
      let bytes = random.bytes(length).map { marks[Int($0) % marks.count] }
      for isStrict in [true, false] { _ = try? read(bytes, isStrict) }
    }
  }

  private func read(_ text: String, _ isStrict: Bool = false) throws -> JSONValue {
    JSONValue(try JSONReader.read(text, strictTexts: isStrict).root)
  }

  private func read(_ bytes: [UInt8], _ isStrict: Bool) throws -> JSONValue {
    JSONValue(try JSONReader.read(bytes, strictTexts: isStrict).root)
  }

  private func foundation(_ bytes: [UInt8]) throws -> JSONValue {
    try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
  }
}
