import TestSupport
import Testing

/// Commands beside an open console.
struct HolderTests {
  @Test func aCommandAnswersThroughTheOpenConsole() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("both online") { $0.onlineConnections == 2 }
    let logins = try servers.requests("19")

    let status = try await person.run("status --json --data-dir \(person.data)")
    #expect(status.code == 0 && status.output.count == 3, "\(status)")
    let online = status.output.count { $0.contains(#""state":"online""#) }
    #expect(online == 2, "\(status)")
    #expect(try servers.requests("19") == logins)

    // What a command does, the console shows.
    let swap = try await person.run("swap ETH USDT 0.1 --slippage-bps 50 --yes --wait")
    #expect(swap.code == 0, "\(swap)")
    try await terminal.until("the order") { $0.line(with: "ETH→USDT")?.contains("FILLED") ?? false }
    let halt = try await person.run("halt")
    #expect(halt.code == 0, "\(halt)")
    try await terminal.until("HALTED")

    // A second console would be a second holder.
    let second = try await person.terminal(columns: 80, rows: 24)
    try await second.run("tercet")
    #expect(try await second.exitCode() == 1)
    #expect(try await second.screen.contains("Another tercet has this profile open"))
  }

  @Test func watchersGoOnWhenTheConsoleIsClosed() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("both online") { $0.onlineConnections == 2 }
    let balances = try person.start("balances --watch --json")
    let messages = try person.start("messages --watch --json")
    try await balances.wait { $0.output.count == 3 }
    for text in ["first", "second"] {
      let sent = try await person.run("send max:0 \(text) --wait")
      #expect(sent.code == 0, "\(sent)")
      try await messages.wait { report in
        report.output.contains { $0.contains(text) && $0.contains(#""sent""#) }
      }
      guard text == "first" else { continue }
      try await terminal.press("q")
      #expect(try await terminal.exitCode() == 0)
    }
    let told = messages.report.output.filter { $0.contains(#""sent""#) }
    #expect(told.count == 2, "\(told)")
    for watch in [balances, messages] {
      #expect(watch.report.code == nil && watch.report.errors == [], "\(watch.report)")
    }
    #expect(balances.report.output.count == 3, "\(balances.report)")
  }
}
