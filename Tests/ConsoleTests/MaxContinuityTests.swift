import OneMe
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxContinuityTests {
  @Test(
    "A cut line loses nothing: what was typed and what came meanwhile is there once, in order",
    arguments: ["json", "binary"])
  func cut(codec: String) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub(codec: codec)
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      let main = fixture.sandbox.endpoints.numbers.main
      for number in 1...50 {
        #expect(await fixture.sandbox.write("came \(number)", from: "+79991234567", to: main))
        try await hub.only(SendMessage(chat: chat, text: "typed \(number)"))
        fixture.time.advance(by: .milliseconds(1))
      }
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      let store = fixture.store
      _ = try await hub.eventually("all messages") {
        let texts = try await store.messages.latest(chat, limit: 500).map(\.text)
        let isIdle = try await store.outbox.count(.max) == 0
        return isIdle && texts.count { $0.hasPrefix("came") } >= 50 ? true : nil
      }
      let texts = try await store.messages.latest(chat, limit: 500).map(\.text)
      #expect(texts.filter { $0.hasPrefix("came") } == (1...50).map { "came \($0)" })
      #expect(texts.filter { $0.hasPrefix("typed") } == (1...50).map { "typed \($0)" })
      #expect(try await store.gaps(.max).isEmpty)
      #expect(try await fixture.served(chat, on: hub).suffix(100).map(\.text) == texts.suffix(100))
    }
  }

  @Test("A gap that could not be filled is filled by the next run")
  func nextRun() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      let main = fixture.sandbox.endpoints.numbers.main
      for number in 1...5 {
        await fixture.sandbox.write("missed \(number)", from: "+79991234567", to: main)
        fixture.time.advance(by: .milliseconds(1))
      }
      let second = fixture.hub()
      await second.openAll()
      _ = try await second.eventually("what was missed") {
        let texts = try await fixture.store.messages.latest(chat, limit: 100).map(\.text)
        return texts.count { $0.hasPrefix("missed") } == 5 ? true : nil
      }
    }
  }

  @Test("The login after one that could not be stored brings what that one did")
  func loginOnFullDisk() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      let marker = try #require(try await fixture.store.accounts.account(.max)?.syncMarker)
      fixture.time.advance(by: .seconds(1))
      await fixture.sandbox.write(
        "missed", from: "+79991234567", to: fixture.sandbox.endpoints.numbers.main)
      try await fixture.store.database.write {
        try $0.run(
          """
          CREATE TRIGGER full BEFORE INSERT ON message
            BEGIN SELECT RAISE(ABORT, 'full'); END;
          """)
      }
      let second = fixture.hub()
      let news = second.environment.changes.listen()
      await second.openAll()
      _ = try await eventually("a notice", in: news) { change in
        if case .notice(let notice) = change { notice } else { nil }
      }
      await second.close()
      try #require(try await fixture.store.accounts.account(.max)?.syncMarker == marker)
      try await fixture.store.database.write { try $0.run("DROP TRIGGER full") }
      let third = fixture.hub()
      await third.openAll()
      _ = try await third.eventually("what was missed") {
        try await fixture.store.messages.latest(chat, limit: 100).contains { $0.text == "missed" }
          ? true : nil
      }
    }
  }

  @Test("A chat that was read is read on the server, at once or when the line is back")
  func readMarks() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      #expect(try await fixture.store.chats.chat(chat)?.unread == 2)
      await fixture.sandbox.setMaxReachable(false)
      try await fixture.untilWaiting(hub)
      #expect(try await hub.only(MarkRead(chat: chat)).unread == 0)
      #expect(try await fixture.store.untoldMarks(.max).map(\.chat) == [chat])
      await fixture.sandbox.setMaxReachable(true)
      await hub.retryNow()
      try await fixture.untilAsked("50", times: 1)
      #expect(try await fixture.store.chats.chat(chat)?.unread == 0)
      await hub.close()
      try await fixture.store.forget(.max, with: [.messages, .callHistory])
      let other = fixture.hub()
      try await fixture.signInToMax(other)
      let fresh = try await other.lines(of: ListChats()).first { $0.chat == chat }
      #expect(fresh?.unread == 0, "the server knows")
    }
  }

  @Test("With read marks off the server hears nothing, and what was read stays read here")
  func silentReading() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub { $0.readMarks = .never }
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      try await hub.only(MarkRead(chat: chat))
      await hub.close()
      let again = fixture.hub { $0.readMarks = .never }
      #expect(try await again.lines(of: ListChats()).first { $0.chat == chat }?.unread == 0)
      let main = fixture.sandbox.endpoints.numbers.main
      await fixture.sandbox.write("one more", from: "+79991234567", to: main)
      _ = try await again.eventually("the message") {
        try await fixture.store.chats.chat(chat)?.unread == 1 ? true : nil
      }
      #expect(fixture.tape.requests("50") == 0)
    }
  }

  @Test("That something is being written is told at most every six seconds")
  func typing() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      for _ in 1...5 { try await hub.only(ShowTyping(chat: chat)) }
      #expect(fixture.tape.requests("65") <= 1)
      fixture.time.advance(by: .seconds(7))
      try await hub.only(ShowTyping(chat: chat))
      try await fixture.untilAsked("65", times: 2)
      #expect(fixture.tape.requests("65") == 2)
    }
  }
}
