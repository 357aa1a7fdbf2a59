import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Servers that go away, come back, or were never there.
struct OutageTests {
  /// Servers on ports that they can have again.
  private func servers() async throws -> (Servers, port: String) {
    // Below the ports that the system gives out; who else takes one makes us try another.
    for _ in 0..<20 {
      let port = String(Int.random(in: 10_000...30_000))
      if let servers = try? await Servers("everyday", options: ["--port", port]) {
        return (servers, port)
      }
    }
    throw Terminal.Missing(description: "two free ports beside each other")
  }

  @Test func comesBackByItself() async throws {
    let (first, port) = try await servers()
    let person = try Person(first)
    try await person.signIn(to: first)
    let terminal = try await person.console()
    let before = try await terminal.until("both online") {
      $0.onlineConnections == 2 && $0.usdt != nil
    }
    try await terminal.until("a balance that moves") { $0.usdt != before.usdt }

    first.program.kill(SIGTERM)
    _ = try await first.program.end()
    let outage = try await terminal.until("when it tries again") {
      $0.onlineConnections == 0 && $0.lines[0].contains("retry in") && $0.contains("offline, from ")
    }
    // What was known stays.
    #expect(outage.usdt != nil && outage.contains("Дача 2026"))

    let second = try await Servers("everyday", options: ["--port", port])
    let after = try await terminal.until("both online again") {
      $0.onlineConnections == 2 && !$0.contains("offline, from ")
    }
    try await terminal.until("a balance that moves again") { $0.usdt != after.usdt }
    #expect(try second.requests("swap") == 0)
  }

  @Test func showsWhatIsKeptWithoutAnyNetwork() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let first = try await person.console()
    try await first.until("chats") { $0.onlineConnections == 2 && $0.usdt != nil }
    try await first.press("Enter")
    try await first.until("Возьми хлеба")
    try await first.press("C-c")
    #expect(try await first.exitCode() == 0)
    servers.program.kill(SIGTERM)
    _ = try await servers.program.end()

    let terminal = try await person.terminal()
    try await terminal.run("tercet")
    // The first picture already has everything but a connection.
    let picture = try await terminal.until("a picture") { $0.isComplete }
    #expect(picture.contains("Павел") && picture.contains("Дача 2026") && picture.usdt != nil)
    #expect(!picture.contains("Welcome to Tercet."))
    try await terminal.until("words about the outage") {
      $0.onlineConnections == 0 && $0.lines[0].contains("retry in") && $0.contains("offline, from ")
    }
    try await terminal.press("Enter")
    try await terminal.until("Возьми хлеба")
    try await terminal.press("F1")
    try await terminal.until("HELP")
    try await terminal.press("Escape")
    try await terminal.until("the end of help") { !$0.contains("HELP") }
    try await terminal.press("Escape")
    try await terminal.until("Enter open")
    try await terminal.press("t")
    try await terminal.until("Pay")
    try await terminal.type("\t0.1")
    try await terminal.press("Enter")
    try await terminal.until("TheOne cannot be reached")
    try await terminal.press("Escape")
    try await terminal.until("the end of the ticket") { !$0.contains("Slippage") }
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
  }
}

extension Screen {
  /// Services that the first line shows as connected.
  var onlineConnections: Int { lines[0].count { $0 == "●" } }
}
