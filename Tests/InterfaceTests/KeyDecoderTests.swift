import Testing

@testable import Interface
@testable import ScreenState

@Suite struct KeyDecoderTests {
  @Test(arguments: [
    ("a", [Key.character("a")]), ("й", [.character("й")]), ("👨‍👩‍👧", [.character("👨‍👩‍👧")]),
    ("\r", [.enter]), ("\t", [.tab]), ("\u{7f}", [.backspace]), ("\u{8}", [.backspace]),
    ("\u{10}", [.control("p")]), ("\u{0}", [.control("@")]), ("\u{1c}", [.control("\\")]),
    ("\n", [.control("j")]), ("\u{1b}[A", [.up]), ("\u{1b}OB", [.down]),
    ("\u{1b}[1;5D", [.wordLeft]), ("\u{1b}[1;3C", [.wordRight]), ("\u{1b}[1;2C", [.right]),
    ("\u{1b}[H", [.home]), ("\u{1b}[4~", [.end]), ("\u{1b}[8~", [.end]), ("\u{1b}[3~", [.delete]),
    ("\u{1b}[5~\u{1b}[6~", [.pageUp, .pageDown]), ("\u{1b}[Z", [.backTab]),
    ("\u{1b}OP", [.function(1)]), ("\u{1b}[15~", [.function(5)]), ("\u{1b}[24~", [.function(12)]),
    ("\u{1b}[[B", [.function(2)]), ("\u{1b}x", [.alt("x")]),
    ("\u{1b}йq", [.alt("й"), .character("q")]),
    ("\u{1b}\u{1b}[A", [.altUp]), ("\u{1b}\u{1b}[D", [.wordLeft]), ("\u{1b}\r", [.newline]),
    ("\u{1b}\u{1b}[B", [.escape, .down]), ("\u{1b}\u{1b}x", [.escape, .alt("x")]),
    ("\u{1b}\u{1b}[200~a\u{1b}[201~", [.escape, .paste("a")]),
    ("\u{1b}[1;3A", [.altUp]), ("\u{1b}[1;2A", [.up]), ("\u{1b}[1;5A", [.up]),
    ("\u{1b}\u{7f}", [.wordBackspace]), ("\u{1b}[3;5~", [.wordDelete]),
    ("\u{1f}", [.control("_")]),
    // A report that was cut, and a paste behind it.
    ("\u{1b}]0;x\u{1b}[200~a\u{1a}b\u{1b}[201~", [.paste("a\u{1a}b")]),
    ("\u{1b}]0;x\u{1b}\\y", [.character("y")]),
    ("\u{1b}[<0;5;3M", [.click(column: 4, row: 2)]), ("\u{1b}[<0;5;3m", []),
    ("\u{1b}[<64;1;1M", [.scroll(lines: -3, column: 0, row: 0)]),
    // What is not known is swallowed whole.
    ("\u{1b}[?1;2c!", [.character("!")]), ("\u{1b}[99~!", [.character("!")]),
    ("\u{1b}]11;rgb:0/0/0\u{7}!", [.character("!")]),
    ("\u{1b}]11;rgb:0/0/0\u{1b}\\!", [.character("!")]),
    ("\u{1b}P1$r0m\u{1b}\\!", [.character("!")]),
    ("\u{1b}[12\u{1b}[A", [.up]), ("\u{1b}[I\u{1b}[O", [.focusIn, .focusOut]),
  ])
  func decodes(_ bytes: String, _ keys: [Key]) {
    var whole = KeyDecoder()
    #expect(whole.decode(bytes.utf8) == keys)
    #expect(whole.patience == nil)
  }

  @Test(arguments: [
    "a\u{1b}[1;5Dй\u{1b}OP", "\u{1b}[200~два\u{1b}[201~x", "\u{1b}]0;t\u{7}q\u{1b}й",
  ])
  func splitReadsMeanTheSame(_ text: String) {
    var whole = KeyDecoder()
    var piecewise = KeyDecoder()
    #expect(text.utf8.flatMap { piecewise.decode([$0]) } == whole.decode(text.utf8))
  }

