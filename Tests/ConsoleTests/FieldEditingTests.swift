import Testing

@testable import ScreenState

@Suite struct FieldEditingTests {
  private func edited(_ field: FieldState, _ keys: Key..., limit: Int = 4096) -> FieldState {
    var field = field
    for key in keys {
      let isEdit = field.edit(key, limit: limit)
      #expect(isEdit)
    }
    return field
  }

  @Test func typing() {
    let field = edited(FieldState(text: "ad", cursor: 1), .character("b"), .character("c"))
    #expect(field.text == "abcd")
    #expect(field.cursor == 3)
  }

  @Test func deleting() {
    #expect(edited(FieldState(text: "abc"), .backspace).text == "ab")
    #expect(edited(FieldState(text: "abc", cursor: 0), .backspace).text == "abc")
    #expect(edited(FieldState(text: "abc", cursor: 0), .delete).text == "bc")
    #expect(edited(FieldState(text: "abc"), .delete).text == "abc")
    #expect(edited(FieldState(text: "👨‍👩‍👧‍👦é"), .backspace, .backspace).text.isEmpty)
  }

  @Test func words() {
    let field = FieldState(text: "one two  three")
    #expect(edited(field, .wordLeft).cursor == 9)
    #expect(edited(field, .wordLeft, .wordLeft).cursor == 4)
    #expect(edited(field, .home, .wordRight).cursor == 3)
    #expect(edited(field, .control("w")).text == "one two  ")
    #expect(edited(field, .wordLeft, .control("u")).text == "three")
    #expect(edited(field, .wordLeft, .control("k")).text == "one two  ")
  }

  @Test func movingStopsAtTheEnds() {
    #expect(edited(FieldState(text: "a"), .right, .right).cursor == 1)
    #expect(edited(FieldState(text: "a"), .left, .left).cursor == 0)
    #expect(edited(FieldState(text: "a", cursor: 99), .character("b")).text == "ab")
    #expect(edited(FieldState(text: "a", cursor: -99), .character("b")).text == "ba")
  }

  @Test func pasting() {
    #expect(edited(FieldState(), .paste("a\nb\r\nc")).text == "a b c")
    #expect(edited(FieldState(text: "ab"), .paste("cdef"), limit: 4).text == "abcd")
    let joined = edited(FieldState(text: "e"), .paste("\u{301}"))
    #expect(joined.cursor == joined.text.count)
  }

  @Test("A code takes its digits out of whatever was pasted, and no more than it has places")
  func code() {
    let empty = FieldState(style: .code(places: 6))
    #expect(edited(empty, .paste("Ваш код: 12-34-567")).text == "123456")
    #expect(edited(empty, .character("x"), .character("٣"), .character("4")).text == "4")
  }

  @Test("A field of several lines keeps line breaks and moves between its lines")
  func lines() {
    let empty = FieldState(style: .lines)
    #expect(edited(empty, .paste("a\nb\r\nc")).text == "a\nb\nc")
    #expect(
      edited(empty, .character("a"), .newline, .control("j"), .character("b")).text == "a\n\nb")
    let field = FieldState(text: "long line\nab\n\nlast", style: .lines)
    #expect(edited(field, .up).cursor == 13)
    #expect(edited(field, .up, .up).cursor == 10)
    #expect(edited(field, .up, .up, .up, .up).cursor == 0)
    #expect(edited(field, .up, .up, .end).cursor == 12)
    #expect(edited(field, .up, .up, .end, .up).cursor == 2)
    #expect(edited(field, .up, .down, .down).cursor == 18)
    #expect(edited(field, .home).cursor == 14)
  }

  @Test("A choice is gone through, and nothing is typed into it")
  func choice() {
    let field = FieldState(text: "SMS", style: .choice(["SMS", "a call"]))
    #expect(edited(field, .right).text == "a call")
    #expect(edited(field, .right, .character(" ")).text == "SMS")
    #expect(edited(field, .left).text == "a call")
    #expect(edited(field, .character("x"), .paste("a call"), .backspace).text == "SMS")
  }

  @Test(
    "Keys that edit nothing are left to others",
    arguments: [
      Key.enter, .escape, .tab, .up, .down, .function(1), .control("c"), .control("r"), .resize,
    ])
  func others(_ key: Key) {
    var field = FieldState(text: "a")
    let isEdit = field.edit(key)
    #expect(!isEdit)
    #expect(field == FieldState(text: "a"))
  }
}
