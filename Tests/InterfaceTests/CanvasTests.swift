import Testing

@testable import Interface

private func canvas(_ columns: Int, _ rows: Int) -> Canvas {
  Canvas(Size(columns: columns, rows: rows))
}

@Suite struct CanvasTests {
  @Test func textIsClippedAtEveryEdge() {
    var picture = canvas(4, 2)
    picture.put("abcdef", column: -2, row: 0)
    picture.put("xyz", column: 2, row: 1)
    picture.put("no", column: 0, row: 2)
    picture.put("no", column: 0, row: -1)
    #expect(picture.text == "cdef\n  xy")
  }

  @Test func alignmentAndWidth() {
    var picture = canvas(9, 3)
    picture.put("ab", column: 1, row: 0, width: 6, alignment: .right)
    picture.put("ab", column: 1, row: 1, width: 6, alignment: .centre)
    picture.put("abcdefgh", column: 1, row: 2, width: 6, alignment: .right)
    #expect(picture.text == "     ab\n   ab\n abcde…")
  }

  @Test func wideCharactersTakeTwoCells() {
    var picture = canvas(5, 1)
    picture.put("日本", column: 0, row: 0)
    #expect(picture[0, 0].width == 2)
    #expect(picture[1, 0].width == 0)
    picture.put("x", column: 1, row: 0)
    #expect(picture.text == " x本")
    picture.put("語", column: 1, row: 0)
    #expect(picture.text == " 語 ".trimmed)
    #expect(picture[3, 0] == .blank)
  }

  @Test func aWideCharacterIsNotCutInHalf() {
    var picture = canvas(3, 1)
    picture.put("日本", column: 0, row: 0)
    #expect(picture.text == "日")
    #expect(picture[2, 0].width == 1)
  }

  @Test func controlCharactersNeverGetIn() {
    var picture = canvas(20, 1)
    picture.put("\u{1b}[2J\u{0}\u{9b}\r\n\u{7f}", column: 0, row: 0)
    for column in 0..<20 {
      let scalars = picture[column, 0].text.unicodeScalars
      #expect(scalars.allSatisfy { $0.properties.generalCategory != .control })
    }
  }

  @Test func linesKeepTheirStyles() {
    var picture = canvas(12, 1)
    let line = StyledLine("abc", .bold) + StyledLine("def", .dim) + StyledLine("ghi", .loss)
    picture.put(line, column: 0, row: 0, width: 8)
    #expect(picture.text == "abcdefg…")
    #expect(picture[0, 0].style == .bold)
    #expect(picture[7, 0].style == .loss)
    picture.put(line, column: 0, row: 0, width: 6)
    #expect(picture.text.hasPrefix("abcde…"))
  }

  @Test func canvasesAreDrawnIntoCanvases() {
    var inner = canvas(3, 2)
    inner.put("日x", column: 0, row: 1, style: .accent)
    inner.cursor = Point(column: 2, row: 1)
    var outer = canvas(5, 3)
    outer.fill(Rect(Size(columns: 5, rows: 3)), style: .dim)
    outer.draw(inner, column: 2, row: 1)
    #expect(outer.text == "\n\n  日x")
    #expect(outer[2, 2].style == .accent)
    #expect(outer.cursor == Point(column: 4, row: 2))
    outer.draw(inner, column: -1, row: 0)
    #expect(outer[0, 1].width == 1)
  }

  @Test func marksShowRolesAndCursor() {
    var picture = canvas(6, 1)
    picture.put("abcd", column: 0, row: 0, style: .alarm)
    picture.put("e", column: 4, row: 0, style: Style.gain.strong)
    picture.cursor = Point(column: 5, row: 0)
    #expect(picture.marked == "abcde\n======\n!!!!G^\n")
  }

  @Test func anyRectangleCanBeFilledAndRestyled() {
    var picture = canvas(3, 3)
    for area in [
      Rect(column: -5, row: -5, columns: 20, rows: 20),
      Rect(column: 9, row: 9, columns: 1, rows: 1),
      Rect(column: 0, row: 0, columns: -1, rows: -1),
    ] {
      picture.fill(area, style: .dim)
      picture.restyle(area) { $0.strong }
    }
    #expect(picture[2, 2].style == Style.dim.strong)
  }
}

@Suite struct RuleTests {
  @Test func rulesJoinWhereTheyMeet() {
    var picture = canvas(9, 5)
    picture.horizontalRule(row: 0)
    picture.horizontalRule(row: 4)
    picture.verticalRule(column: 3, from: 0, to: 4)
    picture.horizontalRule(row: 2, from: 3, to: 8)
    #expect(
      picture.text == """
        ───┬─────
           │
           ├─────
           │
        ───┴─────
        """)
  }

  @Test func rulesCross() {
    var picture = canvas(3, 3)
    picture.horizontalRule(row: 1)
    picture.verticalRule(column: 1)
    #expect(picture.text == " │\n─┼─\n │")
  }

  @Test func frameHasCorners() {
    var picture = canvas(4, 3)
    picture.frame(Rect(Size(columns: 4, rows: 3)))
    #expect(picture.text == "┌──┐\n│  │\n└──┘")
  }
}

@Suite struct RectTests {
  @Test func piecesAddUp() {
    var area = Rect(column: 2, row: 3, columns: 10, rows: 6)
    #expect(area.takeLeft(3) == Rect(column: 2, row: 3, columns: 3, rows: 6))
    #expect(area.takeRight(2) == Rect(column: 10, row: 3, columns: 2, rows: 6))
    #expect(area.takeTop(1) == Rect(column: 5, row: 3, columns: 5, rows: 1))
    #expect(area.takeBottom(2) == Rect(column: 5, row: 7, columns: 5, rows: 2))
    #expect(area == Rect(column: 5, row: 4, columns: 5, rows: 3))
    #expect(area.takeTop(99).rows == 3)
    #expect(area.rows == 0)
  }

  @Test func centringNeverLeavesTheArea() {
    let area = Rect(column: 1, row: 1, columns: 5, rows: 5)
    #expect(area.centred(Size(columns: 3, rows: 1)) == Rect(column: 2, row: 3, columns: 3, rows: 1))
    #expect(area.centred(Size(columns: 99, rows: 99)) == area)
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
