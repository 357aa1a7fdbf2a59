import Domain
import Phrases
import TestSupport
import Testing

@testable import Interface
@testable import ScreenState

/// Text from right to left. Capital letters stand for Hebrew ones, as in Unicode's UAX #9; `>`, `<` and
/// `=` for isolates from left to right, from right to left and their end.
private func hebrew(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        switch scalar {
        case "A"..."Z": Unicode.Scalar(scalar.value - 0x41 + 0x5d0) ?? "?"
        case ">": "\u{2066}"
        case "<": "\u{2067}"
        case "=": "\u{2069}"
        default: scalar
        }
      }))
}

private func capitals(_ text: String) -> String {
  String(
    String.UnicodeScalarView(
      text.unicodeScalars.map { scalar in
        0x5d0...0x5e9 ~= scalar.value ? Unicode.Scalar(scalar.value - 0x5d0 + 0x41) ?? "?" : scalar
      }))
}

private func row(_ line: StyledLine, columns: Int = 60) -> String {
  var canvas = Canvas(Size(columns: columns, rows: 1))
  canvas.put(line, column: 0, row: 0)
  return capitals(canvas.text)
}

@Suite struct BidiTests {
  @Test(
    "UAX #9's own examples",
    arguments: [
      ("car means CAR.", "car means RAC."),
      ("<car MEANS CAR.=", ".RAC SNAEM car"),
      (
        "he said “<car MEANS CAR=.” “<IT DOES=,” she agreed.",
        "he said “RAC SNAEM car.” “SEOD TI,” she agreed."
      ),
      (
        "DID YOU SAY ’>he said “<car MEANS CAR=”=‘?",
        "?‘he said “RAC SNAEM car”’ YAS UOY DID"
      ),
      ("it is called IN (HTML) x", "it is called (LMTH) NI x"),
      // Numbers run from left to right, and what joins them stays in them.
      ("ABC 12.5 DEF", "FED 12.5 CBA"), ("ABC (d) EF", "FE (d) CBA"),
      ("abc DEF 12 ghi", "abc 12 FED ghi"),
    ])
  func published(_ written: String, _ seen: String) {
    #expect(row(StyledLine(hebrew(written))) == seen)
  }

  @Test("A name turns nothing in a line of ours, whatever it begins or ends")
  func isolates() {
    #expect(row(StyledLine(Phrase.typing.with(hebrew("AB")))) == "BA is typing…")
    #expect(row(StyledLine("\(isolated(hebrew("AB"))): 5")) == "BA: 5")
    #expect(row(StyledLine("\(isolated(hebrew("AB=")) ): 5")) == "BA: 5")
    #expect(row(StyledLine("\(isolated(hebrew("<AB"))) 5")) == "BA 5")
    #expect(Phrase.typing.with("Павел") == "Павел is typing…", "others stay as they are")
  }

  @Test("Spans stay side by side")
  func spans() {
    let line = StyledLine(hebrew("AB CD")) + StyledLine(" ✓", .gain) + StyledLine(hebrew(" EF"))
    #expect(row(line) == "DC BA ✓FE")
  }

  @Test("What is cut is cut where it ends, and the row goes the way of its paragraph")
  func cut() {
    #expect(row(StyledLine(hebrew("ABCD EFGH")).fitted(to: 6)) == "… DCBA")
    let rows = TextWidth.wrap(hebrew("ABC def ghi"), width: 4)
    #expect(rows.map { row(StyledLine($0)) } == ["CBA", "def", "ghi"])
    let sentence = TextWidth.wrap(hebrew("ABCDE fg. HI!"), width: 6)
    #expect(sentence.map { row(StyledLine($0)) } == ["EDCBA", ".fg", "!IH"])
  }

