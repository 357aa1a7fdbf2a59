import Testing

@testable import ScreenState

@Suite struct FieldEditingTests {
  private func edited(_ field: FieldState, _ keys: Key..., limit: Int = 4096) -> FieldState {
    var (field, killed) = (field, "")
    for key in keys {
      let isEdit = field.edit(key, limit: limit, killed: &killed)
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
    #expect(edited(field, .wordBackspace, .wordBackspace).text == "one ")
    #expect(edited(field, .home, .alt("d")).text == " two  three")
    #expect(edited(field, .home, .wordDelete, .wordDelete).text == "  three")
  }

  @Test("What is killed comes back with ^Y, runs of it as one text, and a secret never")
  func killing() {
    let field = FieldState(text: "one two three")
    #expect(edited(field, .control("w"), .control("w"), .control("y")).text == "one two three")
    #expect(
      edited(field, .control("w"), .left, .control("w"), .end, .control("y")).text == "one  two")
    #expect(edited(field, .home, .control("k"), .control("y"), .control("y")).text.count == 26)
    var killed = ""
    var secret = FieldState(text: "hunter2", style: .secret)
    let isKilled = secret.edit(.control("u"), killed: &killed)
    #expect(isKilled && secret.text.isEmpty && killed.isEmpty && secret.past.isEmpty)
    killed = "two\nlines"
    var line = FieldState()
    _ = line.edit(.control("y"), killed: &killed)
    #expect(line.text == "two lines")
  }

  @Test("Of several lines ^U and ^K take the one the cursor is in, then go on over its break")
  func killingLines() {
    let draft = FieldState(text: "first\nsecond line\nthird", cursor: 12, style: .lines)
    #expect(edited(draft, .control("u")).text == "first\n line\nthird")
    #expect(edited(draft, .control("u"), .control("u")).text == "first line\nthird")
    #expect(edited(draft, .control("k")).text == "first\nsecond\nthird")
    #expect(edited(draft, .control("k"), .control("k")).text == "first\nsecondthird")
    #expect(edited(draft, .control("u"), .control("u"), .control("y")).text == draft.text)
  }

  @Test("Undo goes back word by word, and over a kill; ^X does it where ^_ cannot be sent")
  func undo() {
    var keys = "Hello dear world".map { Key.character($0) }
    func typed(_ more: Key...) -> String {
      var (field, killed) = (FieldState(style: .lines), "")
      for key in keys + more { _ = field.edit(key, killed: &killed) }
      return field.text
    }
    #expect(typed(.control("_")) == "Hello dear")
    #expect(typed(.control("x"), .control("_")) == "Hello")
    #expect(typed(.control("_"), .control("_"), .control("_"), .control("_")) == "")
    #expect(typed(.control("u"), .control("_")) == "Hello dear world")
    #expect(typed(.backspace, .backspace, .control("_")) == "Hello dear world")
    keys = [.paste("a\nb"), .up, .character("x")]
    #expect(typed(.control("_")) == "a\nb")
    #expect(typed(.control("_"), .control("_"), .control("_")) == "")
  }

  @Test("What can be undone is bounded, however much is typed")
  func undoIsBounded() {
    var (field, killed) = (FieldState(style: .lines), "")
    let long = String(repeating: "word ", count: 3000)
    for _ in 0..<400 {
      _ = field.edit(.paste(long), limit: 16_000, killed: &killed)
      _ = field.edit(.control("u"), killed: &killed)
    }
    var steps = 0
    while !field.past.isEmpty {
      _ = field.edit(.control("_"), killed: &killed)
      steps += 1
    }
    #expect((10...100).contains(steps))
  }

  @Test("A value that stands there gives way to the first character, and stays under an arrow")
  func selected() {
    let field = FieldState(text: "~/Downloads/", isSelected: true)
    #expect(edited(field, .character("/"), .character("t")).text == "/t")
    #expect(edited(field, .paste("/srv")).text == "/srv")
    #expect(edited(field, .left, .character("x")).text == "~/Downloadsx/")
    #expect(edited(field, .end, .character("x")).text == "~/Downloads/x")
    for key in [Key.backspace, .delete, .control("u"), .control("k"), .control("w"), .alt("d")] {
      #expect(edited(field, key).text == "", "\(key)")
      #expect(edited(field, key, .control("_")).text == "~/Downloads/", "\(key)")
    }
    #expect(edited(field, .control("u"), .control("y")).text == "~/Downloads/")
    #expect(!FieldState(isSelected: true).isSelected)
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
    var (field, killed) = (FieldState(text: "a"), "")
    let isEdit = field.edit(key, killed: &killed)
    #expect(!isEdit)
    #expect(field == FieldState(text: "a"))
  }
}
