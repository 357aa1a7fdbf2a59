import Accounts
import FoundationEssentials
import Glibc
import TestSupport
import Testing

/// Commands beside a process that holds the profile's accounts.
struct HolderTests {
  /// A person signed in to both services, with `messages --watch` running.
  private func watching() async throws -> (Person, Servers, Program) {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    try await person.signInToTrading()
    let logins = try servers.requests("19")
    let watch = try person.start(["messages", "--watch", "--json"])
    try await servers.requests("19", reach: logins + 1)
    return (person, servers, watch)
  }

  @Test func commandsUseTheHoldersConnections() async throws {
    let (person, servers, watch) = try await watching()
    let logins = try servers.requests("19")
    let status = try await person.lines("status", as: StatusLine.self)
    #expect(status.map(\.state) == ["online", "online", "signed-out"])
    #expect(try await person.lines("chats", as: ChatLine.self).count > 20)
    let swap = try await person.lines(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --wait", as: SwapLine.self)
    #expect(swap.map(\.status) == ["FILLED"])
    #expect(try servers.requests("19") == logins)
    // One session: its lanes authenticated once each, for all commands together.
    let authentications = try servers.requests("auth")
    _ = try await person.run("balances")
    #expect(try servers.requests("auth") == authentications)

    let (code, error, output) = try await person.failure("messages max:1")
    #expect(code == 1 && error.code == "no-chat" && output == [])
    #expect(watch.report.code == nil && watch.report.errors == [])
  }

  @Test func aWatcherHearsWhatAnotherCommandDoes_andNothingOfThePastThatItReads() async throws {
    let (person, _, watch) = try await watching()
    let page = try await person.lines(
      "messages \(MessengerTests.pavel) --limit 5", as: MessageLine.self)
    #expect(page.count == 5)
    _ = try await person.run("send \(MessengerTests.pavel) news --wait")
    let report = try await watch.wait { report in
      report.output.contains { $0.contains("news") && $0.contains(#""sent""#) }
    }
    for text in page.map(\.text) where !text.isEmpty {
      #expect(!report.output.contains { $0.contains(text) }, "\(text)")
    }
  }

  @Test func signsOutThroughTheHolder() async throws {
    let (person, _, _) = try await watching()
    #expect(try await person.run("logout max").code == 0)
    let status = try await person.lines("status", as: StatusLine.self)
    #expect(status[0].state == "signed-out")
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
  func aHolderThatIsGoneLeavesNothingInTheWay(signal: Int32) async throws {
    let (person, servers, watch) = try await watching()
    watch.kill(signal)
    #expect(try await watch.end().code == -signal)
    let logins = try servers.requests("19")
    let status = try await person.lines("status", as: StatusLine.self)
    #expect(status.map(\.state) == ["online", "online", "signed-out"])
    #expect(try servers.requests("19") == logins + 1)
    // The next holder's socket replaces what the last one left.
    let second = try person.start(["messages", "--watch"])
    try await servers.requests("19", reach: logins + 2)
    #expect(try await person.lines("status", as: StatusLine.self)[0].state == "online")
    #expect(try servers.requests("19") == logins + 2 && second.report.code == nil)
  }

  @Test func aLongDataDirectoryKeepsNobodyOut() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    let below = String(repeating: "d", count: 190 - person.home.path.utf8.count)
    let directory = person.home.file(below)
    try await person.signInToTrading(["--data-dir", directory])
    let watch = try person.start(["balances", "--watch", "--data-dir", directory])
    _ = try await watch.line()
    let report = try await person.run("balances --data-dir \(directory) --timeout 5")
    #expect(report.code == 0 && report.errors == [] && !report.output.isEmpty, "\(report)")
    #expect(watch.report.code == nil)
  }

  @Test func saysThatTheHolderWentAway() async throws {
    let (person, _, watch) = try await watching()
    let beside = try person.start(["calls", "--watch", "--json"])
    let socket = "\(person.data)/control.sock"
    #expect(FileManager.default.fileExists(atPath: socket))
    // It is connected once the holder answers a command started after it.
    _ = try await person.run("status")
    _ = try await person.run("status")
    watch.kill()
    let report = try await beside.end()
    #expect(report.code == 6 && report.errors.count == 1, "\(report)")
  }

  @Test func aSwapWhoseHolderDiesIsOfUnknownOutcome() async throws {
    let servers = try await Servers(faults: "late-swap-reply=60000")
    let person = try Person(servers)
    try await person.signInToTrading()
    let watch = try person.start(["balances", "--watch"])
    _ = try await watch.line()
    let swap = try person.start([
      "swap", "ETH", "USDT", "0.1", "--slippage-bps", "50", "--yes", "--json",
    ])
    try await servers.requests("swap", reach: 1)
    watch.kill()
    let report = try await swap.end()
    #expect(report.code == 5 && report.output.count == 1 && report.errors.count == 1)
    let executed = try servers.executed
    try #require(executed.count == 1)
    #expect(report.output.first?.contains(executed[0]) == true)
    #expect(report.output.first?.contains("UNKNOWN") == true)

    let order = try await person.lines("order \(executed[0]) --watch", as: OrderLine.self)
    #expect(order.last?.status == "FILLED")
    #expect(try servers.requests("swap") == 1)
  }

  @Test func twoAtOnceShareOneProfile() async throws {
    let servers = try await Servers()
    let person = try Person(servers)
    try await person.signInToMax()
    async let one = person.run("chats")
    async let two = person.run("chats")
    async let three = person.run("status")
    for report in try await [one, two, three] {
      #expect(report.code == 0 && report.errors == [], "\(report)")
    }
  }
}
