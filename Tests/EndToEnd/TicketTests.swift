import TestSupport
import Testing

/// Nothing is sent before the one key that sends it.
struct TicketTests {
  /// A ticket with a quote to review.
  private func review(_ terminal: Terminal, amount: String = "0.1") async throws {
    try await terminal.press("t")
    try await terminal.until("Pay")
    try await terminal.type("eth\t\(amount)\tusdt")
    try await terminal.press("Enter")
    try await terminal.until("a quote that can be committed") {
      $0.contains("nothing is sent until you press Shift-C")
    }
  }

  private func leave(_ terminal: Terminal) async throws {
    try await terminal.press("Escape")
    try await terminal.until("the ticket's end") { !$0.contains("─ SWAP") }
  }

  @Test func onlyTheCommitKeyCommits() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("balances") { $0.contains("USDT") }

    try await review(terminal)
    // Signing in asked for a price, too.
    let asked = try servers.requests("estimate")
    try await terminal.press("Enter", "t", "c")
    try await terminal.paste("C")
    // The server has seen everything that was sent before the next quote.
    try await terminal.press("r")
    try await servers.requests("estimate", reach: asked + 1)
    #expect(try servers.requests("swap") == 0)

    try await terminal.until("nothing is sent until you press Shift-C")
    try await terminal.press("e")
    try await terminal.until("the fields") { $0.contains("▸ Pay") && $0.contains("0.1") }
    try await leave(terminal)
    try await review(terminal, amount: "0.2")
    try await leave(terminal)
    try await review(terminal, amount: "0.3")
    #expect(try servers.requests("swap") == 0)

    try await terminal.press("C")
    try await terminal.until("the order's end") { $0.contains("✓ Filled: 0.3 ETH → USDT") }
    #expect(try servers.requests("swap") == 1)
    #expect(try servers.executed.count == 1)
  }

  @Test func aQuoteIsRenewedWhileSomebodyLooks() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console(columns: 80, rows: 24)

    try await review(terminal)
    try await terminal.until("6 s old")
    try await terminal.until("a new one") { $0.contains("0 s old") || $0.contains("1 s old") }
    try await terminal.until("nothing is sent until you press Shift-C")
    #expect(try servers.requests("swap") == 0)
  }
}
