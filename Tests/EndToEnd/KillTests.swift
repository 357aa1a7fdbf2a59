import Glibc
import TestSupport
import Testing

/// `kill -9` at bad moments; the next start finds everything in order.
struct KillTests {
  /// Ends the console without warning, and opens it again in another terminal.
  private func kill(_ terminal: Terminal, of person: Person) async throws -> Terminal {
    Glibc.kill(try await terminal.runningProcess(), SIGKILL)
    #expect(try await terminal.exitCode() == 128 + Int(SIGKILL))
    return try await person.console()
  }

  private func verifyJournal(_ person: Person) async throws {
    let report = try await person.run("orders verify")
    #expect(report.code == 0, "\(report)")
  }

  @Test func duringTheWizard() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let terminal = try await person.terminal()
    try await terminal.run("tercet")
    try await terminal.until("Welcome to Tercet.")
    try await terminal.press("Enter")
    try await terminal.until("MAX: your phone number")
    try await terminal.type(Person.phone)
    try await terminal.press("Enter")
    try await terminal.until("MAX: the code")
    try await terminal.type(try await servers.code(for: Person.phone))
    try await terminal.until("TheOne: your API key")

    let again = try await kill(terminal, of: person)
    // Signed in to one service, and the wizard leads to the other whenever it is wanted.
    let screen = try await again.until("a lamp") { $0.onlineConnections == 1 }
    #expect(screen.lines[0].contains("TheOne ○ not set up"))
    try await verifyJournal(person)
  }

  /// - Parameter progress: how far the swap had come when the console was killed.
  @Test(arguments: ["", "request", "order"])
  func afterACommit(progress: String) async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("both online") { $0.onlineConnections == 2 && $0.usdt != nil }
    try await terminal.press("t")
    try await terminal.until("Pay")
    try await terminal.type("eth\t0.1\tusdt")
    try await terminal.press("Enter")
    try await terminal.until("nothing is sent until you press Shift-C")
    try await terminal.press("C")
    if !progress.isEmpty {
      try await servers.event { event in
        event.event == progress && (event.name ?? "swap") == "swap"
      }
    }

    let again = try await kill(terminal, of: person)
    try await again.until("both online") { $0.onlineConnections == 2 }
    // Killed early enough, nothing had happened; otherwise the order has come to its end, once.
    if try servers.requests("swap") > 0 {
      try await again.until("the order's end") {
        $0.line(with: "ETH→USDT")?.contains("FILLED") ?? false
      }
    }
    #expect(try servers.requests("swap") <= 1)
    #expect(try servers.executed.count == servers.requests("swap"))
    #expect(try await !again.screen.contains("PROCESSING"))
    try await verifyJournal(person)
  }

  @Test func whileReading() async throws {
    let servers = try await Servers("busy")
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.press("Enter")
    try await terminal.until("a chat has the keys") { $0.contains("back") }
    try await terminal.press("PPage", "PPage")

    let again = try await kill(terminal, of: person)
    try await again.until("both online") { $0.onlineConnections == 2 }
    try await again.press("q")
    #expect(try await again.exitCode() == 0)
    try await verifyJournal(person)
  }
}
