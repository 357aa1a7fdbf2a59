import Domain
import FoundationEssentials
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState

/// What people do with messages of MAX by keys, without a screen.
@MainActor @Suite(.timeLimit(.minutes(10))) struct MaxModelTests {
  /// The dialog with Павел, open, with the line up.
  private func with(
    _ store: Store? = nil, _ body: @MainActor (ConsoleFixture) async throws -> Void
  ) async throws {
    try await HubFixture.run(store: store) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await open(console)
      try await body(console)
    }
  }

  private func open(_ console: ConsoleFixture) async throws {
    let chat = try await console.eventually("the chat") { screen in
      screen.lamp(.max) == .online ? screen.chats.rows.first { $0.title == "Павел" }?.id : nil
    }
    console.model.chats.select(ChatID(stored: chat))
    console.press(.enter)
    try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
  }

  private func send(_ text: String, on console: ConsoleFixture) async throws {
    console.type(text)
    console.press(.enter)
    try await console.until("it sent") { $0.last?.text == text && $0.last?.status == .sent }
  }

  @Test("e opens the old words, Enter saves them, Esc leaves them")
  func edit() async throws {
    try await with { console in
      try await send("frist", on: console)
      console.type("a draft")
      // A page up from the end, and down again to the last message.
      @MainActor func selectLast() {
        console.press(.pageUp)
        for _ in 0..<9 { console.press(.down) }
      }
      selectLast()
      console.press(.character("e"))
      #expect(console.screen.conversation?.composer.field.text == "frist")
      #expect(console.screen.conversation?.composer.quote?.sender == "editing")
      #expect(console.screen.hints.map(\.label).contains("save the change"))
      console.press(.control("u"))
      console.press(.enter)
      #expect(console.screen.notices.last?.text == Phrase.emptyEdit.text)
      console.type("first")
      console.press(.enter)
      try await console.until("the change") {
        $0.last?.text == "first" && $0.last?.isEdited == true
      }
      #expect(console.screen.conversation?.composer.field.text == "a draft", "it waited")
      selectLast()
      console.press(.character("e"))
      console.type("!!")
      // A change that is not saved yet outlives the program.
      let store = console.fixture.store
      try await console.untilStored("both drafts") {
        try await store.drafts.all().map(\.text) == ["a draft", "first!!"]
      }
      let again = ConsoleFixture(console.fixture, hub: console.fixture.hub())
      try await open(again)
      #expect(again.screen.conversation?.composer.field.text == "first!!")
      #expect(again.screen.conversation?.composer.quote?.text == "first")
      console.press(.escape)
      #expect(console.screen.conversation?.composer.field.text == "a draft")
      #expect(console.screen.last?.text == "first")
    }
  }

  @Test("+ offers reactions: one is set by its number, and taken back by the same")
  func react() async throws {
    try await with { console in
      console.press(.up, .character("+"))
      #expect(console.screen.choice?.isRow == true)
      #expect(console.screen.choice?.introduction == "и молока")
      console.press(.right, .right, .enter)
      try await console.until("the reaction") {
        $0.last?.reactions == [.init(emoji: "🤣", count: 1, isOwn: true)] && $0.dialog == nil
      }
      console.press(.character("+"))
      #expect(console.screen.choice?.selection == 2)
      #expect(console.screen.choice?.options[2].isCurrent == true)
      console.press(.character("1"))
      try await console.until("another") {
        $0.last?.reactions == [.init(emoji: "👍", count: 1, isOwn: true)] && $0.dialog == nil
      }
      console.press(.character("+"), .character("1"))
      try await console.until("none") { $0.last?.reactions == [] && $0.dialog == nil }
    }
  }

  @Test("D asks for whom; F asks where to")
  func deleteAndForward() async throws {
    try await with { console in
      try await send("wrong", on: console)
      console.press(.up, .character("D"))
      #expect(
        console.screen.choice?.options.map(\.label) == ["keep it", "for me", "for everybody"])
      console.type("2 for everybody")
      #expect(console.screen.choice?.selection == 0)
      console.press(.enter)
      #expect(console.screen.dialog == nil)
      console.press(.character("F"))
      let all = try #require(console.screen.choice?.options.count)
      console.type("saved")
      #expect(console.screen.choice?.options.count == 1 && all > 10)
      console.press(.enter)
      try await console.until("it passed on") {
        $0.notices.last?.text == Phrase.forwardedTo.with("Saved messages") && $0.dialog == nil
      }
      console.press(.character("D"), .down, .down, .enter)
      try await console.until("it deleted") { $0.last?.isDeleted == true && $0.dialog == nil }
    }
  }

  @Test("Without the line what was sent cannot be changed, and it says so")
  func offline() async throws {
    try await with { console in
      await console.fixture.sandbox.setMaxReachable(false)
      try await console.until("the lamp") {
        if case .waiting? = $0.lamp(.max) { true } else { false }
      }
      console.press(.up)
      for key in ["e", "+"] as [Character] {
        console.press(.character(key))
        #expect(console.screen.notices.last?.text == Phrase.changesNeedLine.text)
        #expect(console.screen.dialog == nil)
      }
      console.press(.enter)
      console.type("waits")
      console.press(.enter)
      try await console.until("it queued") { $0.last?.status == .queued }
      console.press(.up, .character("D"))
      #expect(console.screen.choice?.options.map(\.label) == ["keep it", "do not send it"])
      console.press(.down, .enter)
      try await console.until("it gone") { $0.last?.text == "и молока" && $0.dialog == nil }
    }
  }

  @Test("Typing is told once in six seconds, and what is half typed survives a restart")
  func typingAndDrafts() async throws {
    let store = try Store.inMemory()
    try await HubFixture.run(store: store) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await open(console)
      let isQuiet = fixture.tape.requests("65") == 0
      #expect(isQuiet)
      console.press(.enter)
      console.type("half")
      try await fixture.untilAsked("65", times: 1)
      fixture.time.advance(by: .seconds(7))
      console.type(" ")
      try await fixture.untilAsked("65", times: 2)
      console.press(.backspace, .escape)
      #expect(fixture.tape.requests("65") == 2)
      try await console.untilStored("the draft") {
        try await store.drafts.all().map(\.text) == ["half"]
      }
      await hub.close()
      let second = ConsoleFixture(fixture, hub: fixture.hub())
      try await open(second)
      #expect(second.screen.conversation?.composer.field.text == "half")
      second.press(.end)
      second.type(" and half")
      second.press(.enter)
      try await second.until("it sent") { $0.last?.text == "half and half" }
      try await second.until("no draft") { $0.conversation?.composer.field.text == "" }
      var isOver = false
      second.model.context.program.quit = { isOver = true }
      second.press(.control("c"))
      try await second.until("the end") { _ in isOver }
      #expect(try await store.drafts.all().isEmpty)
    }
  }

  @Test("Somebody else's typing shows, and goes by the clock")
  func othersType() async throws {
    try await with { console in
      let other = console.fixture.hub(store: try .inMemory())
      try await console.fixture.signInToMax(
        other, phone: console.fixture.sandbox.endpoints.numbers.second)
      let chat = try #require(console.screen.conversation?.chat)
      try await other.only(ShowTyping(chat: chat))
      try await console.until("the mark") { $0.conversation?.typing == "Павел" }
      console.fixture.time.advance(by: .seconds(9))
      #expect(console.screen.conversation?.typing == nil)
    }
  }

  @Test("What comes while the keys are elsewhere is read once they are back")
  func focus() async throws {
    try await with { console in
      let numbers = console.fixture.sandbox.endpoints.numbers
      console.press(.escape)
      await console.fixture.sandbox.write("unseen", from: numbers.second, to: numbers.main)
      try await console.until("the message") { $0.last?.text == "unseen" }
      try await console.until("its count") {
        $0.chats.rows.first { $0.title == "Павел" }?.unread == 1
      }
      console.press(.character("2"))
      try await console.until("it read") {
        $0.chats.rows.first { $0.title == "Павел" }?.unread == 0
      }
    }
  }

  @Test("What was changed and deleted while the line was down is so once it is back")
  func refresh() async throws {
    try await with { console in
      let fixture = console.fixture
      let numbers = fixture.sandbox.endpoints.numbers
      let other = fixture.hub(store: try .inMemory())
      try await fixture.signInToMax(other, phone: numbers.second)
      let chat = try #require(console.screen.conversation?.chat)
      let first = try await other.only(SendMessage(chat: chat, text: "one", waiting: true))
      let second = try await other.only(SendMessage(chat: chat, text: "two", waiting: true))
      fixture.time.advance(by: .seconds(1))
      let last = try await other.only(SendMessage(chat: chat, text: "last", waiting: true))
      try await console.until("all") { $0.last?.text == "last" }
      let hub = console.model.context.hub
      await hub.messenger?.session.stop()
      try await other.only(EditMessage(chat: chat, id: first.id, text: "changed"))
      for id in [second.id, last.id] {
        try await other.only(DeleteMessage(chat: chat, id: id, forEverybody: true))
      }
      fixture.time.advance(by: .seconds(1))
      try await other.only(SendMessage(chat: chat, text: "three", waiting: true))
      await hub.messenger?.session.start()
      try await console.until("all of it") {
        $0.last?.text == "three"
          && $0.conversation?.lines.suffix(4).map(\.text) == ["changed", "", "", "three"]
      }
    }
  }

  @Test("s saves what is attached")
  func save() async throws {
    let scratch = try ScratchDirectory()
    try await with { console in
      #expect(console.screen.conversation?.lines.contains { $0.offer?.label == "save" } == true)
      console.press(.up, .up, .up, .character("s"))
      try await console.until("the form") {
        $0.form?.introduction.first?.contains("смета.xlsx") == true
      }
      console.press(.control("u"), .paste(scratch.path), .enter)
      try await console.until("it saved") {
        $0.dialog == nil
          && $0.conversation?.lines.contains { $0.attachments.first?.path != nil } == true
      }
      #expect(try scratch.names() == ["смета.xlsx"])
    }
  }
}

extension ScreenState {
  fileprivate var choice: ChoiceState? {
    if case .choice(let state)? = dialog { state } else { nil }
  }
  fileprivate var last: ConversationState.Message? { conversation?.lines.last }
}
