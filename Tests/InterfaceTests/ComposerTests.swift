import Testing

@testable import Interface

@Suite struct TextRowsTests {
  @Test func breaksBetweenWordsAndAtLineBreaks() {
    let rows = TextRows("one two three\n\nfour", cursor: 0, width: 9)
    #expect(rows.rows == ["one two ", "three", "", "four"])
    #expect(TextRows("", cursor: 0, width: 9).rows == [""])
    #expect(TextRows("a\n", cursor: 2, width: 9).rows == ["a", ""])
    #expect(TextRows("abcdefgh", cursor: 8, width: 5).rows == ["abcd", "efgh"])
    #expect(TextRows("日本語", cursor: 3, width: 5).rows == ["日本", "語"])
  }

  @Test("No character is lost, no row is too wide, and the cursor is where the text says")
  func everyCursor() {
    let texts = [
      "one two three four", "a\nb\n\n", "longwordwithoutanyspace x", "日本語 と emoji 👨‍👩‍👧 end",
      "   spaces   everywhere   ", "\n", "ends with space ",
    ]
    for text in texts {
      for width in 2...24 {
        for cursor in 0...text.count {
          let rows = TextRows(text, cursor: cursor, width: width)
          #expect(rows.rows.joined() == text.filter { !$0.isNewline })
          #expect(rows.rows.indices.contains(rows.cursor.row))
          guard width > 3 else { continue }
          #expect(rows.rows.allSatisfy { TextWidth.columns(of: $0) < width })
          #expect(rows.cursor.column < width)
          // As many characters stand before it as the text says, line breaks apart.
          let before = rows.rows[..<rows.cursor.row].joined()
          let row = rows.rows[rows.cursor.row]
          let inRow = row.indices.first {
            TextWidth.columns(of: String(row[..<$0])) == rows.cursor.column
          }
          let count = before.count + row[..<(inRow ?? row.endIndex)].count
          #expect(
            count == text.prefix(cursor).count { !$0.isNewline }, "\(text) \(cursor) \(width)")
        }
      }
    }
  }
}

@Suite struct QRCodeTests {
  @Test("A fingerprint's code fits a classic terminal with its quiet zone")
  func size() throws {
    let code = try #require(QRCode(Sample.fingerprint.code))
    #expect(code.side == 33)
    #expect(code.rows.count == 21)
    #expect(code.rows.allSatisfy { $0.count == 41 })
    let edge = code.rows.prefix(2) + code.rows.suffix(2)
    #expect(edge.allSatisfy { $0.allSatisfy { $0 == " " } }, "the quiet zone is light")
  }

  @Test("Three corners have the pattern that cameras look for, the fourth has not")
  func finders() throws {
    let code = try #require(QRCode("tercet"))
    func isFinder(_ column: Int, _ row: Int) -> Bool {
      (0..<7).allSatisfy { x in
        (0..<7).allSatisfy { y in
          let ring = max(abs(x - 3), abs(y - 3))
          return code[column + x, row + y] == (ring != 2)
        }
      }
    }
    let far = code.side - 7
    #expect(isFinder(0, 0) && isFinder(far, 0) && isFinder(0, far))
    #expect(!isFinder(far, far))
    #expect(!code[-1, 0] && !code[code.side, 0])
  }

  @Test func limits() {
    #expect(QRCode("") == nil)
    #expect(QRCode(String(repeating: "x", count: 213)) != nil)
    #expect(QRCode(String(repeating: "x", count: 214)) == nil)
    #expect(QRCode("a") != QRCode("b"))
  }
}

@Suite struct TransferBarTests {
  @Test(
    arguments: [
      (0, 100, "░░░░░░░░░░ 0 % of 100 B"), (50, 100, "▓▓▓▓▓░░░░░ 50 % of 100 B"),
      (100, 100, "▓▓▓▓▓▓▓▓▓▓ 100 % of 100 B"), (200, 100, "▓▓▓▓▓▓▓▓▓▓ 100 % of 100 B"),
      (-5, 100, "░░░░░░░░░░ 0 % of 100 B"), (5, nil, "5 B"), (5, 0, "5 B"),
      (Int64.max, Int64.max, "▓▓▓▓▓▓▓▓▓▓ 100 % of 8589934592 GB"),
    ] as [(Int64, Int64?, String)])
  func shares(_ done: Int64, _ total: Int64?, _ text: String) {
    let line = TransferBar.line(.init(done: done, total: total), width: 60)
    #expect(line.spans.map(\.text).joined() == text)
  }
}
