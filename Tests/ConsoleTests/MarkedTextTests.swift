import Storage
import Testing

@testable import ViewModels

@Suite struct MarkedTextTests {
  @Test("Offsets are UTF-16 units, and whole characters come out")
  func offsets() {
    let marked = MarkedText(
      "😀 жирный",
      [
        MessageSpan(kind: "STRONG", start: 3, length: 6),
        MessageSpan(kind: "EMPHASIZED", start: 1, length: 1),
      ])
    #expect(marked.text == "😀 жирный")
    #expect(
      marked.spans == [.init(look: .strong, range: 2..<8), .init(look: .emphasised, range: 0..<1)])
  }

  @Test("What lies beyond the text, before it or nowhere is passed over or cut off")
  func bounds() {
    let marked = MarkedText(
      "abc",
      [
        MessageSpan(kind: "STRONG", start: 1, length: .max),
        MessageSpan(kind: "STRONG", start: 3, length: 1),
        MessageSpan(kind: "STRONG", start: -4, length: 9),
        MessageSpan(kind: "STRONG", start: 0, length: 0),
        MessageSpan(kind: "SPARKLING", start: 0, length: 2),
      ])
    #expect(marked.spans == [.init(look: .strong, range: 1..<3)])
    #expect(MarkedText("", [MessageSpan(kind: "STRONG", start: 0, length: 1)]).spans.isEmpty)
  }

  @Test("A link that says something else than where it leads says both")
  func connections() {
    let marked = MarkedText(
      "see here and https://a.example/x",
      [
        MessageSpan(kind: "LINK", start: 4, length: 4, url: "https://evil.example"),
        MessageSpan(kind: "STRONG", start: 9, length: 3),
        MessageSpan(kind: "LINK", start: 13, length: 19, url: "https://a.example/x"),
      ])
    #expect(marked.text == "see here (https://evil.example) and https://a.example/x")
    let words = marked.spans.map { span in
      let characters = Array(marked.text)
      return String(characters[span.range])
    }
    #expect(words == ["here", "and", "https://a.example/x"])
    #expect(
      MarkedText(
        "a.example", [MessageSpan(kind: "LINK", start: 0, length: 9, url: "http://a.example/")]
      )
      .text == "a.example")
  }
}
