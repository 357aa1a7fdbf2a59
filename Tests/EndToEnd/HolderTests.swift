import TestSupport
import Testing

/// Commands beside an open console.
struct HolderTests {
  @Test func aCommandAnswersThroughTheOpenConsole() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("both online") { $0.onlineLamps == 2 }
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
}
