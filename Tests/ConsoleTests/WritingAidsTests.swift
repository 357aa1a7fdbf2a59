import Phrases
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import ScreenState
@testable import ViewModels

@Suite struct FormattedTextTests {
  @Test(
    "Marks begin and end with words, and everything else is text",
    arguments: [
      ("*a*", "a", ["strong 0 1"]), ("so *very well* done", "so very well done", ["strong 3 9"]),
      ("_a_ `b c`", "a b c", ["emphasised 0 1", "code 2 3"]),
      ("*a _b_ c*", "a b c", ["emphasised 2 1", "strong 0 5"]), ("`*a*`", "*a*", ["code 0 3"]),
      ("(*да*), 👍🏽 *x*", "(да), 👍🏽 x", ["strong 1 2", "strong 11 1"]),
      ("2*3*4", "2*3*4", []), ("snake_case_name", "snake_case_name", []), ("* a *", "* a *", []),
      ("https://x.org/_a_/b*c*", "https://x.org/_a_/b*c*", []), ("*a", "*a", []),
      (#"\*a*"#, "*a*", []), (#"C:\temp"#, #"C:\temp"#, []), ("**", "**", []),
      ("*a\nb*", "*a\nb*", []),
    ])
  func marks(_ typed: String, _ text: String, _ stretches: [String]) {
    let formatted = FormattedText(marked: typed)
    #expect(formatted.text == text)
    #expect(formatted.stretches.map { "\($0.look) \($0.start) \($0.length)" } == stretches)
  }
}

@Suite struct EmojiNameTests {
  @Test("Names are told from the middle of words, times and addresses")
  func typed() {
    for (text, name) in [(":thu", "thu"), ("so :thu", "thu"), ("(:he", "he")] {
      #expect(EmojiName.typed(before: text[...]) == name[...])
    }
    for text in [":t", "12:30", "http:foo", "a:thu", ":thu ", "::"] {
      #expect(EmojiName.typed(before: text[...]) == nil, "\(text)")
    }
  }

  @Test("Each name is there once, and each emoji is one character")
  func table() {
    #expect(EmojiName.all.count > 150)
    #expect(Set(EmojiName.all.map(\.name)).count == EmojiName.all.count)
    for entry in EmojiName.all { #expect(entry.emoji.count == 1, "\(entry.name)") }
    #expect(EmojiName.fitting("thumbs").map(\.name) == ["thumbsup", "thumbsdown"])
  }
}

/// What helps with writing: names of emoji, marks, and the person's own editor.
@MainActor @Suite(.timeLimit(.minutes(5))) struct WritingAidsTests {
  /// Answers what it is told to.
  @MainActor private final class Editor {
    var given: [String] = []
    var answer = Result<String, UserError>.success("one\ntwo")

    func edit(_ text: String) -> Result<String, UserError> {
      given.append(text)
      return answer
    }
  }

  private func open(_ console: ConsoleFixture) async throws {
    console.press(.control("p"))
    console.type("open павел")
    console.press(.enter)
    try await console.until("the chat") { $0.conversation?.composer.isWriting == true }
  }

  @Test("Emoji are offered while a name is typed; Tab takes the first, a colon that of the name")
  func emoji() async throws {
    try await ConsoleFixture.runOnline { console in
      try await open(console)
      console.type("so :thumbs")
      #expect(
        console.screen.conversation?.composer.completions == ["👍 :thumbsup:", "👎 :thumbsdown:"])
      console.press(.tab)
      #expect(console.screen.conversation?.composer.field.text == "so 👍")
      #expect(console.screen.focus == .conversation)
      console.type(" :fire: at 12:30: ok")
      #expect(console.screen.conversation?.composer.field.text == "so 👍 🔥 at 12:30: ok")
      console.press(.tab)
      #expect(console.screen.focus != .conversation, "else it goes to the next pane")
    }
  }

  @Test("Marked words are sent as such and shown so, also when the server has them")
  func marks() async throws {
    try await ConsoleFixture.runOnline { console in
      try await open(console)
      console.type("это *важно* и `x*y`")
      console.press(.enter)
      let line = try await console.eventually("it is sent") { screen in
        screen.conversation?.lines.last {
          $0.isOwn && $0.status == .sent && $0.text.contains("x*y")
        }
      }
      #expect(line.text == "это важно и x*y")
      #expect(line.spans.map(\.look) == [.strong, .code])
      let stored = try await console.fixture.store.messages.message(
        try #require(console.screen.conversation?.chat), line.id)
      #expect(stored?.spans.map(\.kind) == ["STRONG", "MONOSPACED"])
    }
  }

  @Test("The editor's text takes the place of the draft; where it fails the draft stays")
  func editor() async throws {
    try await ConsoleFixture.runOnline { console in
      try await open(console)
      console.press(.control("g"))
      #expect(console.screen.notices.last?.text == Phrase.noEditor.text)
      console.type("one")
      let editor = Editor()
      console.model.context.program.edit = { editor.edit($0) }
      console.press(.control("g"))
      try await console.until("both lines") {
        $0.conversation?.composer.field.text == "one\ntwo"
      }
      editor.answer = .failure(UserError(.failed, code: "editor", "It has failed", hint: ""))
      console.press(.control("g"))
      try await console.until("the failure") { screen in
        screen.notices.contains { $0.text == "It has failed" }
      }
      #expect(console.screen.conversation?.composer.field.text == "one\ntwo")
      #expect(editor.given == ["one", "one\ntwo"])
    }
  }
}
