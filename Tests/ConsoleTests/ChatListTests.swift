import Domain
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// The list of chats: what each row says, and how one is found.
@MainActor @Suite(.timeLimit(.minutes(10))) struct ChatListTests {
  private func with(_ body: @MainActor (ConsoleFixture) async throws -> Void) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the chats") { screen in
        screen.lamp(.max) == .online && screen.chats.rows.contains { $0.title == "Павел" }
      }
      try await body(console)
    }
  }

  private func select(_ title: String, on console: ConsoleFixture) throws -> ChatID {
    let id = try #require(console.screen.chats.rows.first { $0.title.hasPrefix(title) }?.id)
    console.model.chats.select(ChatID(stored: id))
    return ChatID(stored: id)
  }

  @Test("/ shows only chats whose names fit; Enter opens one, Esc shows all again")
  func filter() async throws {
    try await with { console in
      let all = console.screen.chats.rows.total
      console.press(.character("/"))
      #expect(console.screen.chats.filter != nil && console.screen.dialog == nil)
      console.type("pavel")
      #expect(console.screen.chats.rows.first?.title == "Павел")
      #expect(console.screen.chats.rows.total < 3 && console.screen.chats.selection == 0)
      #expect(console.screen.hints.first?.label == Phrase.hintOpenChat.text)
      console.press(.escape)
      #expect(console.screen.chats.filter == nil && console.screen.chats.rows.total == all)
      #expect(console.model.chats.selected?.shownTitle == "Павел", "it stays selected")
      console.press(.character("/"))
      console.type("qqqq")
      #expect(console.screen.chats.rows.isEmpty)
      console.press(.enter)
      #expect(console.screen.conversation == nil)
      console.press(.end, .control("u"))
      console.type("клуб")
      console.press(.enter)
      try await console.until("the chat") {
        $0.conversation?.title.hasPrefix("Книжный клуб") == true && $0.focus == .conversation
      }
      #expect(console.screen.chats.filter == nil && console.screen.chats.rows.total == all)
    }
  }

  @Test("A muted chat has a mark, and the key says that it lets it be heard again")
  func muted() async throws {
    try await with { console in
      let chat = try select("Павел", on: console)
      #expect(console.screen.hints.contains { $0.label == Phrase.hintMute.text })
      console.press(.alt("s"))
      try await console.until("the mark") {
        $0.chats.rows.first { $0.id == chat.text }?.isMuted == true
      }
      #expect(console.screen.hints.contains { $0.label == Phrase.hintUnmute.text })
      #expect(!console.screen.hints.contains { $0.label == Phrase.hintMute.text })
      console.press(.enter)
      try await console.until("the chat") {
        $0.conversation?.subtitle.contains(Phrase.mutedWord.text) == true
      }
    }
  }

  @Test("Who wrote last in a group stands in the list at once, as after a restart")
  func senders() async throws {
    try await with { console in
      let fixture = console.fixture
      let group = try #require(
        console.screen.chats.rows.first { $0.title.hasPrefix("Дача 2026") }?.id)
      let other = fixture.hub(store: try .inMemory())
      try await fixture.signInToMax(other, phone: fixture.sandbox.endpoints.numbers.second)
      let sent = try await other.only(
        SendMessage(chat: ChatID(stored: group), text: "кто едет?", waiting: true))
      func preview(_ screen: ScreenState) -> String? {
        screen.chats.rows.first { $0.id == group }?.preview
      }
      try await console.until("the message") { preview($0)?.contains("кто едет?") == true }
      #expect(preview(console.screen) == "Павел: кто едет?")
      fixture.time.advance(by: .seconds(1))
      let last = try await other.only(
        SendMessage(chat: ChatID(stored: group), text: "я", waiting: true))
      try await console.until("the next") { preview($0) == "Павел: я" }
      try await other.only(
        DeleteMessage(chat: ChatID(stored: group), id: last.id, forEverybody: true))
      try await console.until("the one before") { preview($0) == "Павел: кто едет?" }
      try await other.only(
        EditMessage(chat: ChatID(stored: group), id: sent.id, text: "кто едет завтра?"))
      try await console.until("the change") { preview($0) == "Павел: кто едет завтра?" }
    }
  }

  @Test("A call that one has declined is nothing new, here and on the server")
  func declined() async throws {
    try await with { console in
      let fixture = console.fixture
      let numbers = fixture.sandbox.endpoints.numbers
      let chat = try select("Павел", on: console)
      console.press(.enter)
      try await console.until("it read") { screen in
        screen.chats.rows.first { $0.id == chat.text }?.unread == 0
      }
      console.press(.escape)
      let before = console.screen.attention
      let call = try #require(
        await fixture.sandbox.call(numbers.main, from: numbers.second, isVideo: false))
      try await console.until("the ring") { $0.ring?.call.id == call }
      console.press(.alt("d"))
      try await console.until("the line about it") { screen in
        let row = screen.chats.rows.first { $0.id == chat.text }
        return screen.ring == nil && row?.preview.contains(Phrase.callDeclined.text) == true
      }
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(console.screen.chats.rows.first { $0.id == chat.text }?.unread == 0)
      #expect(console.screen.attention == before)
      // The server's own count: whoever knows nothing asks it.
      _ = try await fixture.tape.eventually("the mark told") { [tape = fixture.tape] in
        tape.requests("50") >= 2 ? true : nil
      }
      let other = fixture.hub(store: try .inMemory())
      try await fixture.signInToMax(other)
      #expect(try await other.lines(of: ListChats()).first { $0.chat == chat }?.unread == 0)
    }
  }

  @Test("The search finds chats by their names, and Enter opens one")
  func search() async throws {
    try await with { console in
      console.press(.control("f"))
      console.type("pavel")
      let hits = try await console.eventually("the chat") { screen in
        screen.search.flatMap { $0.hits.isEmpty ? nil : $0.hits }
      }
      #expect(hits.first?.chat == "Павел" && hits.first?.sender == Phrase.chatWord.text)
      console.press(.enter)
      try await console.until("the chat") {
        $0.conversation?.title == "Павел" && $0.dialog == nil && $0.focus == .conversation
      }
    }
  }

  @Test("Forwarding finds a chat in whatever letters it is typed")
  func forward() async throws {
    try await with { console in
      _ = try select("Павел", on: console)
      console.press(.enter)
      try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
      console.press(.up, .character("F"))
      console.type("mama")
      guard case .choice(let choice)? = console.screen.dialog else {
        Issue.record("nothing to choose from")
        return
      }
      #expect(choice.options.first?.label.hasPrefix("Мама") == true)
    }
  }
}

