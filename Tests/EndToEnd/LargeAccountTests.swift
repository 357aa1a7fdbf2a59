import Glibc
import TestSupport
import Testing
import Transport

/// An account with 3,000 chats.
struct LargeAccountTests {
  @Test func showsAllChatsAtOnceAndAnswersKeys() async throws {
    let network = Network()
    let snapshot = LoudMax.snapshot(chats: 3000)
    let server = try LoudMax(network: network) { $0 == 19 ? snapshot : nil }
    let person = try Person(max: server.url)
    let device = "550e8400-e29b-41d4-a716-446655440000"
    // Before the command has kept anything, the console is there to be sent all of it.
    let terminal = try await person.terminal()
    try await terminal.run("tercet")
    try await terminal.until("the wizard") { $0.contains("MAX") }
    try await terminal.press("Escape")
    let process = try await terminal.runningProcess()
    let before = try processorTicks(process)
    let login = try await person.run("login max --token", input: ["token", device])
    try #require(login.code == 0, "\(login)")
    try await terminal.until("the chats") { $0.contains("Гость 60002999") }
    try await terminal.press("End")
    try await terminal.until("the last one") { $0.contains("Гость 60000000") }
    let ticks = try processorTicks(process) - before
    #expect(ticks < 500, "hundredths of a second of processor time, however busy the machine is")
    try await terminal.press("q")
    #expect(try await terminal.exitCode() == 0)
    await server.stop()
  }

  private func processorTicks(_ process: pid_t) throws -> Int {
    // The name, in parentheses, may hold spaces.
    let fields = try contents("/proc/\(process)/stat").split(separator: ")").last ?? ""
    let words = fields.split(separator: " ")
    return (Int(words[11]) ?? 0) + (Int(words[12]) ?? 0)
  }
}
