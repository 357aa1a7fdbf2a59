import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// The search, the way to what was found, and the palette.
@MainActor @Suite(.timeLimit(.minutes(10))) struct SearchModelTests {
  @Test(
    "A word that is not stored is found on the server and shown among its neighbours",
    arguments: ["json", "binary"])
  func server(codec: String) async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console(codec: codec)
      console.press(.control("f"))
      #expect(console.screen.search?.outcome == .idle)
      console.type("Каракатиц")
      try await console.until("that it is not here") {
        $0.search?.outcome == .done && $0.search?.hits == []
      }
      #expect(console.screen.search?.server == .unasked(isOnline: true))
      console.press(.enter)
      #expect(console.screen.search != nil, "there is nothing to show")
      console.press(.tab)
      let found = try await console.eventually("the server's answer") { screen in
        screen.search.flatMap { $0.hits.isEmpty ? nil : $0 }
      }
      #expect(found.server == .answered(1))
      #expect(found.hits.first?.chat == "Книжный клуб 📚")
      console.press(.enter)
      let shown = try await console.eventually("its neighbours") { screen in
        screen.conversation.flatMap { $0.lines.count > 60 ? $0 : nil }
      }
      let selected = try #require(shown.selection)
      #expect(shown.lines[selected].text.contains("каракатица"))
      #expect(selected > 20 && selected < shown.lines.count - 20)
      #expect(shown.highlight?.ranges(in: "каракатица").count == 1)
      #expect(console.screen.focus == .conversation)
      await console.idle()
      #expect(
        console.screen.chats.rows.first { $0.id == ConversationPlacesTests.club.text }?.unread
          == 12,
        "what is new has not been looked at")

      for _ in 0..<30 {
        console.press(.pageUp)
        await console.idle()
      }
      for _ in 0..<60 {
        console.press(.pageDown)
        await console.idle()
      }
      let lines = try #require(console.screen.conversation).lines
      let served = try await fixture.served(
        ConversationPlacesTests.club, from: lines[0].at, count: 100)
      #expect(lines.prefix(100).map(\.text) == served, "both ways without a break")
      #expect((lines.last?.at ?? 0) > (shown.lines.last?.at ?? 0))

      // The second time it is stored.
      console.press(.control("f"))
      console.type("каракатица")
      try await console.until("it") { $0.search?.hits.count == 1 }
    }
  }

  @Test("Hits come as one types, page by page, in one chat or all")
  func typing() async throws {
    try await HubFixture.run { fixture in
      let chats = (0..<3).map {
        ChatRecord(chat: "max:\($0)", service: .max, kind: .dialog, title: "Chat \($0)")
      }
      try await fixture.store.chats.save(chats)
      try await fixture.store.messages.save(
        (0..<180).map {
          MessageRecord(
            chat: "max:\($0 % 3)", id: "\($0)", senderName: "Ada", at: Int64($0), text: "foo b\($0)"
          )
        })
      let console = ConsoleFixture(fixture)
      try await console.until("the wizard and the chats") {
        $0.wizard != nil && $0.chats.rows.count == 3
      }
      console.press(.escape, .enter)
      try await console.until("the chat") { $0.conversation?.lines.count == 60 }
      await console.idle()
      console.press(.control("f"))
      console.type("foo")
      try await console.until("a page") { $0.search?.hits.count == SearchModel.page }
      let first = try #require(console.screen.search)
      #expect(first.hits.first?.text == "foo b179")
      #expect(first.hits.map(\.at) == first.hits.map(\.at).sorted(by: >))
      #expect(first.hasMore)
      #expect(first.server == .absent)
      for _ in 0..<20 {
        console.press(.pageDown)
        await console.idle()
      }
      try await console.until("all") { $0.search?.hits.count == 180 }
      #expect(console.screen.search?.selection == 179)
      #expect(console.screen.search?.hasMore == false)
      console.press(.control("t"))
      try await console.until("those of the chat") {
        $0.search?.scope != nil && Set($0.search?.hits.map(\.chat) ?? []).count == 1
      }
      console.type(" b17")
      try await console.until("fewer") { ($0.search?.hits.count ?? 99) < 10 }
      console.press(.control("u"))
      #expect(console.screen.search?.outcome == .idle)
      #expect(console.screen.search?.hits == [])
      console.press(.escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("Without a line the search says so; a server that fails is told in words")
  func offline() async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      await fixture.sandbox.setMaxReachable(false)
      try await console.until("that the line is down") { $0.lamp(.max) != .online }
      console.press(.control("f"))
      console.type("молок")
      try await console.until("what is stored") { $0.search?.hits.isEmpty == false }
      #expect(console.screen.search?.server == .unasked(isOnline: false))
      console.press(.tab)
      #expect(console.screen.search?.server == .unasked(isOnline: false))
    }
  }

  @Test("The command line finds the same, and with --server what is not stored, once")
  func command() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      #expect(try await hub.lines(of: SearchMessages(words: "каракатица")).isEmpty)
      let call = SearchMessages(words: "каракатица", asksServer: true)
      let hit = try await hub.only(call)
      #expect(hit.chat == ConversationPlacesTests.club)
      #expect(try await hub.only(call) == hit)
      #expect(try await hub.only(SearchMessages(words: "КАРАКАТ")) == hit)
      let narrow = SearchMessages(
        words: "каракатица", chat: "max:0", asksServer: true)
      #expect(try await hub.lines(of: narrow).isEmpty)
      await hub.close()
      await fixture.sandbox.setMaxReachable(false)
      let cut = fixture.hub { $0.timeout = .zero }
      #expect(try await cut.failure(of: call).kind == .noConnection)
      #expect(try await cut.only(SearchMessages(words: "каракатица")) == hit)
    }
  }

  @Test("The palette lists what can be done with its keys, does it, and opens chats by name")
  func palette() async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      console.press(.control("p"))
      let all = try #require(console.screen.palette)
      #expect(all.entries.contains { $0.id == "search.open" && $0.keys == "/ ^F" })
      #expect(!all.entries.contains { $0.id.hasPrefix("ticket.") })
      #expect(!all.entries.contains { $0.id == "call.decline" }, "nothing rings")
      let trade = try #require(all.entries.first { $0.id == "swap.ticket" })
      #expect(trade.disabledReason == Phrase.noTradingAccount.text)
      #expect(all.entries.filter(\.isChat).count == console.screen.chats.rows.count)

      console.type("книжн")
      let search = Phrase.paletteSearch.with("книжн")
      #expect(console.screen.palette?.entries.map(\.title) == ["Книжный клуб 📚", search])
      console.press(.enter)
      try await console.until("the chat") {
        $0.conversation?.chat == ConversationPlacesTests.club && $0.dialog == nil
      }
      console.press(.control("p"))
      console.type("swap one")
      console.press(.enter)
      #expect(console.screen.notices.map(\.text) == [Phrase.noTradingAccount.text])
      #expect(console.screen.palette != nil)
      console.press(.control("u"))
      console.type("this help")
      console.press(.enter)
      if case .help? = console.screen.dialog {} else { Issue.record("no help") }
      console.press(.escape, .control("p"))
      console.type("zzzz")
      #expect(console.screen.palette?.entries.map(\.id) == ["search zzzz"])
      console.press(.down, .escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("A command that belongs to another pane goes there")
  func paletteElsewhere() async throws {
    try await HubFixture.run { fixture in
      let console = try await fixture.console()
      console.press(.enter)
      try await console.until("messages") { ($0.conversation?.lines.count ?? 0) > 40 }
      console.press(.character("4"), .control("p"))
      console.type("write a message")
      console.press(.enter)
      #expect(console.screen.focus == .conversation)
      #expect(console.screen.conversation?.composer.isWriting == true)
    }
  }
}

extension ScreenState {
  var search: SearchState? { if case .search(let state)? = dialog { state } else { nil } }
  var palette: PaletteState? { if case .palette(let state)? = dialog { state } else { nil } }
}