  @Test("A message is broken as it is written, then each row is turned")
  func message() {
    let text = StyledText(
      hebrew("ABC DEF ghi (JKL) 12-34"), [.init(look: .strong, range: 4..<7)], base: .plain)
    let lines = text.rows(width: 12)
    #expect(lines.map { row($0) } == ["ghi FED CBA", "12-34 (LKJ)"])
    #expect(lines[0].spans.first { $0.style.isBold }.map { capitals($0.text) } == "FED")
    #expect(lines.allSatisfy { $0.width <= 12 })
  }

  @Test("What was searched for is marked where it is seen")
  func marks() throws {
    let text = StyledText(hebrew("ABC DEF"), [], base: .plain)
    let highlight = Highlight(hebrew("DEF"))
    let line = try #require(text.rows(width: 20, highlight: highlight).first)
    #expect(line.spans.first.map { capitals($0.text) } == "FED")
    #expect(line.spans.first?.style.isReversed == true)
  }

  @Test(
    "The cursor stands where the next character goes",
    arguments: [
      ("AB", 2, "  BA", 0), ("AB", 0, " BA", 2), ("AB", 1, " BA", 1), ("ab CD", 5, "ab DC", 5),
      ("ab CD", 3, "ab DC", 4), ("AB cd", 5, " cd BA", 0), ("x\nAB", 4, " BA", 0),
    ])
  func cursor(_ text: String, _ position: Int, _ seen: String, _ column: Int) {
    let rows = TextRows(hebrew(text), cursor: position, width: 20)
    #expect(rows.cursor.column == column)
    let shown = row(rows.line(rows.cursor.row, .plain))
    #expect(shown.drop { $0 == " " } == seen.drop { $0 == " " })
    let field = FieldState(text: hebrew(text), cursor: position)
    guard !text.contains("\n") else { return }
    let canvas = FieldView(field: field, isFocused: true).canvas(Size(columns: 20, rows: 1))
    #expect(canvas.cursor?.column == column)
  }

  @Test("Random text: as wide as before, and no letter is lost or comes")
  func anything() {
    var random = SeededGenerator(seed: 9)
    let letters: [String] = [
      "a", "b", "ж", "א", "ב", "ש\u{5c1}", "ع", "ل", "ا", "٣", "7", "8", ".", ",", "-", "(", ")",
      "[",
      "]", " ", " ", "👍", "日", "\u{2067}", "\u{2068}", "\u{2069}", "\u{202e}", "\u{200f}",
      "e\u{301}",
      "%", "«", "»", "\u{7b1}", "𐤀", "\u{0600}",
    ]
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
        letters.randomElement(using: &random) ?? ""
      }.joined()
      let written = TextWidth.glyphs(of: text)
      let seen = TextWidth.shownGlyphs(of: text).glyphs
      let columns = TextWidth.columns(of: text)
      #expect(seen.reduce(0) { $0 + $1.width } == columns, "\(Array(text.unicodeScalars))")
      #expect(sorted(written) == sorted(seen), "\(Array(text.unicodeScalars))")
      let width = Int.random(in: 2...12, using: &random)
      let rows = StyledText(text, [], base: .plain).rows(width: width)
      #expect(rows.allSatisfy { $0.width <= width }, "\(Array(text.unicodeScalars))")
      for line in rows + [StyledLine(text)] {
        var canvas = Canvas(Size(columns: 60, rows: 1))
        #expect(canvas.put(line, column: 0, row: 0) == line.width)
      }
      let position = Int.random(in: 0...text.count, using: &random)
      let composer = TextRows(text, cursor: position, width: width + 2)
      #expect(composer.cursor.column < width + 2)
      for (index, row) in composer.rows.enumerated() {
        let line = composer.line(index, .plain)
        let spaces = line.width - TextWidth.columns(of: row)
        #expect(0...1 ~= spaces, "\(Array(text.unicodeScalars)) \(width)")
      }
    }
  }

  /// What is seen, spaces apart; brackets may have turned.
  private func sorted(_ glyphs: [Glyph]) -> [String] {
    let turned: [String: String] = [")": "(", "]": "[", "»": "«"]
    return glyphs.filter { $0.width > 0 }.map { turned[$0.text] ?? $0.text }.sorted()
  }
}
