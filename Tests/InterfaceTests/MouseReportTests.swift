import Testing

@testable import Interface
@testable import ScreenState

/// What terminals send of the mouse, whole and in pieces: never a text.
@Suite struct MouseReportTests {
  private static let click = "\u{1b}[<0;5;3M"

  @Test(arguments: [
    ("\u{1b}[<0;5;3M", [Key.click(column: 4, row: 2)]),
    ("\u{1b}[<0;1;1M", [.click(column: 0, row: 0)]),
    ("\u{1b}[<0;500;300M", [.click(column: 499, row: 299)]),
    ("\u{1b}[<0;65535;65535M", [.click(column: 65534, row: 65534)]),
    ("\u{1b}[<64;1;1M", [.scroll(lines: -3, column: 0, row: 0)]),
    ("\u{1b}[<65;7;2M", [.scroll(lines: 3, column: 6, row: 1)]),
    // The wheel with Shift, Alt, Control and all of them.
    ("\u{1b}[<68;1;1M", [.scroll(lines: -3, column: 0, row: 0)]),
    ("\u{1b}[<72;1;1M", [.scroll(lines: -3, column: 0, row: 0)]),
    ("\u{1b}[<81;1;1M", [.scroll(lines: 3, column: 0, row: 0)]),
    ("\u{1b}[<93;1;1M", [.scroll(lines: 3, column: 0, row: 0)]),
    // Let go, other buttons, modifiers, drawn along, moved, sideways, more buttons.
    ("\u{1b}[<0;5;3m", []), ("\u{1b}[<1;5;3M", []), ("\u{1b}[<2;5;3M", []),
    ("\u{1b}[<4;5;3M", []), ("\u{1b}[<8;5;3M", []), ("\u{1b}[<16;5;3M", []),
    ("\u{1b}[<32;5;3M", []), ("\u{1b}[<35;5;3M", []), ("\u{1b}[<66;5;3M", []),
    ("\u{1b}[<67;5;3M", []), ("\u{1b}[<128;5;3M", []), ("\u{1b}[<96;5;3M", []),
    // No place, one outside, too large a one, too many numbers, other ends.
    ("\u{1b}[<0;0;3M", []), ("\u{1b}[<0;5;0M", []), ("\u{1b}[<0;-5;3M", []),
    ("\u{1b}[<0;;3M", []), ("\u{1b}[<;5;3M", []), ("\u{1b}[<0;5M", []), ("\u{1b}[<M", []),
    ("\u{1b}[<0;5;3;1M", []), ("\u{1b}[<0;5;3;M", []), ("\u{1b}[<0;99999;3M", []),
    ("\u{1b}[<0;99999999999999999999;3M", []), ("\u{1b}[<0;5;3~", []), ("\u{1b}[<0;5;3u", []),
    // Older forms: button and place in a byte each, and as numbers without a mark.
    ("\u{1b}[M !!", []), ("\u{1b}[M`q~", []), ("\u{1b}[32;5;3M", []),
  ])
  func decodes(_ bytes: String, _ keys: [Key]) {
    var decoder = KeyDecoder()
    #expect(decoder.decode(bytes.utf8) == keys)
    #expect(decoder.decode("x".utf8) == [.character("x")])
  }

  @Test("Cut anywhere it is a click if the rest comes soon, and no text if it comes late")
  func cut() {
    let bytes = Array(Self.click.utf8)
    for place in 1..<bytes.count {
      var soon = KeyDecoder()
      #expect(soon.decode(bytes[..<place]).isEmpty)
      #expect(soon.decode(bytes[place...]) == [.click(column: 4, row: 2)])

      var late = KeyDecoder()
      #expect(late.decode(bytes[..<place]).isEmpty)
      let first = late.pause()
      #expect(first == (place == 1 ? [.escape] : place == 2 ? [.alt("[")] : []))
      #expect(late.decode(bytes[place...] + Array("q".utf8)) == [.character("q")], "\(place)")
      #expect(late.decode("[<0".utf8).count == 3, "what is typed later is text")
    }
    var decoder = KeyDecoder()
    _ = decoder.decode("\u{1b}[<0;5".utf8)
    #expect(decoder.patience == .seconds(1), "no key begins like this")
  }

  @Test("After half a report what is typed is text")
  func lost() {
    for start in ["\u{1b}", "\u{1b}[", "\u{1b}[<0;5"] {
      for text in ["5", "[", "<", "12;3", "hello", "[1]"] {
        var decoder = KeyDecoder()
        _ = decoder.decode(start.utf8)
        _ = decoder.pause()
        #expect(decoder.decode(text.utf8) == text.map { .character($0) }, "\(start.count) \(text)")
      }
    }
  }

  @Test("A click while something is pasted is no part of it")
  func inPaste() {
    for report in [Self.click, "\u{1b}[<0;5;3m", "\u{1b}[<65;120;40M"] {
      var whole = KeyDecoder()
      let bytes = Array("\u{1b}[200~при\(report)вет\u{1b}[201~x".utf8)
      #expect(whole.decode(bytes) == [.paste("привет"), .character("x")])
      var pieces = KeyDecoder()
      #expect(bytes.flatMap { pieces.decode([$0]) } == [.paste("привет"), .character("x")])
    }
    var decoder = KeyDecoder()
    let other = decoder.decode("\u{1b}[200~a\u{1b}[<1;2 b\u{1b}[A[<0;5;3M\u{1b}[201~".utf8)
    #expect(other == [.paste("a\u{1b}[<1;2 b\u{1b}[A[<0;5;3M")])
  }

  @Test("An Enter that comes with a paste stays its line break, whatever the mouse does between")
  func enterAfterPaste() {
    var reader = KeyReader()
    let keys = reader.read("\u{1b}[200~a\u{1b}[201~\(Self.click)\r".utf8, at: .zero)
    #expect(keys == [.paste("a"), .click(column: 4, row: 2), .newline])
  }

  @Test("Typed text around clicks stays whole")
  func amongText() {
    var decoder = KeyDecoder()
    let keys = decoder.decode("ab\(Self.click)\u{1b}[<0;5;3mc\u{1b}[<64;1;1Mй".utf8)
    #expect(
      keys == [
        .character("a"), .character("b"), .click(column: 4, row: 2), .character("c"),
        .scroll(lines: -3, column: 0, row: 0), .character("й"),
      ])
  }
}