/// Going from what is written to the messages and back.
@MainActor @Suite(.timeLimit(.minutes(10))) struct SelectingTests {
  private func with(_ body: @MainActor (ConsoleFixture) async throws -> Void) async throws {
    try await ConsoleFixture.runOnline { console in
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      console.model.chats.select(ChatID(stored: chat))
      console.press(.enter)
      try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
      await console.model.context.hub.environment.busy.untilIdle()
      try await body(console)
    }
  }

  @Test("Up in the empty composer begins at the last message, wherever one was before")
  func up() async throws {
    try await with { console in
      let last = try #require(console.screen.conversation?.lines.indices.last)
      console.press(.up, .up, .up)
      #expect(console.screen.conversation?.selection == last - 2)
      console.press(.enter)
      #expect(console.screen.conversation?.composer.isWriting == true)
      console.press(.up)
      #expect(console.screen.conversation?.selection == last)
    }
  }

  @Test("A bound letter that the selected message has no use for says why, and writes nothing")
  func whyNot() async throws {
    try await with { console in
      console.press(.up)
      for (key, why) in [("s", Phrase.nothingToSave), ("o", .noLink)] as [(Character, Phrase)] {
        console.press(.character(key))
        #expect(console.screen.notices.last?.text == why.text, "\(key)")
        #expect(console.screen.conversation?.composer.field.text == "")
        #expect(console.screen.conversation?.selection != nil)
      }
    }
  }

  @Test("What comes while one stands among the messages is read if its end is in sight")
  func inSight() async throws {
    try await with { console in
      let numbers = console.fixture.sandbox.endpoints.numbers
      let chat = try #require(console.screen.conversation?.chat)
      @MainActor func unread(_ screen: ScreenState) -> Int? {
        screen.chats.rows.first { $0.id == chat.text }?.unread
      }
      console.press(.up, .up)
      await console.fixture.sandbox.write("seen", from: numbers.second, to: numbers.main)
      try await console.until("the message") { $0.conversation?.lines.last?.text == "seen" }
      try await console.until("its count") { unread($0) == 1 }
      var sight = ScrollLimits()
      console.model.see(sight)
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(unread(console.screen) == 1, "it is below")
      sight.isEndInSight = true
      console.model.see(sight)
      try await console.until("it read") { unread($0) == 0 }
    }
  }
}
