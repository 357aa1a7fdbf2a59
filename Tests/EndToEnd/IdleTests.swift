import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// A console with nothing to do does nothing.
struct IdleTests {
  @Test func writesNothingAndTakesNoProcessorTime() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signIn(to: servers)
    let terminal = try await person.console()
    try await terminal.until("balances") { $0.onlineConnections == 2 && $0.usdt != nil }
    let process = try await terminal.runningProcess()
    // Round trips and what follows a login may still change the picture, at most for half a minute.
    var quiet = 10
    while quiet > 0, try await terminal.bytesWritten(in: .seconds(3)) > 0 { quiet -= 1 }

    var (bytes, ticks) = (0, 0)
    repeat {
      let minute = time(nil) / 60
      let before = try processorTicks(process)
      bytes = try await terminal.bytesWritten(in: .seconds(5))
      ticks = try processorTicks(process) - before
      // The clock on the screen may show another minute: then once more.
      if time(nil) / 60 == minute { break }
    } while true
    #expect(bytes == 0)
    #expect(ticks <= 5, "hundredths of a second of processor time in five seconds")
  }

  private func processorTicks(_ process: pid_t) throws -> Int {
    // The name, in parentheses, may hold spaces.
    let fields = try contents("/proc/\(process)/stat").split(separator: ")").last ?? ""
    let words = fields.split(separator: " ")
    return (Int(words[11]) ?? 0) + (Int(words[12]) ?? 0)
  }
}
