import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import MaxService
@testable import TradingService

@MainActor @Suite(.timeLimit(.minutes(10))) struct ConsoleModelTests {
  @Test("The first run: services, phone, code, keys, done")
  func wizard() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture)
      try await console.until("the wizard") { $0.wizard != nil }
      console.press(.enter)
      #expect(console.screen.inputs.count == 2)
      console.type("8 800")
      console.press(.enter)
      try await console.until("what is wrong with it") { $0.wizard?.problem != nil }
      #expect(console.screen.inputs.first?.text == "8 800")
      console.press(.control("u"), .paste(fixture.sandbox.endpoints.numbers.main), .enter)
      try await console.until("the code's page") {
        $0.inputs.first?.style == .code(places: 6) && $0.wizard?.progress == nil
      }
      #expect(console.screen.wizard?.note?.hasPrefix("A new code can be asked for in") == true)
      #expect(console.screen.untilExpiry ?? .seconds(9) <= .seconds(1))
      let code = try await fixture.code(for: fixture.sandbox.endpoints.numbers.main)
      console.type(code == "000000" ? "111111" : "000000")
      try await console.until("that it is wrong") { $0.wizard?.problem != nil }
      #expect(console.screen.inputs.first?.text.isEmpty == true)
      console.press(.paste("code: \(code)\n"))
      try await console.until("the keys' page") { $0.inputs.count == 2 }
      console.press(
        .paste(fixture.sandbox.endpoints.tradingKey + "\n"), .tab,
        .paste(fixture.sandbox.endpoints.tradingSecret.revealed + "\n"))
      #expect(console.screen.inputs[1].style == .secret)
      console.press(.enter)
      try await console.until("the end") {
        if case .done? = $0.wizard?.page { true } else { false }
      }
      console.press(.enter)
      try await console.until("the console") { $0.dialog == nil && $0.isOnline }
      #expect(console.screen.chats.rows.contains { $0.title == "Павел" })
      try await console.until("balances") { $0.balances.rows.count == 3 }
      #expect(console.screen.status.mode == .sandbox)
    }
  }

  @Test("An answer that comes after the person went back turns no page")
  func wizardBack() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture)
      try await console.until("the wizard") { $0.wizard != nil }
      console.press(.enter, .paste(fixture.sandbox.endpoints.numbers.main), .enter, .escape)
      _ = try await fixture.code(for: fixture.sandbox.endpoints.numbers.main)
      await console.model.context.hub.environment.busy.untilIdle()
      guard case .services? = console.screen.wizard?.page else {
        Issue.record("the page was turned: \(console.screen.wizard?.title ?? "")")
        return
      }
      #expect(console.screen.wizard?.progress == nil)
      console.press(.escape)
      #expect(console.screen.dialog == nil)
    }
  }

  @Test("A chat opens at its end, is read, and scrolling up loads what is older")
  func conversation() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture, hub: try await fixture.signedInHub())
      try await console.until("the chats") { $0.isOnline && !$0.chats.rows.isEmpty }
      #expect(console.screen.chats.rows.first?.title == "Павел")
      let attention = console.screen.attention
      #expect(attention >= 2)
      console.press(.enter)
      try await console.until("the messages") { ($0.conversation?.lines.count ?? 0) >= 50 }
      #expect(console.screen.focus == .conversation)
      #expect(console.screen.conversation?.lines.last?.text == "и молока")
      try await console.until("them read") { $0.chats.rows.first?.unread == 0 }
      let new = try #require(console.screen.conversation?.firstUnread)
      #expect(console.screen.conversation?.lines[new].text == "Возьми хлеба")
      #expect(console.screen.attention == attention - 1)

      await console.model.context.hub.environment.busy.untilIdle()
      console.press(.up, .pageUp, .pageUp, .pageUp, .pageUp, .pageUp)
      let loaded = try await console.eventually("older ones") { screen in
        screen.conversation.flatMap { $0.lines.count > 100 ? $0 : nil }
      }
      #expect(Array(loaded.lines) == loaded.lines.sorted { ($0.at, $0.id) < ($1.at, $1.id) })
      #expect(Set(loaded.lines.map(\.id)).count == loaded.lines.count)
      #expect(!loaded.hasReachedBeginning)
      console.press(.home)
      try await console.until("the beginning") { $0.conversation?.hasReachedBeginning == true }
      let chat = try #require(console.screen.conversation?.chat)
      #expect(try await fixture.store.messages.latest(chat, limit: 999).count == 355)
      #expect(console.screen.conversation?.selection == 0)
      console.press(.escape, .escape)
      #expect(console.screen.focus == .chats)
    }
  }

  @Test("A page of one chat never lands in another")
  func chatsStayApart() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture, hub: try await fixture.signedInHub())
      try await console.until("the chats") { $0.isOnline && !$0.chats.rows.isEmpty }
      console.press(.enter)
      try await console.until("messages") { ($0.conversation?.lines.count ?? 0) >= 50 }
      console.press(.home, .escape, .down, .enter, .home)
      let second = try #require(console.screen.conversation?.chat)
      await console.model.context.hub.environment.busy.untilIdle()
      let stored = try await fixture.store.messages.latest(second, limit: 1000).map(\.id)
      try await console.until("its messages") { ($0.conversation?.lines.count ?? 0) > 0 }
      #expect(console.screen.conversation?.chat == second)
      for line in console.screen.conversation?.lines ?? [] { #expect(stored.contains(line.id)) }
    }
  }

  @Test("A call rings over everything, typing does not end it, ignoring does")
  func ring() async throws {
    try await HubFixture.run(.calls) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      var bells = 0
      console.model.context.program.ring = { bells += 1 }
      try await console.until("the chats") { !$0.chats.rows.isEmpty }
      _ = try await hub.lines(of: ReadMessages(chat: "max:0"))
      fixture.time.advance(by: .seconds(3))
      try await console.until("the ring") { $0.ring != nil }
      #expect(bells == 1)
      #expect(console.screen.ring?.call.caller == "Павел")
      #expect(console.screen.ring?.hints.map(\.key) == ["d", "m", "i", "c"])
      console.press(.character("S"), .enter)
      #expect(console.screen.ring?.hints.map(\.key) == ["Alt-d", "Alt-m", "Alt-i", "Alt-c"])
      console.type("i")
      #expect(console.screen.inputs.first?.text == "i")
      #expect(console.screen.ring != nil)
      console.press(.alt("ш"))
      try await console.until("silence") { $0.ring == nil }
      #expect(console.screen.calls.rows.first?.outcome == .ignored)
    }
  }

  @Test("Declining a call ends it on the server and in the log")
  func decline() async throws {
    try await HubFixture.run(.calls) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the chats") { !$0.chats.rows.isEmpty }
      _ = try await hub.lines(of: ReadMessages(chat: "max:0"))
      fixture.time.advance(by: .seconds(3))
      try await console.until("the ring") { $0.ring != nil }
      let call = try #require(console.screen.ring?.call.id)
      console.press(.character("d"))
      try await console.until("silence") { $0.ring == nil }
      #expect(console.screen.calls.rows.first?.outcome == .declined)
      // The server knows of no such ringing call any more.
      await #expect(throws: UserError.self) { try await hub.lines(of: DeclineCall(id: call)) }
    }
  }

  @Test("A ring left by a crash is no ring")
  func abandonedRing() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      await hub.close()
      try await fixture.store.calls.save(
        CallRecord(
          service: .max, conversationId: "c", callerId: "5", kind: .audio, at: fixture.time.wallTime
        ))
      let console = ConsoleFixture(fixture)
      try await console.until("the log") { $0.calls.rows.first?.outcome == .missed }
      #expect(console.screen.ring == nil)
    }
  }

  @Test("Signing out says what is lost, and takes more than its letter")
  func signOut() async throws {
    try await HubFixture.run { fixture in
      let console = ConsoleFixture(fixture, hub: try await fixture.signedInHub())
      try await console.until("both lamps") { $0.isOnline }
      console.press(.character("L"))
      let question = try #require(console.screen.question)
      #expect(question.introduction.contains("\(console.screen.chats.rows.count) chats"))
      #expect(question.selection == 0)
      console.press(.character("L"), .character(" "), .enter)
      #expect(console.screen.dialog == nil)
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(try await fixture.store.accounts.account(.max) != nil)
      console.press(.character("L"), .down, .enter)
      try await console.until("the lamp out") { $0.lamp(.max) == .notSetUp }
      try await console.until("nothing left") { $0.chats.rows.isEmpty }
      #expect(try await fixture.store.accounts.all().map(\.service) == [.trading])
      #expect(console.screen.lamp(.trading) == .online)
    }
  }

  @Test("Attention: orders of unknown outcome first, then unread chats; its key goes there")
  func attention() async throws {
    try await HubFixture.run { fixture in
      try await fixture.store.orders.record(
        OrderRecord(
          clientOrderId: "a", status: .unknown, from: "ETH", to: "USDT", amount: "1",
          slippageBps: 0, createdAt: 1), [])
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("both") { $0.orders.rows.count == 1 && $0.attention >= 2 }
      console.press(.control("n"))
      #expect(console.screen.focus == .orders)
      #expect(console.model.attention.first == .order("a"))
    }
  }

  @Test("With nothing that counts, nothing expires")
  func quiet() throws {
    let model = try HubFixture.emptyModel()
    #expect(model.screen.untilExpiry == nil)
    model.press(.character("t"))
    #expect(model.screen.untilExpiry == .seconds(6))
  }
}
