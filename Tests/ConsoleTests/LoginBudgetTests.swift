import Clocks
import Sandbox
import Storage
import TestSupport
import Testing
import Transport

@testable import Accounts
@testable import Domain

/// Logins of many processes that follow one another, as commands in a loop do.
@Suite(.timeLimit(.minutes(2))) struct LoginBudgetTests {
  @Test("Twenty commands make no more than fifteen logins, and all of them show the chats")
  func twenty() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      await first.close()
      var remarks: [UserError] = []
      for _ in 0..<20 {
        let hub = fixture.hub { $0.isShortLived = true }
        let (chats, problem) = await hub.partly(ListChats())
        #expect(chats.count > 20)
        if let problem { remarks.append(problem) }
        await hub.close()
      }
      #expect(fixture.tape.requests("19") == 15)
      #expect(remarks.count == 6)
      #expect(remarks.allSatisfy { $0.isRemark == true && $0.code == "logins-spent" })

      // Everything else says that it was not done; nothing waits for the line in vain.
      let hub = fixture.hub { $0.isShortLived = true }
      let chat: ChatID = "max:121058319"
      #expect(await hub.partly(ReadMessages(chat: chat)).problem?.isRemark == true)
      #expect(await hub.partly(ListCalls()).problem?.isRemark == true)
      #expect(try await hub.lines(of: ShowStatus()).first?.state == "waiting")
      let sent = try await hub.only(SendMessage(chat: chat, text: "later"))
      #expect(sent.status == "queued")
      let (lines, waiting) = await hub.partly(
        SendMessage(chat: chat, text: "now", waiting: true))
      #expect(waiting?.kind == .refused && waiting?.isRemark == nil)
      #expect(waiting?.message.contains("15 times") == true)
      let id = try #require(lines.first?.id)
      #expect(lines.map(\.status) == ["queued"])
      #expect(waiting?.hint.contains("Message \(id) stays queued") == true)
      await hub.close()

      // Half an hour later there is room again.
      fixture.time.advance(by: .seconds(1801))
      let later = fixture.hub()
      #expect(try await later.lines(of: ListChats()).count > 20)
      #expect(fixture.tape.requests("19") == 16)
    }
  }

  @Test("A console waits until it may be logged in to, and comes online then")
  func console() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToMax(first)
      await first.close()
      let now = fixture.time.wallTime
      while try await fixture.store.spendLogin(at: now, limit: 15, window: 1_800_000) == nil {}
      let hub = fixture.hub()
      let account = try await hub.openMessenger()
      let link = await account.settle(within: .seconds(20))
      let end = fixture.time.uptime.milliseconds + 1_800_000
      #expect(link.state == .waiting(until: end))
      await fixture.time.release(.seconds(1800))
      try await hub.eventually("the line") {
        await account.status.state == .online ? true : nil
      }
    }
  }

  @Test("Moments of another time do not count")
  func clock() async throws {
    let store = try Store.inMemory()
    for _ in 0..<2 {
      #expect(try await store.spendLogin(at: 5_000_000, limit: 2, window: 100) == nil)
    }
    #expect(try await store.untilLogin(at: 5_000_000, limit: 2, window: 100) == 100)
    #expect(try await store.untilLogin(at: 5_000_099, limit: 2, window: 100) == 1)
    #expect(try await store.untilLogin(at: 5_000_100, limit: 2, window: 100) == nil)
    // The clock was set back by a day.
    #expect(try await store.untilLogin(at: 1_000_000, limit: 2, window: 100) == nil)
  }
}

extension RequestRunner {
  /// What a call answered before it failed, and why it did.
  func partly<R: Request>(
    _ call: R
  ) async -> (lines: [R.Output], problem: UserError?) {
    let lines = Collected<R.Output>()
    do throws(UserError) {
      try await run(call) { await lines.add($0) }
      return (await lines.all, nil)
    } catch {
      return (await lines.all, error)
    }
  }
}

private actor Collected<Line: Sendable> {
  private(set) var all: [Line] = []
  func add(_ line: Line) { all.append(line) }
}
