import Database
import Domain
import Storage
import Synchronization
import TestSupport
import Testing

@testable import Accounts
@testable import ScreenState
@testable import ViewModels

/// What a person waits for costs the same with ten messages as with a million: no statement that the
/// console or a request makes reads a whole table of those that only grow.
@MainActor @Suite(.timeLimit(.minutes(3))) struct FullScanTests {
  /// Tables that grow as long as the program is used.
  private nonisolated static let growing = ["message", "call", "journal", "swap_order"]

  /// Statements that may read all of one, and why.
  private nonisolated static let exceptions = [
    "SELECT * FROM journal ORDER BY sequence": "checking the journal's chain is reading all of it",
    "SELECT * FROM call WHERE service = ? AND state <> 'ringing'":
      "the server's history begins anew, and what it lacks goes",
  ]

  /// The plans of all statements that were made.
  private final class Audit: Sendable {
    private let list = Mutex<[QueryPlan]>([])
    var plans: [QueryPlan] { list.withLock { $0 } }
    func take(_ plan: QueryPlan) { list.withLock { $0.append(plan) } }

    /// Those that read a whole table.
    var scans: [QueryPlan] {
      plans.filter { plan in FullScanTests.growing.contains(where: plan.scans) }
    }
  }

  @Test("Neither the console nor a request reads a whole table; no exception is stale")
  func noScans() async throws {
    let audit = Audit()
    try await HubFixture.run(store: .inMemory(audit: audit.take)) { fixture in
      let hub = try await fixture.signedInHub()
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("chats") { $0.chats.rows.count > 3 && $0.isOnline }
      try await useConsole(console)
      try await useRequests(hub)
    }
    #expect(audit.plans.count > 50, "statements were heard of")
    for plan in audit.scans where Self.exceptions[plan.statement] == nil {
      Issue.record("\(plan.statement)\n  \(plan.steps.joined(separator: "\n  "))")
    }
    let scanned = Set(audit.scans.map(\.statement))
    for statement in Self.exceptions.keys {
      #expect(scanned.contains(statement), "no exception any more")
    }
  }

  private func useConsole(_ console: ConsoleFixture) async throws {
    for _ in 0..<4 {
      console.press(.enter)
      try await console.until("a conversation") { $0.conversation != nil }
      console.press(.pageUp, .up, .home, .end, .escape, .down)
    }
    console.press(.control("f"))
    console.type("e")
    console.press(.escape)
    // As after a sign-in: everything is read anew.
    await console.model.load()
  }

  private func useRequests(_ hub: AccountHub) async throws {
    let chats = try await hub.lines(of: ListChats())
    for chat in chats.prefix(5) {
      let read = try await hub.lines(of: ReadMessages(chat: chat.chat, limit: 5))
      for message in read.prefix(1) {
        _ = try await hub.lines(of: ReadMessages(chat: chat.chat, limit: 5, before: message.id))
      }
      _ = try await hub.lines(of: MarkRead(chat: chat.chat))
      _ = try await hub.lines(of: MuteChat(chat: chat.chat, isMuted: true))
    }
    _ = try await hub.lines(of: ReadMessages(chat: nil, limit: 5))
    _ = try await hub.lines(of: SearchMessages(words: "a"))
    _ = try await hub.lines(of: ListCalls())
    _ = try await hub.lines(of: RefreshCalls())
    _ = try await hub.lines(of: ListOrders())
    _ = try await hub.lines(of: ListBalances())
    _ = try await hub.lines(of: ShowStatus())
    _ = try await hub.lines(of: ListContacts())
    _ = try await hub.lines(of: VerifyJournal())
    let environment = hub.environment
    _ = try await environment.store.orders.recentAndOpen(since: 0)
    _ = try await environment.store.orders.lackingAmounts()
    _ = try await environment.store.calls.closeRinging(at: environment.time.wallTime)
    _ = try await environment.store.calls.merge([], of: .max, replacing: true)
    _ = try await environment.store.messages.all(since: 0)
    _ = try await environment.store.messages.all(since: 0, in: "max:1")
    for service in [Service.max, .textsecure] {
      _ = try await environment.store.messages.unsent(service)
    }
  }
}
