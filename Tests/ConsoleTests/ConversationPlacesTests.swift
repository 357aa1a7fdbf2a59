import Domain
import MaxService
import Sandbox
import Storage
import TestSupport
import Testing

@testable import ScreenState
@testable import ViewModels

/// Where one stands in a chat of 5,000 messages, of which a sign-in brings the last one.
@MainActor @Suite(.timeLimit(.minutes(10))) struct ConversationPlacesTests {
  static let club: ChatID = "max:-71000000000002"

  @Test(
    "It opens at its first unread message, and pages to its beginning and back to its end",
    arguments: ["json", "binary"])
  func wholeWay(codec: String) async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console(codec: codec)
      console.openClub()
      let opened = try await console.eventually("the unread messages") { screen in
        screen.conversation.flatMap { $0.lines.count > 60 ? $0 : nil }
      }
      let new = try #require(opened.firstUnread)
      #expect(opened.top == new)
      #expect(opened.unread == 12)
      #expect(opened.lines.count - new == 12)
      #expect(opened.selection == nil)
      await console.idle()
      #expect(console.screen.chats.rows.first { $0.id == Self.club.text }?.unread == 0)

      console.press(.home)
      try await console.until("progress") { ($0.conversation?.climbed ?? 0) > 0 }
      let first = try await console.eventually("the beginning") { screen in
        screen.conversation.flatMap { $0.hasReachedBeginning ? $0 : nil }
      }
      #expect(first.climbed == nil)
      #expect(first.selection == 0)
      #expect(first.lines.first?.text.hasPrefix("Запись № 1. ") == true)
      #expect(first.lines.count <= ConversationWindow.capacity)
      await console.idle()
      let state = try #require(console.screen.conversation)
      #expect(state.below + state.lines.count == 5000)
      #expect(try await fixture.store.messages.hole(Self.club, before: .max) == nil)

      for _ in 0..<60 {
        console.press(.pageDown)
        await console.idle()
      }
      let middle = try #require(console.screen.conversation)
      #expect(middle.lines.count <= ConversationWindow.capacity)
      #expect(middle.lines.map(\.at) == middle.lines.map(\.at).sorted())
      #expect(middle.lines.first?.id != first.lines.first?.id, "the window has moved on")
      #expect(middle.below > 0)

      console.press(.end)
      try await console.until("the end") {
        $0.conversation?.below == 0 && $0.conversation?.selection == nil
          && ($0.conversation?.lines.last?.at ?? 0) > (middle.lines.last?.at ?? 0)
      }
      console.press(.up, .character("U"))
      try await console.until("the first unread one again") {
        $0.conversation?.selection != nil
          && $0.conversation?.selection == $0.conversation?.firstUnread
      }
    }
  }

  @Test("Any movement stops the way to the beginning; a second Home leaps over what is missing")
  func leap() async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      console.openClub()
      try await console.until("messages") { ($0.conversation?.lines.count ?? 0) > 60 }
      await console.idle()
      console.press(.home, .up)
      #expect(console.screen.conversation?.climbed == nil)
      await console.idle()
      #expect(console.screen.conversation?.hasReachedBeginning == false)
      console.press(.home, .home)
      let first = try await console.eventually("the beginning") { screen in
        screen.conversation.flatMap { $0.hasReachedBeginning ? $0 : nil }
      }
      #expect(first.lines.first?.text.hasPrefix("Запись № 1. ") == true)
      await console.idle()
      #expect(try await fixture.store.messages.hole(Self.club, before: .max) != nil)
      // Downwards the hole is filled page by page.
      for _ in 0..<25 {
        console.press(.pageDown)
        await console.idle()
      }
      let lines = try #require(console.screen.conversation).lines
      let selected = try #require(console.screen.conversation?.selection)
      #expect(lines[selected].text.contains("№ 251") || selected > 100)
      let stored = try await fixture.store.messages.stretch(
        Self.club, after: MessagePlace(at: .min), limit: 9999)
      #expect(stored.messages.count >= 240)
      let served = try await fixture.served(Self.club, from: stored.messages[0].at, count: 100)
      #expect(served == stored.messages.prefix(100).map(\.text))
    }
  }

  @Test("Offline, what is stored can be read, and nothing is promised")
  func offline() async throws {
    try await HubFixture.run { fixture in
      let first = try await fixture.console()
      first.openClub()
      try await first.until("messages") { ($0.conversation?.lines.count ?? 0) > 60 }
      await first.idle()
      let count = try await fixture.store.messages.latest(Self.club, limit: 9999).count
      await first.model.context.hub.close()
      await fixture.sandbox.setMaxReachable(false)
      let console = ConsoleFixture(fixture)
      try await console.until("the chats") { !$0.chats.rows.isEmpty }
      console.openClub()
      try await console.until("what is stored") { ($0.conversation?.lines.count ?? 0) > 30 }
      console.press(.home)
      try await console.until("the first stored one") { $0.conversation?.selection == 0 }
      #expect(console.screen.conversation?.hasReachedBeginning == false)
      try await console.until("that there may be more") {
        $0.conversation?.isMissingOlder == true
      }
      #expect(try await fixture.store.messages.latest(Self.club, limit: 9999).count == count)
    }
  }

  @Test("The first picture of an opened chat has its messages")
  func oneFrame() async throws {
    try await HubFixture.run { fixture in
      let chat = ChatRecord(
        chat: "max:1", service: .max, kind: .dialog, title: "Ada", unread: 3, readMark: 4000)
      try await fixture.store.chats.save([chat])
      try await fixture.store.messages.save(
        (0..<5000).map {
          MessageRecord(chat: "max:1", id: "\(10_000 + $0)", at: Int64($0), text: "\($0)")
        })
      let console = ConsoleFixture(fixture)
      try await console.until("the wizard") { $0.wizard != nil && !$0.chats.rows.isEmpty }
      console.press(.escape)
      await console.idle()
      let (pictures, news) = AsyncStream.makeStream(of: ConversationState.self)
      console.model.context.onChange = { [weak model = console.model] in
        if let chat = model?.screen.conversation { news.yield(chat) }
      }
      console.press(.enter)
      for await first in pictures {
        #expect(first.lines.count == 2 * ChatHistory.page)
        #expect(first.firstUnread == ChatHistory.page)
        #expect(first.lines[ChatHistory.page].text == "4001")
        break
      }
    }
  }

  @Test("What comes while one reads elsewhere does not move the picture, and is there at the end")
  func arrivals() async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      console.press(.enter)
      try await console.until("messages") { ($0.conversation?.lines.count ?? 0) > 40 }
      await console.idle()
      console.press(.home)
      try await console.until("the beginning") { $0.conversation?.hasReachedBeginning == true }
      await console.idle()
      let before = try #require(console.screen.conversation)
      let main = fixture.sandbox.endpoints.numbers.main
      await fixture.sandbox.write("just now", from: "+79991234567", to: main)
      try await console.until("it in the list") { $0.chats.rows.first?.preview == "just now" }
      #expect(console.screen.conversation?.lines == before.lines)
      console.press(.end)
      try await console.until("it") { $0.conversation?.lines.last?.text == "just now" }
    }
  }
}

