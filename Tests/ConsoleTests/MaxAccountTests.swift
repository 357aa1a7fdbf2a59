import Clocks
import Cryptography
import Sandbox
import TestSupport
import Testing

@testable import Accounts
@testable import Domain
@testable import MaxService
@testable import Storage

@Suite(.timeLimit(.minutes(10))) struct MaxAccountTests {
  @Test("Signing in by code brings chats and messages into the store")
  func signIn() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let phone = fixture.sandbox.endpoints.numbers.main
      let asked = try await hub.only(SignIn.toMax(phone: phone))
      #expect(asked.next == .code)
      #expect(asked.codeLength == 6)
      let done = try await hub.only(
        EnterCode(service: .max, code: try await fixture.code(for: phone)))
      #expect(done.next == .done)
      #expect(done.login == LoginOutput(service: .max, state: "online", account: "Ира Т"))

      let chats = try await hub.lines(of: ListChats())
      let pavel = try #require(chats.first { $0.title == "Павел" })
      #expect(pavel.unread == 2)
      #expect(pavel.lastMessage == "и молока")
      #expect(chats.contains { $0.chat == "max:-9007199254740995" && $0.title == "Big id" })
      #expect(chats.first { $0.title == "Новости двора" }?.muted == true)

      let messages = try await hub.lines(of: ReadMessages(chat: pavel.chat, limit: 5))
      #expect(messages.map(\.text).suffix(2) == ["Возьми хлеба", "и молока"])
      #expect(messages[1].status == "sent")
      #expect(messages[2].replyTo == messages[1].id)
      #expect(messages[2].attachments.map(\.name) == ["смета.xlsx"])
    }
  }

  @Test("A restart shows the same and signs in by its token")
  func restart() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let before = try await first.lines(of: ListChats())
      await first.close()
      let device = try await fixture.store.accounts.account(.max)?.deviceId

      let second = fixture.hub()
      #expect(try await second.lines(of: ListChats()) == before)
      #expect(try await second.lines(of: ShowStatus()).first?.state == "online")
      #expect(try await fixture.store.accounts.account(.max)?.deviceId == device)
      #expect(fixture.tape.codes(for: fixture.sandbox.endpoints.numbers.main).count == 1)
    }
  }

  @Test("A wrong code is refused and the right one still works")
  func wrongCode() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let phone = fixture.sandbox.endpoints.numbers.main
      try await hub.only(SignIn.toMax(phone: phone))
      let code = try await fixture.code(for: phone)
      let wrong = code == "000000" ? "111111" : "000000"
      let error = try await hub.failure(of: EnterCode(service: .max, code: wrong))
      #expect(error.kind == .credentials)
      #expect(try await fixture.store.accounts.all().isEmpty)
      #expect(try await hub.only(EnterCode(service: .max, code: code)).next == .done)
    }
  }

  @Test("Another code can be asked for, and voids the one before")
  func resend() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let phone = fixture.sandbox.endpoints.numbers.main
      try await hub.only(SignIn.toMax(phone: phone))
      let first = try await fixture.code(for: phone)
      #expect(try await hub.only(SignIn.toMax(phone: phone)).next == .code)
      let second = try await fixture.code(for: phone, after: 1)
      #expect(
        try await hub.failure(of: EnterCode(service: .max, code: first)).kind == .credentials)
      #expect(try await hub.only(EnterCode(service: .max, code: second)).next == .done)
    }
  }

  @Test("An account with a password asks for it")
  func secondFactor() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let numbers = fixture.sandbox.endpoints.numbers
      let asked = try await fixture.signInToMax(hub, phone: numbers.withPassword)
      #expect(asked.next == .password)
      #expect(asked.passwordHint == "лошадь, но правильная")
      let error = try await hub.failure(
        of: EnterPassword(service: .max, password: Secret("wrong")))
      #expect(error.kind == .credentials)
      let done = try await hub.only(
        EnterPassword(service: .max, password: Secret(numbers.password)))
      #expect(done.login?.account == "Мария Иванова")
    }
  }

  @Test("What cannot be a phone number or has no beginning is refused here")
  func badInput() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      #expect(
        try await hub.failure(of: SignIn.toMax(phone: "nobody")).kind == .usage)
      let error = try await hub.failure(of: EnterCode(service: .max, code: "123456"))
      #expect(error.code == "no-sign-in")
      #expect(try await hub.failure(of: ListChats()).code == "not-signed-in")
      #expect(fixture.tape.events.count <= 1, "nothing was asked of a server")
    }
  }

  @Test("A revoked token stops the account; nobody knocks again and again")
  func revoked() async throws {
    try await HubFixture.run(faults: "revoke-token") { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      await first.close()
      let hub = fixture.hub()
      let error = try await hub.failure(of: ListChats())
      #expect(error.kind == .credentials)
      #expect(error.hint.contains("ign in again"))
      #expect(try await hub.lines(of: ShowStatus()).first?.state == "stopped")
      let logins = fixture.tape.requests("19")
      for _ in 0..<5 {
        fixture.time.advance(by: .seconds(60))
        #expect(try await hub.lines(of: ShowStatus()).first?.state == "stopped")
      }
      #expect(fixture.tape.requests("19") == logins)
    }
  }

  @Test("While the line is down, what is stored is listed and the failure told after it")
  func offline() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let count = try await first.lines(of: ListChats()).count
      await first.close()
      await fixture.sandbox.stop()
      let hub = fixture.hub()
      let listing = Task {
        let counter = Counter()
        do throws(UserError) {
          try await hub.run(ListChats()) { _ in await counter.add() }
          return (await counter.count, nil as UserError.Kind?)
        } catch {
          return (await counter.count, error.kind)
        }
      }
      // The lamp counts down to the next attempt by the clock that nobody sets.
      let delay = try await hub.eventually("a waiting lamp") {
        if case .waiting(let until)? = await hub.connections().first?.state { until } else { nil }
      }
      #expect((1...60_000).contains(delay - fixture.time.uptime.milliseconds))
      await fixture.time.untilSleeping(2)
      fixture.time.advance(by: hub.settings.timeout)
      let (lines, kind) = await listing.value
      #expect(lines == count)
      #expect(kind == .noConnection)
    }
  }

  @Test("A call rings, is in the log at once, and is missed when the caller gives up")
  func call() async throws {
    try await HubFixture.run(.calls) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      // A question after the login: the server has planned its call by then.
      _ = try await hub.lines(of: ReadMessages(chat: "max:0"))
      fixture.time.advance(by: .seconds(3))
      let ringing = try await hub.eventually("a ring") {
        try await fixture.store.calls.recent(limit: 9).first { $0.state == .ringing }
      }
      #expect(ringing.callerName == "Павел")
      #expect(ringing.signaling?.hasPrefix("ws://127.0.0.1") == true)
      #expect(ringing.turn.count == 2)
      fixture.time.advance(by: .seconds(20))
      let missed = try await hub.eventually("its end") {
        try await fixture.store.calls.call(ringing.id).flatMap { $0.state == .ringing ? nil : $0 }
      }
      #expect(missed.state == .missed)
    }
  }

  @Test("A ring that a crash left behind becomes missed, and whoever shows it hears of it")
  func abandonedRing() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      await first.close()
      try await fixture.store.calls.save(
        CallRecord(
          service: .max, conversationId: "c", callerId: "5", kind: .audio, at: fixture.time.wallTime
        ))
      let hub = fixture.hub()
      let news = hub.environment.changes.listen()
      await hub.openAll()
      #expect(try await fixture.store.calls.call("c")?.state == .missed)
      await hub.close()
      let told = await news.reduce(into: [CallRecord.State]()) { calls, change in
        if case .call(let call) = change { calls.append(call.state) }
      }
      #expect(told == [.missed])
    }
  }

  @Test("Signing out tells the server and forgets everything of the service")
  func signOut() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      try await fixture.store.calls.save(
        CallRecord(service: .max, conversationId: "c", callerId: "5", kind: .audio, at: 1))
      try await hub.only(SignOut(service: .max))
      #expect(try await fixture.store.accounts.all().isEmpty)
      #expect(try await fixture.store.chats.all().isEmpty)
      #expect(try await fixture.store.contacts.all(.max).isEmpty)
      #expect(try await fixture.store.calls.recent(limit: 9).isEmpty)
      #expect(
        try await fixture.tape.eventually("a logout") { fixture.tape.requests("20") == 1 ? 1 : nil }
          == 1)
      #expect(
        try await hub.failure(of: SignOut(service: .max)).code == "not-signed-in")
      #expect(try await fixture.signInToMax(hub).next == .done)
    }
  }

  @Test("A full disk is told as a notice and as the failure of a call; nothing crashes")
  func fullDisk() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try #require(try await hub.lines(of: ListChats()).first { $0.title == "Павел" })
      try await fixture.store.database.write { try $0.run("PRAGMA max_page_count = 1") }
      let news = hub.environment.changes.listen()
      _ = try await hub.openMessenger().loadHistory(chat.chat, .before(.max >> 16), count: 100)
      let notice = try await eventually("a notice", in: news) { change in
        if case .notice(let text) = change { text } else { nil }
      }
      #expect(notice.kind == .failure)
      #expect(notice.text.hasPrefix("The disk is full"))
      try await fixture.store.database.write { try $0.run("PRAGMA query_only = 1") }
      let error = try await hub.failure(of: SignOut(service: .max))
      #expect(error.code == "storage", "a sign-out that is not on the disk has not happened")
    }
  }
}

private actor Counter {
  var count = 0
  func add() { count += 1 }
}

/// The first change of which `pick` makes something.
func eventually<Value: Sendable>(
  _ what: String, in changes: AsyncStream<AccountEvent>,
  _ pick: @escaping @Sendable (AccountEvent) -> Value?
) async throws -> Value {
  for await change in changes {
    if let value = pick(change) { return value }
  }
  throw Missed(what)
}
