import Accounts
import Cryptography
import FoundationEssentials
import Glibc
import Storage
import TestSupport
import Testing

/// `kill -9` at random moments: nothing that was told or sent is lost, nothing happens twice.
///
/// `TERCET_CRASH_ROUNDS` sets the number of rounds, `TERCET_CRASH_SEED` repeats a run.
struct CrashTests {
  @Test func nothingIsLostAndNothingHappensTwice() async throws {
    var chance = CrashPlan.chance("crash test")
    // A late reply widens the window between a swap that was executed and one known to be.
    let servers = try await Servers("busy", faults: "late-swap-reply=150")
    let person = try Person(servers)
    try await person.signInToMax()
    try await person.signInToTrading()

    for round in 0..<(CrashPlan.rounds ?? 12) {
      let swap = ["swap", "ETH", "USDT", "0.001", "--slippage-bps", "500", "--yes", "--wait"]
      let watch = ["messages", "--watch"]
      // A swap alone, a watcher alone, and a swap through the watcher.
      let programs = try [[swap], [watch], [watch, swap]][round % 3].map { try person.start($0) }
      // Before it connects, while it signs in, between the quote and the reply.
      try await Task.sleep(for: .milliseconds(chance.below(round % 2 == 0 ? 120 : 400)))
      for program in programs { program.kill() }
      for program in programs { _ = try await program.end() }
      let journal = try await person.lines("orders verify --timeout 5", as: JournalOutput.self)
      #expect(journal.map(\.whole) == [true], "round \(round)")
    }
    try await checkOrders(of: person, servers)
    try await checkMessages(of: person, servers)
  }

  private func checkOrders(of person: Person, _ servers: Servers) async throws {
    let executed = try servers.executed
    #expect(Set(executed).count == executed.count)
    #expect(!(try servers.events.contains { $0.event == "duplicateOrder" }))
    let orders = try await person.lines("orders", as: OrderOutput.self)
    let known = Set(orders.map(\.clientOrderId))
    #expect(known.isSuperset(of: executed))

    let store = try person.store()
    let journal = try await store.journal.recent(limit: 10_000)
    print("crash test: \(known.count) orders, \(executed.count) of them executed")
    let intents = journal.filter { $0.entry.kind == .intent }.compactMap(\.entry.clientOrderId)
    #expect(Set(intents) == known && intents.count == known.count)

    // What a crash left open ends as the server has it: executed, or not.
    for order in orders {
      let isExecuted = executed.contains(order.clientOrderId)
      let command = "order \(order.clientOrderId)" + (isExecuted ? " --watch" : "")
      let lines = try await person.lines(command, as: OrderOutput.self)
      let status = try #require(lines.last).status
      let finished = ["FILLED", "FAILED", "CANCELLED"]
      #expect(finished.contains(status) == isExecuted, "\(status) \(isExecuted)")
    }
    #expect(try servers.executed == executed)
  }

  private func checkMessages(of person: Person, _ servers: Servers) async throws {
    #expect(
      try await person.lines("status", as: StatusOutput.self).map(\.state)
        == ["online", "online", "signed-out"])
    // A second device of the same account starts from nothing and says what there is.
    let witness = try Person(servers)
    let login = try witness.start(["login", "max", "--phone", Person.phone])
    login.write(try await servers.code(for: Person.phone, count: 2))
    #expect(try await login.end().code == 0)
    // With the rounds before, one sign-in each, they stay below what is allowed in half an hour.
    for chat in try await witness.lines("chats", as: ChatOutput.self).prefix(4) {
      let command = "messages \(chat.chat) --limit 100"
      let there = try await witness.lines(command, as: MessageOutput.self)
      let here = try await person.lines(command + "0", as: MessageOutput.self)
      let ids = Set(here.map(\.id))
      #expect(there.allSatisfy { ids.contains($0.id) }, "\(chat.chat)")
    }
  }
}
