import Sandbox
import Storage
import Synchronization
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Control

/// What `--watch` tells: each change once, oldest first, under ids that stay.
@Suite(.timeLimit(.minutes(10))) struct WatchTests {
  /// Where a watching call is made: in the process of the accounts, or over the control socket.
  enum Way: String, CaseIterable { case direct, socket }

  @Test("Three messages that came while nothing ran", arguments: Way.allCases)
  func missed(way: Way) async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      for number in 1...3 { await fixture.come("missed \(number)") }
      try await fixture.watching(ReadMessages(chat: nil, watching: true), way) { hub, lines in
        try await lines.reach { $0.has("missed 3") }
        await fixture.come("live")
        let told = try await lines.reach { $0.has("live") }
        let texts = told.filter { $0.chat == chat }.map(\.text)
        #expect(texts == ["missed 1", "missed 2", "missed 3", "live"])
      }
    }
  }

  @Test("A chat's page, then what came", arguments: Way.allCases)
  func page(way: Way) async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      for number in 1...3 { await fixture.come("missed \(number)") }
      let call = ReadMessages(chat: chat, limit: 2, watching: true)
      try await fixture.watching(call, way) { hub, lines in
        try await lines.reach { $0.has("missed 3") }
        // What another command reads of the past is nothing that has arrived.
        try await hub.run(ReadMessages(chat: chat, limit: 20)) { _ in }
        await fixture.come("live")
        let told = try await lines.reach { $0.has("live") }
        #expect(told.map(\.text) == ["missed 2", "missed 3", "live"])
      }
    }
  }

  @Test(
    "What was missed is news once; what somebody loads of the past is none", arguments: Way.allCases
  )
  func past(way: Way) async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      await first.close()
      for number in 1...3 { await fixture.come("missed \(number)") }
      try await fixture.watching(ReadMessages(chat: nil, watching: true), way) { hub, lines in
        // Not before: whatever asks for the account first has it told of what was missed.
        try await lines.reach { $0.has("missed 3") }
        let known = try await fixture.store.messages.latest(chat, limit: 1000).count
        try await hub.run(ReadMessages(chat: chat, limit: 1000)) { _ in }
        let all = try await fixture.store.messages.latest(chat, limit: 1000)
        #expect(all.count > known, "a past that was not stored")
        // In a piece, too, as a search or a jump to a date loads it.
        let other = try #require(
          try await hub.lines(of: ListChats()).first { $0.service == .max && $0.chat != chat })
        let moment = try #require(other.lastMessageAt)
        try await hub.run(LoadHistory(chat: other.chat, part: .around(moment - 1), count: 5)) {
          _ in
        }
        await fixture.come("live")
        let told = try await lines.reach { $0.has("live") }
        #expect(told.map(\.text) == ["missed 1", "missed 2", "missed 3", "live"])
        // A change of what was loaded is one all the same.
        let oldest = try #require(all.first)
        try await hub.only(ReactToMessage(chat: chat, id: oldest.id, emoji: "👍"))
        try await lines.reach { $0.contains { $0.id == oldest.id && $0.reactions.count == 1 } }
      }
    }
  }

  @Test("A call that goes on elsewhere tells what was stored meanwhile, and what was missed")
  func resumed() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      let chat = try await fixture.pavel(first)
      fixture.time.advance(by: .seconds(1))
      let moment = fixture.time.wallTime
      await fixture.come("stored")
      _ = try await first.eventually("the message") {
        let last = try await fixture.store.messages.latest(chat, limit: 1).last
        return last?.text == "stored" ? true : nil
      }
      await first.close()
      await fixture.come("missed 1")
      await fixture.come("missed 2")
      let calls = [
        ReadMessages(chat: nil, watching: true), ReadMessages(chat: chat, watching: true),
      ]
      for call in calls.map({ $0.resumed(since: moment) }) {
        try await fixture.watching(call, .direct) { hub, lines in
          let told = try await lines.reach { $0.has("missed 2") }
          #expect(told.map(\.text) == ["stored", "missed 1", "missed 2"])
        }
      }
    }
  }

  @Test("A message of one's own has one id and is told once as sent", arguments: Way.allCases)
  func own(way: Way) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      await hub.close()
      try await fixture.watching(ReadMessages(chat: nil, watching: true), way) { hub, lines in
        _ = try await hub.lines(of: ListChats())
        let sent = try await hub.only(SendMessage(chat: chat, text: "mine", waiting: true))
        #expect(sent.status == "sent")
        // Reading the history again brings the message again, as it was.
        try await hub.run(ReadMessages(chat: chat, limit: 20)) { _ in }
        await fixture.come("theirs")
        let told = try await lines.reach { $0.has("theirs") }
        let mine = told.filter { $0.text == "mine" }
        #expect(mine.last?.status == "sent" && mine.count { $0.status == "sent" } == 1)
        #expect(Set(mine.map(\.status)).count == mine.count)
        #expect(Set(mine.map(\.id)) == [sent.id])

        let read = try await hub.lines(of: ReadMessages(chat: chat, limit: 20))
        #expect(read.filter { $0.text == "mine" }.map(\.id) == [sent.id])
        let edited = try await hub.only(EditMessage(chat: chat, id: sent.id, text: "mine, too"))
        #expect(edited.id == sent.id && edited.edited)
        try await lines.reach { $0.contains { $0.text == "mine, too" && $0.id == sent.id } }
        let answer = try await hub.only(
          SendMessage(chat: chat, text: "answer", replyTo: sent.id, waiting: true))
        let line = try await lines.reach { $0.has(answer.id, "sent") }
        #expect(line.last { $0.id == answer.id }?.replyTo == sent.id)
      }
    }
  }

  @Test("What comes and goes while the line is cut", arguments: Way.allCases)
  func cut(way: Way) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      let chat = try await fixture.pavel(hub)
      await hub.close()
      try await fixture.watching(ReadMessages(chat: nil, watching: true), way) { hub, lines in
        _ = try await hub.lines(of: ListChats())
        await fixture.come("before")
        try await lines.reach { $0.has("before") }
        await fixture.sandbox.setMaxReachable(false)
        try await fixture.untilWaiting(hub)
        await fixture.come("first")
        await fixture.come("second")
        let typed = try await hub.only(SendMessage(chat: chat, text: "typed")).id
        await fixture.sandbox.setMaxReachable(true)
        await hub.retryNow()
        try await lines.reach { $0.has("second") && $0.has(typed, "sent") }
        await fixture.come("after")
        let told = try await lines.reach { $0.has("after") }
        check(told.filter { $0.chat == chat }, typed: typed)
      }
    }
  }

  private func check(_ told: [MessageOutput], typed id: String) {
    let received = told.filter { $0.status == "received" }
    #expect(received.map(\.text) == ["before", "first", "second", "after"])
    let typed = told.filter { $0.text == "typed" }
    #expect(Set(typed.map(\.id)) == [id])
    #expect(Set(typed.map(\.status)).count == typed.count && typed.last?.status == "sent")
  }

  @Test("An order's changes, each once", arguments: Way.allCases)
  func orders(way: Way) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      await hub.close()
      try await fixture.watching(ListOrders(watching: true), way) { hub, lines in
        let estimate = EstimateSwap(from: "ETH", to: "USDT", amount: "0.1")
        let swap = PlaceSwap(estimate, slippageBps: 50, clientOrderId: "one")
        try await hub.only(swap)
        fixture.time.advance(by: .seconds(30))
        try await lines.reach { $0.contains { $0.status == "FILLED" } }
        // Asking again tells nothing new.
        _ = try await hub.lines(of: ShowOrder(id: "one"))
        try await hub.only(PlaceSwap(estimate, slippageBps: 50, clientOrderId: "two"))
        let told = try await lines.reach { $0.contains { $0.clientOrderId == "two" } }
          .filter { $0.clientOrderId == "one" }
        #expect(told.last?.status == "FILLED" && told.count { $0.status == "FILLED" } == 1)
        for (line, next) in zip(told, told.dropFirst()) { #expect(line != next) }
      }
    }
  }

  @Test(
    "Balances as they change, each change once, and none that was overtaken",
    arguments: Way.allCases)
  func balances(way: Way) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      await hub.close()
      try await fixture.watching(ListBalances(watching: true), way) { hub, lines in
        let first = try await lines.reach { $0.contains { $0.asset == "USDT" } }
        let usdt = try #require(first.first { $0.asset == "USDT" })
        fixture.time.advance(by: .seconds(1))
        func news(_ total: String, at moment: Int64) {
          hub.environment.changes.send(
            .balances([BalanceRecord(asset: "USDT", total: total, locked: "0", at: moment)]))
        }
        // What came before the answer is told after it when the machine is busy.
        news("1", at: usdt.at - 1)
        for total in ["7", "7", "8"] { news(total, at: fixture.time.wallTime) }
        let told = try await lines.reach { $0.contains { $0.total == "8" } }
        #expect(told.filter { $0.asset == "USDT" }.map(\.total) == [usdt.total, "7", "8"])
      }
    }
  }

  @Test("A call's changes, each once", arguments: Way.allCases)
  func calls(way: Way) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToMax(hub)
      await hub.close()
      try await fixture.watching(ListCalls(watching: true), way) { hub, lines in
        _ = try await hub.lines(of: ListChats())
        let numbers = fixture.sandbox.endpoints.numbers
        let call = try #require(await fixture.sandbox.call(numbers.main, from: numbers.second))
        try await lines.reach { $0.contains { $0.event == "incoming" } }
        // The server says it once more, and so does whoever looks at the log.
        func tell(as id: String) async throws {
          var newest = try #require(try await fixture.store.calls.recent(limit: 1).first)
          newest.conversationId = id
          hub.environment.changes.send(.call(newest))
        }
        try await tell(as: call)
        _ = try await hub.lines(of: DeclineCall(id: call))
        try await lines.reach { $0.contains { $0.event == "declined" } }
        try await tell(as: call)
        try await tell(as: "another")
        let told = try await lines.reach { $0.contains { $0.conversationId == "another" } }
        #expect(told.filter { $0.conversationId == call }.map(\.event) == ["incoming", "declined"])
      }
    }
  }
}

