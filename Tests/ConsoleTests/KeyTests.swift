import Testing

@testable import ScreenState

@Suite struct KeyTests {
  private static let named: [Key] =
    [
      .enter, .escape, .tab, .backTab, .backspace, .insert, .delete, .home, .end, .pageUp,
      .pageDown, .up, .down, .left, .right, .wordLeft, .wordRight, .wordBackspace, .wordDelete,
      .altUp, .character(" "),
      .character("C"), .character("c"), .character("?"), .character("Ё"), .character("ж"),
      .character("-"), .character("f"), .control("c"), .control("["), .control("_"), .alt("3"),
      .alt("C"), .alt(" "), .alt("-"), .function(1), .function(24),
    ] + "abcXYZ019!@#$%^&*()[]{};:'\"\\|,.<>/`~".map { .character($0) }

  @Test(
    "A key has a name in full and a mark as short as can be",
    arguments: [
      (Key.character("q"), "q", "q"), (.character("C"), "Shift-C", "C"),
      (.character(" "), "Space", "Space"), (.control("p"), "Ctrl-P", "^P"),
      (.alt("3"), "Alt-3", "Alt-3"), (.enter, "Enter", "Enter"), (.up, "Up", "↑"),
      (.pageDown, "PgDn", "PgDn"), (.function(12), "F12", "F12"),
      (.control("\\"), "Ctrl-\\", "^\\"),
    ])
  func names(_ key: Key, _ name: String, _ mark: String) {
    #expect(key.name == name)
    #expect(key.mark == mark)
  }

  @Test("Names of different keys differ")
  func distinct() {
    #expect(Set(KeyTests.named.map(\.name)).count == Set(KeyTests.named).count)
  }

  @Test("A paste never shows what was pasted")
  func paste() { #expect(Key.paste("secret").name == "Paste") }

  @Test("Cyrillic key caps are the Latin ones of the same key")
  func cyrillic() {
    let caps: [(Character, Character)] = [
      ("й", "q"), ("Й", "Q"), ("о", "j"), ("л", "k"), ("С", "C"), ("е", "t"), ("Ы", "S"),
      (",", ","), ("ю", "."), ("ё", "`"), ("і", "s"), ("ј", "j"),
    ]
    for (typed, latin) in caps {
      #expect(Key.character(typed).latinEquivalent == .character(latin))
      #expect(Key.alt(typed).latinEquivalent == .alt(latin))
    }
    #expect(Key.enter.latinEquivalent == .enter)
    #expect(Key.paste("й").latinEquivalent == .paste("й"))
  }
}
