import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// The secrets in the program's memory.
@Suite(.timeLimit(.minutes(3))) struct MemoryTests {
  @Test func isWrittenIntoNoFile() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToTrading()
    let watch = try person.start(["balances", "--watch", "--json"])
    _ = try await watch.line()
    let process = "/proc/\(watch.processID)"
    let limits = try String(contentsOfFile: "\(process)/limits", encoding: .utf8)
    let core = try #require(limits.split(separator: "\n").first { $0.contains("core file size") })
    let numbers = core.split(separator: " ").dropFirst(4).prefix(2)
    #expect(Array(numbers) == ["0", "0"], "\(core)")
    // Whoever must not look into it does not even own its entry; root sees no difference.
    var status = stat()
    #expect(stat(process, &status) == 0 && status.st_uid == 0)
  }
}