extension [MessageOutput] {
  fileprivate func has(_ text: String) -> Bool { contains { $0.text == text } }

  fileprivate func has(_ id: String, _ status: String) -> Bool {
    contains { $0.id == id && $0.status == status }
  }
}

/// The lines that a watching call has emitted so far.
final class WatchedLines<Line: Sendable>: Sendable {
  private let past = Mutex<[Line]>([])
  private let news = Broadcast<Void>()

  func append(_ line: Line) {
    past.withLock { $0.append(line) }
    news.send(())
  }

  /// All lines, as soon as `condition` holds of them.
  @discardableResult
  func reach(_ condition: @escaping @Sendable ([Line]) -> Bool) async throws -> [Line] {
    do {
      return try await eventually("lines", after: news.listen()) { [self] in
        let lines = past.withLock { $0 }
        return condition(lines) ? lines : nil
      }
    } catch {
      throw Missed("\(error): \(past.withLock { $0 })")
    }
  }
}

extension HubFixture {
  /// A message from Pavel to the account under test.
  func come(_ text: String) async {
    await sandbox.write(text, from: "+79991234567", to: sandbox.endpoints.numbers.main)
    time.advance(by: .milliseconds(1))
  }

  /// Runs `body` beside a watching call that has begun.
  func watching<R: Request>(
    _ call: R, _ way: WatchTests.Way,
    _ body: (AccountHub, WatchedLines<R.Output>) async throws -> Void
  ) async throws {
    let hub = hub()
    let lines = WatchedLines<R.Output>()
    let directory = try ScratchDirectory()
    let path = directory.file("control.sock")
    let server = try ControlServer(path: path, hub: hub, network: network)
    let access: any RequestRunner =
      way == .direct ? hub : ControlClient(path: path, network: network)
    let watch = Task { try await access.run(call) { lines.append($0) } }
    let outcome: Result<Void, any Error>
    do { outcome = .success(try await body(hub, lines)) } catch { outcome = .failure(error) }
    watch.cancel()
    _ = await watch.result
    await server.stop()
    try outcome.get()
  }
}
