import Phrases
import Sandbox
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import MaxService
@testable import ScreenState
@testable import ViewModels

/// Calls that ring, from the push to the log.
@MainActor @Suite(.timeLimit(.minutes(10))) struct CallTests {
  /// A console with MAX signed in, while somebody calls.
  private func ringing(
    _ fixture: HubFixture, from number: String? = nil, isVideo: Bool = false
  ) async throws -> (console: ConsoleFixture, hub: AccountHub, call: String) {
    let hub = fixture.hub()
    try await fixture.signInToMax(hub)
    let console = ConsoleFixture(fixture, hub: hub)
    try await console.until("the chats") { !$0.chats.rows.isEmpty }
    let numbers = fixture.sandbox.endpoints.numbers
    let call = try #require(
      await fixture.sandbox.call(numbers.main, from: number ?? numbers.second, isVideo: isVideo))
    try await console.until("the ring") { $0.ring?.call.id == call }
    return (console, hub, call)
  }

  /// Waits until the call's line is open.
  private func untilJoined(_ fixture: HubFixture) async throws {
    // Numbers of lines go on from those of the messenger.
    _ = try await fixture.tape.eventually("the signalling line") { [tape = fixture.tape] in
      tape.events.count { if case .connected(.max, _) = $0 { true } else { false } } >= 2
        ? true : nil
    }
  }

  @Test("The signalling line is open while it rings, without taking the call")
  func joins() async throws {
    try await HubFixture.run { fixture in
      let (console, hub, call) = try await ringing(fixture)
      try await untilJoined(fixture)
      #expect(fixture.tape.requests("ws2 accept-call") == 0)
      console.press(.character("i"))
      try await console.until("silence") { $0.ring == nil }
      #expect(console.screen.calls.rows.first { $0.id == call }?.outcome == .ignored)
      #expect(fixture.tape.requests("167") == 0 && fixture.tape.requests("ws2 hangup") == 0)
      let name = try #require(console.screen.calls.rows.first { $0.id == call }?.caller)
      #expect(
        console.screen.notices.last?.text == "Ignored \(name)'s call here; other devices ring on.")
      _ = hub
    }
  }

  @Test("A caller who gives up ends the ring at once, and the call was missed")
  func cancelled() async throws {
    // The chat's message about it is left out: the signalling line alone has to do it.
    try await HubFixture.run(faults: "call-cancel=2") { fixture in
      let (console, _, call) = try await ringing(fixture, isVideo: true)
      try await untilJoined(fixture)
      #expect(console.screen.ring?.call.isVideo == true)
      fixture.time.advance(by: .seconds(2))
      try await console.until("silence") { $0.ring == nil }
      #expect(console.screen.calls.rows.first { $0.id == call }?.outcome == .missed)
      #expect(console.screen.calls.rows.count { $0.id == call } == 1)
    }
  }

  @Test("A ring that nobody ends does so by itself, and was missed")
  func deadline() async throws {
    try await HubFixture.run(faults: "call-cancel=300") { fixture in
      let (console, hub, call) = try await ringing(fixture)
      fixture.time.advance(by: RingingCalls.ringLimit)
      try await console.until("silence") { $0.ring == nil }
      #expect(console.screen.calls.rows.first { $0.id == call }?.outcome == .missed)
      _ = hub
    }
  }

  @Test("Where the server does not know the opcode, the signalling line declines")
  func declinedOnTheLine() async throws {
    try await HubFixture.run(faults: "refuse=167:proto.opcode") { fixture in
      let (console, _, call) = try await ringing(fixture)
      try await untilJoined(fixture)
      console.press(.character("d"))
      try await console.until("silence") { $0.ring == nil }
      #expect(fixture.tape.requests("ws2 hangup") == 1)
      #expect(console.screen.calls.rows.first { $0.id == call }?.outcome == .declined)
    }
  }

  @Test("A text goes to the caller and the call is declined")
  func reply() async throws {
    try await HubFixture.run { fixture in
      let (console, hub, call) = try await ringing(fixture)
      console.press(.character("m"))
      #expect(console.screen.form?.title == Phrase.replyTitle.text)
      // While words are typed, letters are letters.
      console.type("im in a meeting")
      #expect(console.screen.form?.inputs.first?.field.text == "im in a meeting")
      console.press(.enter)
      try await console.until("silence") { $0.ring == nil && $0.dialog == nil }
      #expect(console.screen.calls.rows.first { $0.id == call }?.outcome == .declined)
      try await hub.eventually("the message sent") {
        let lines = try await hub.lines(of: ReadMessages(chat: "max:121058319", limit: 5))
        return lines.contains { $0.text == "im in a meeting" && $0.status == "sent" } ? true : nil
      }
    }
  }

  @Test("A stranger whose first word was a call gets an answer too")
  func replyToStranger() async throws {
    try await HubFixture.run(.calls) { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      _ = try await hub.lines(of: ReadMessages(chat: "max:0"))
      // The third caller is nobody's contact.
      for (number, pause) in [(5, 3), (6, 45), (7, 45)] {
        fixture.time.advance(by: .seconds(pause))
        try await hub.eventually("call \(number)") { [store = fixture.store] in
          try await store.calls.recent(limit: 9).count == number ? true : nil
        }
      }
      let call = try #require(try await fixture.store.calls.recent(limit: 1).first)
      #expect(call.callerName == "Незнакомый Номер" && call.state == .ringing)
      let line = try await hub.only(ReplyToCall(id: call.id, text: "Кто это?"))
      #expect(try await fixture.store.calls.call(call.id)?.state == .declined)
      try await hub.eventually("the words sent") {
        let lines = try await hub.lines(of: ReadMessages(chat: line.chat, limit: 5))
        return lines.contains { $0.text == "Кто это?" && $0.status == "sent" } ? true : nil
      }
    }
  }

  @Test("The line is checked while it rings: STUN, a TURN that serves, and one that refuses")
  func check() async throws {
    try await HubFixture.run { fixture in
      let (console, hub, call) = try await ringing(fixture)
      console.press(.character("c"))
      let check = try await console.eventually("all answers") { screen in
        screen.line.flatMap { $0.rows.contains { $0.outcome == .waiting } ? nil : $0 }
      }
      #expect(check.caller == "Павел" && check.rows.count == 3 && check.problem == nil)
      guard case .good(_, let address?) = check.rows[0].outcome else {
        Issue.record("STUN: \(check.rows[0])")
        return
      }
      #expect(address.hasPrefix("127.0.0.1:"))
      let outcomes = check.rows.dropFirst().map { row in
        if case .good = row.outcome { true } else { false }
      }
      #expect(outcomes == [true, false])
      // It rings on, and its keys work over the dialog.
      #expect(console.screen.ring != nil)
      console.press(.character("d"))
      try await console.until("silence") { $0.ring == nil }

      let lines = try await hub.lines(of: CheckCall(id: call))
      #expect(lines.map(\.ok) == [true, true, false])
      #expect(lines[2].error?.contains("refused") == true && lines[2].rttMs == nil)
      #expect(try await hub.failure(of: CheckCall(id: "x")).code == "no-call")
    }
  }

  @Test("The bell rings again and again until it is silenced, which is remembered")
  func bell() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      var bells = 0
      console.model.context.program.ring = { bells += 1 }
      try await console.until("the chats") { !$0.chats.rows.isEmpty }
      let numbers = fixture.sandbox.endpoints.numbers
      await fixture.sandbox.call(numbers.main, from: numbers.second)
      try await console.until("the ring") { $0.ring != nil }
      #expect(bells >= 1)
      await fixture.time.release(BellModel.interval)
      // It sleeps again when it has rung.
      await fixture.time.release(BellModel.interval)
      #expect(bells >= 2)
      console.press(.character("b"))
      #expect(console.screen.ring?.isSilent == false, "no letter does it in the list")
      console.press(.alt("b"))
      let heard = bells
      #expect(console.screen.ring?.isSilent == true)
      fixture.time.advance(by: .seconds(6))
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(bells == heard)
      #expect(try await fixture.store.settings.value(.silence) != nil)
      let second = ConsoleFixture(fixture, hub: fixture.hub())
      try await second.until("the log") { !$0.calls.rows.isEmpty }
      #expect(!second.model.calls.bell.isOn)
    }
  }

  @Test("The server's history is in the log once, with calls of one's own")
  func history() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the history") { $0.calls.rows.count == 4 }
      let rows = console.screen.calls.rows
      #expect(rows.map(\.outcome) == [.ended, .declined, .ended, .missed])
      #expect(rows.map(\.isOutgoing) == [true, false, false, false])
      #expect(rows.map(\.caller) == ["Павел", "Незнакомый Номер", "Мария Иванова", "Павел"])
      #expect(rows.map(\.talk) == [nil, nil, 312_000, nil])
      #expect(console.screen.ring == nil)

      let numbers = fixture.sandbox.endpoints.numbers
      let call = try #require(
        await fixture.sandbox.call(numbers.main, from: numbers.second))
      try await console.until("the ring") { $0.ring != nil }
      console.press(.character("d"))
      try await console.until("silence") { $0.ring == nil }
      fixture.time.advance(by: .seconds(1))
      let asked = fixture.tape.requests("163")
      console.press(.character("4"), .character("u"))
      _ = try await fixture.tape.eventually("the question") { [tape = fixture.tape] in
        tape.requests("163") > asked ? true : nil
      }
      await console.model.context.hub.environment.busy.untilIdle()
      #expect(console.screen.calls.rows.count == 5)
      #expect(console.screen.calls.rows.first?.id == call)
      let lines = try await hub.lines(of: ListCalls())
      #expect(lines.map(\.event) == ["missed", "ended", "declined", "ended", "declined"])
      #expect(lines.map(\.callee) == [nil, nil, nil, "Павел", nil])
      #expect(lines.map(\.durationMs) == [nil, 312_000, nil, nil, nil])
    }
  }
}

extension ScreenState {
  fileprivate var line: LineCheckState? {
    if case .line(let state)? = dialog { state } else { nil }
  }
}
