import Domain
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// What has been on the screen in an open chat is read, and stays so.
@MainActor @Suite(.timeLimit(.minutes(2))) struct SeenMessagesTests {
  private static let pavel = "+79991234567"

  private func with(_ body: @MainActor (ConsoleFixture, String) async throws -> Void) async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      let chat = try #require(console.screen.chats.rows.first { $0.title == "Павел" }?.id)
      console.model.chats.select(ChatID(stored: chat))
      console.press(.enter)
      try await console.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
      await console.idle()
      try await body(console, chat)
    }
  }

  private func write(_ texts: String..., to console: ConsoleFixture) async throws {
    let main = console.fixture.sandbox.endpoints.numbers.main
    for text in texts {
      await console.fixture.sandbox.write(text, from: Self.pavel, to: main)
      console.fixture.time.advance(by: .milliseconds(5))
    }
    let last = texts.last
    try await console.until("the messages") { screen in
      screen.conversation?.lines.contains { $0.text == last } == true
    }
    await console.idle()
  }

  /// Read here, on the server, and after a restart.
  private func expectRead(_ console: ConsoleFixture, _ chat: String) async throws {
    try await console.until("it read") { screen in
      screen.chats.rows.first { $0.id == chat }?.unread == 0
    }
    await console.idle()
    let kept = try await console.fixture.store.chats.chat(ChatID(stored: chat))
    let last = try await console.fixture.store.messages.latest(ChatID(stored: chat), limit: 1).last
    #expect(kept?.unread == 0)
    #expect(kept?.readMark ?? 0 >= last?.at ?? .max)
    await console.model.context.hub.close()
    // The server's own count: whoever knows nothing asks it.
    let other = console.fixture.hub(store: try .inMemory())
    try await console.fixture.signInToMax(other)
    #expect(try await other.lines(of: ListChats()).first { $0.chat.text == chat }?.unread == 0)
    await other.close()
    let again = ConsoleFixture(console.fixture)
    try await again.until("the line") { $0.lamp(.max) == .online && !$0.chats.rows.isEmpty }
    await again.idle()
    #expect(again.screen.chats.rows.first { $0.id == chat }?.unread == 0)
    again.model.chats.select(ChatID(stored: chat))
    again.press(.enter)
    try await again.until("its messages") { $0.conversation?.lines.count ?? 0 > 20 }
    await again.idle()
    #expect(again.screen.conversation?.firstUnread == nil)
    await again.model.context.hub.close()
  }

  @Test("What comes while the chat has the keys is read at once, one message or several")
  func arriving() async throws {
    try await with { console, chat in
      try await write("one", to: console)
      #expect(console.screen.chats.rows.first { $0.id == chat }?.unread == 0)
      try await write("two", "three", "four", to: console)
      console.press(.escape)
      #expect(console.screen.focus == .chats)
      try await expectRead(console, chat)
    }
  }

  @Test("What came while one stood further up is read once its end is in sight, not before")
  func further() async throws {
    try await with { console, chat in
      console.press(.up, .up)
      try await write("later", to: console)
      #expect(console.screen.chats.rows.first { $0.id == chat }?.unread == 1)
      console.press(.down, .down, .down, .down)
      #expect(console.screen.conversation?.selection == nil)
      console.press(.escape)
      try await expectRead(console, chat)
    }
  }

  @Test("Leaving the chat with Esc among its messages goes to its end, which is read then")
  func leaving() async throws {
    try await with { console, chat in
      console.press(.pageUp)
      try await write("later", to: console)
      console.press(.escape, .escape)
      #expect(console.screen.focus == .chats)
      try await expectRead(console, chat)
    }
  }

  @Test("What comes after the mark is counted, whenever the mark is kept")
  func racing() async throws {
    let store = try Store.inMemory()
    let chat = ChatRecord(chat: "max:1", service: .max, kind: .dialog, title: "Ada")
    func message(_ at: Int64, own: Bool = false) -> MessageRecord {
      var message = MessageRecord(chat: "max:1", id: "\(at)", at: at, text: "\(at)")
      (message.own, message.status) = (own, own ? .sent : .received)
      return message
    }
    for at: Int64 in [10, 20, 30] { try await store.receive(message(at), in: chat) }
    try await store.markRead("max:1", upTo: 20, isUntold: false)
    #expect(try await store.chats.chat("max:1")?.unread == 1)
    try await store.receive(message(40, own: true), in: chat)
    try await store.markRead("max:1", upTo: 30, isUntold: false)
    #expect(try await store.chats.chat("max:1")?.unread == 0)
  }
}