  @Test func aPauseDecidesWhatAnEscapeWas() {
    for (bytes, key) in [
      ("\u{1b}", Key.escape), ("\u{1b}[", .alt("[")), ("\u{1b}O", .alt("O")),
      ("\u{1b}]", .alt("]")),
    ] {
      var decoder = KeyDecoder()
      #expect(decoder.decode(bytes.utf8).isEmpty)
      #expect(decoder.patience == .milliseconds(25))
      #expect(decoder.pause() == [key])
      #expect(decoder.patience == nil)
      #expect(decoder.decode("A".utf8) == [.character("A")])
    }
  }

  @Test func pasteIsOneKeyWhateverIsInIt() {
    var decoder = KeyDecoder()
    let keys = decoder.decode("q\u{1b}[200~a\r\nb\rc\u{1b}[A\u{3}\u{1b}[201~q".utf8)
    #expect(
      keys == [
        .character("q"), .paste("a\nb\nc\u{1b}[A\u{3}"), .character("q"),
      ])
  }

  @Test("An end mark in what is pasted does not end it: what follows is no key")
  func pasteWithMarksInIt() {
    var decoder = KeyDecoder()
    let whole = decoder.decode("\u{1b}[200~a\u{1b}[201~\rH\u{1b}[201~q".utf8)
    #expect(whole == [.paste("a\nH"), .character("q")])
    let two = decoder.decode("\u{1b}[200~a\u{1b}[201~\r\u{1b}[200~b\u{1b}[201~".utf8)
    #expect(two == [.paste("a"), .enter, .paste("b")])
  }

  @Test("Enter that comes with a paste is a line break of it; pressed afterwards it is Enter")
  func enterAfterPaste() {
    let paste = "\u{1b}[200~a\u{1b}[201~"
    var reader = KeyReader()
    #expect(reader.read((paste + "\r").utf8, at: .zero) == [.paste("a"), .newline])
    #expect(reader.read("\r".utf8, at: .milliseconds(1)) == [.enter])
    #expect(reader.read(paste.utf8, at: .seconds(1)) == [.paste("a")])
    #expect(reader.read("\r".utf8, at: .milliseconds(1099)) == [.newline])
    #expect(reader.read(paste.utf8, at: .seconds(2)) == [.paste("a")])
    #expect(reader.read("\r".utf8, at: .milliseconds(2100)) == [.enter])
    #expect(reader.read((paste + "b\r").utf8, at: .seconds(3)).last == .enter)
  }

  @Test func pasteWithoutEndIsHandedOver() {
    var decoder = KeyDecoder()
    #expect(decoder.decode("\u{1b}[200~abc".utf8).isEmpty)
    #expect(decoder.patience == .seconds(1))
    #expect(decoder.pause() == [.paste("abc")])
  }

  @Test func hugePasteIsBounded() throws {
    var decoder = KeyDecoder()
    let bytes = Array(repeating: UInt8(ascii: "x"), count: 3 * KeyDecoder.mostPasted)
    #expect(decoder.decode("\u{1b}[200~".utf8 + bytes).isEmpty)
    let keys = decoder.decode("\u{1b}[201~".utf8)
    guard case .paste(let text) = try #require(keys.first) else {
      Issue.record("no paste")
      return
    }
    #expect(text.utf8.count == KeyDecoder.mostPasted)
  }

  @Test func brokenTextIsDropped() {
    var decoder = KeyDecoder()
    #expect(decoder.decode([0xff, 0xc0, 0x61, 0xe2, 0x82, 0x0d]) == [.character("a"), .enter])
  }

  @Test func endlessSequencesEnd() {
    var decoder = KeyDecoder()
    let bytes = [0x1b, 0x5b] + Array(repeating: UInt8(ascii: "1"), count: 500)
    _ = decoder.decode(bytes)
    #expect(decoder.patience == nil)
  }

  @Test func noBytesCrashIt() {
    var seed: UInt64 = 0x2545_f491_4f6c_dd1d
    var decoder = KeyDecoder()
    let alphabet =
      Array("\u{1b}\u{1b}[[O]<;~ABM0129x\u{7}\\".utf8) + [0x80, 0xc3, 0xf0, 0xff, 0x00]
    for _ in 0..<200 {
      let bytes = (0..<200).map { _ in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(seed >> 33) % alphabet.count]
      }
      _ = decoder.decode(bytes)
    }
    _ = decoder.pause()
    #expect(decoder.decode("a".utf8).last == .character("a"))
  }
}
