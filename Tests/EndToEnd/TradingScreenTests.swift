import FoundationEssentials
import TestSupport
import Testing

/// The trading desk by keys alone: what a trader does on a day, and what must not happen.
struct TradingScreenTests {
  private func opened(
    _ command: String = "tercet", _ scenario: String = "quiet"
  ) async throws -> (Person, Servers, Terminal) {
    let servers = try await Servers(scenario)
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.terminal()
    try await terminal.run(command)
    try await terminal.until("balances") { $0.contains("USDT") && $0.contains("CHATS") }
    return (person, servers, terminal)
  }

  /// Leaves the ticket; only then the next key is no part of an escape sequence.
  private func leave(_ terminal: Terminal) async throws {
    try await terminal.press("Escape")
    try await terminal.until("the ticket's end") { !$0.contains("─ SWAP") }
  }

  private func review(
    _ terminal: Terminal, _ fields: String = "eth\t0.1\tusdt"
  ) async throws {
    try await terminal.press("t")
    try await terminal.until("Pay")
    try await terminal.type(fields)
    try await terminal.press("Enter")
    try await terminal.until("a quote") { $0.contains("At least") }
  }

  @Test func aProgramThatIsNotThereIsTold() async throws {
    let (person, servers, terminal) = try await opened(
      "tercet --alert-command 'no-such-notifier {text}'")
    let swap = try await person.run("swap ETH USDT 0.1 --slippage-bps 50 --yes --wait")
    #expect(swap.code == 0, "\(swap)")
    try await terminal.until("the notice") {
      $0.contains("no-such-notifier, the program of alert-command, cannot be started")
    }
    #expect(try servers.executed.count == 1)
  }

  @Test func fromTheTicketToTheExport() async throws {
    let (person, servers, terminal) = try await opened(
      "tercet --alert-command \"touch $HOME/told-{event}\"", "everyday")
    try await review(terminal)
    // The price walks: the quote is renewed before it ends, and the difference is shown.
    try await terminal.until("the difference") {
      $0.contains("before:") && $0.contains("%)") && $0.contains("Shift-C agrees to")
    }
    #expect(try servers.requests("swap") == 0)
    var screen = try await terminal.screen
    for _ in 0..<20 where screen.contains("At least") {
      try await terminal.until("a key to press") {
        $0.contains("nothing is sent until") || $0.contains("once more sends it")
          || !$0.contains("At least")
      }
      try await terminal.press("C")
      screen = try await terminal.until("an effect") {
        $0.contains("A moment") || $0.contains("nothing is sent until") || !$0.contains("At least")
      }
    }
    try await terminal.until("the fill") { $0.contains("✓ Filled: 0.1 ETH → USDT") }
    #expect(try servers.executed.count == 1)
    let written = String(decoding: await terminal.written, as: UTF8.self)
    #expect(written.ranges(of: "\u{1b}]777;notify;tercet;Filled: 0.1 ETH").count == 1)
    #expect(written.contains("\u{7}"))
    let told = person.home.file("told-order-filled")
    try await terminal.until("the program that is told") { _ in
      FileManager.default.fileExists(atPath: told)
    }

    try await terminal.press("Enter", "3", "Tab")
    try await terminal.until("the history") { $0.contains("FILLED") && $0.contains("copy hash") }
    try await terminal.press("y")
    try await terminal.until("The transaction's hash is copied")
    let copied = String(decoding: await terminal.written, as: UTF8.self)
    #expect(copied.contains("\u{1b}]52;c;"))
    try await terminal.press("e")
    try await terminal.until("EXPORT ORDERS")
    try await terminal.press("Enter")
    try await terminal.until("Orders exported to")
    let csv = try contents(person.home.file("orders.csv"))
    #expect(csv.contains(",FILLED,ETH,USDT,0.1,"))
  }

  @Test func aHaltBlocksTheTicketAndOutlivesTheProgram() async throws {
    let (person, servers, terminal) = try await opened()
    try await review(terminal)
    try await terminal.until("nothing is sent until you press Shift-C")
    #expect(try await person.run("halt").code == 0)
    try await terminal.until("the reason") {
      $0.contains("HALTED") && $0.contains("Trading is halted")
    }
    try await terminal.press("C")
    try await leave(terminal)
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    try await terminal.run("clear; tercet")
    try await terminal.until("the word") { $0.contains("HALTED") && $0.contains("CHATS") }
    try await terminal.press("t")
    try await terminal.until("Trading is halted: Alt-H, or H on the desk")
    try await terminal.press("Escape")
    try await terminal.until("the end of the ticket") { !$0.contains("─ SWAP") }
    #expect(try servers.requests("swap") == 0)
    try await terminal.press("M-h")
    try await terminal.until("RESUME TRADING")
    try await terminal.press("Down", "Enter")
    try await terminal.until("trade again") { $0.contains("LIVE") && !$0.contains("HALTED") }
    try await review(terminal)
    try await terminal.until("nothing is sent until you press Shift-C")
    try await terminal.press("C")
    try await terminal.until("the fill") { $0.contains("✓ Filled: 0.1 ETH → USDT") }
    #expect(try servers.requests("swap") == 1)
  }

  @Test func aDryRunSendsNoSwap() async throws {
    let (_, servers, terminal) = try await opened("tercet --dry-run")
    try await terminal.until("DRY RUN")
    try await review(terminal)
    try await terminal.until("This is a dry run: no swap is sent")
    try await terminal.press("C")
    try await leave(terminal)
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try servers.requests("swap") == 0)
  }

  @Test func paperHasBooksOfItsOwn() async throws {
    let (person, servers, terminal) = try await opened("tercet --paper")
    try await terminal.until("its money") { $0.contains("PAPER") && $0.contains("10 000") }
    try await review(terminal, "usdt\t1000\teth")
    try await terminal.until("nothing is sent until you press Shift-C")
    try await terminal.press("C")
    try await terminal.until("the fill") { $0.contains("✓ Filled: 1 000 USDT → ETH") }
    #expect(try await person.run("orders --paper").output.count == 1)
    #expect(try await person.run("orders").code == 4)
    try await terminal.press("Enter", "q")
    #expect(try await terminal.exitCode() == 0)
    #expect(try await person.run("orders").output == [])
    #expect(try servers.requests("swap") == 0)
  }
}