extension HubFixture {
  /// A console that is signed in to MAX and shows its chats.
  @MainActor func console(codec: String? = nil) async throws -> ConsoleFixture {
    let hub = hub(codec: codec)
    try await signInToMax(hub)
    let console = ConsoleFixture(self, hub: hub)
    try await console.until("the chats") { $0.lamp(.max) == .online && !$0.chats.rows.isEmpty }
    return console
  }

  /// The texts that the server has of a chat from a moment on.
  func served(_ chat: ChatID, from moment: Int64, count: Int) async throws -> [String] {
    let other = hub(store: try .inMemory())
    try await signInToMax(other)
    let messenger = try await other.onlineMessenger()
    _ = try await messenger.loadHistory(chat, .after(moment - 1), count: count)
    return try await other.environment.store.messages.stretch(
      chat, after: MessagePlace(at: .min), limit: count
    ).messages.map(\.text)
  }
}

extension ConsoleFixture {
  func openClub() {
    model.chats.select(ConversationPlacesTests.club)
    model.focus(.chats)
    press(.enter)
  }

  func idle() async { await model.context.hub.environment.busy.untilIdle() }
}

/// The part of a chat that is in memory.
@MainActor struct ConversationWindowTests {
  private func line(_ moment: Int) -> MessageRecord {
    MessageRecord(chat: "max:1", id: "\(moment)", at: Int64(moment), text: "\(moment)")
  }

  private func window(_ range: ClosedRange<Int>, isLive: Bool = true) -> ConversationWindow {
    let window = ConversationWindow()
    window.show(range.map(line), isLive: isLive)
    return window
  }

  @Test("News go where they belong; what is before, or after a part that is not the end, stays out")
  func merging() {
    let live = window(10...20)
    live.merge([line(5), line(21), line(15)], isFollowing: true)
    #expect(live.messages.map(\.at) == Array(10...21))
    let cut = window(10...20, isLive: false)
    var edited = line(12)
    edited.text = "edited"
    cut.merge([line(5), line(21), edited], isFollowing: false)
    #expect(cut.messages.map(\.at) == Array(10...20))
    #expect(cut.messages[2].text == "edited")
    let empty = ConversationWindow()
    empty.merge([line(1)], isFollowing: true)
    #expect(empty.messages.count == 1)
  }

  @Test("Long messages are kept as far as their bytes fit, and a screen full of them in any case")
  func bytes() {
    func long(_ moment: Int) -> MessageRecord {
      var message = line(moment)
      message.text = String(repeating: "x", count: 4000)
      return message
    }
    let followed = window(1...1)
    followed.merge((2...400).map(long), isFollowing: true)
    #expect(followed.messages.last?.at == 400)
    #expect(followed.messages.count == ConversationWindow.byteCapacity / 4000)
    let huge = window(1...1)
    huge.merge(
      (2...400).map { moment in
        var message = line(moment)
        message.text = String(repeating: "x", count: 40_000)
        return message
      }, isFollowing: true)
    #expect(huge.messages.count == 100)
  }

  @Test("It forgets what is far from where one looks")
  func capacity() {
    let most = ConversationWindow.capacity
    let followed = window(1...most)
    followed.merge([line(most + 1)], isFollowing: true)
    #expect(followed.messages.first?.at == 2)
    #expect(followed.isLive)
    let read = window(1...most)
    read.merge([line(most + 1)], isFollowing: false)
    #expect(read.messages.last?.at == Int64(most))
    #expect(!read.isLive)
    let climbing = window(101...100 + most)
    climbing.extend(before: (51...100).map(line))
    #expect(climbing.messages.first?.at == 51)
    #expect(climbing.messages.count == most)
    #expect(!climbing.isLive)
    climbing.extend(after: (51 + most...120 + most).map(line), isLive: true)
    #expect(climbing.messages.last?.at == Int64(120 + most))
    #expect(climbing.isLive)
  }
}
