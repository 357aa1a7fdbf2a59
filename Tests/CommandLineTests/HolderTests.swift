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
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.map(\.state) == ["online", "online", "signed-out"])
    #expect(try await person.lines("chats", as: ChatOutput.self).count > 20)
    let swap = try await person.lines(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --wait", as: SwapOutput.self)
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
      "messages \(MaxChatTests.pavel) --limit 5", as: MessageOutput.self)
    #expect(page.count == 5)
    _ = try await person.run("send \(MaxChatTests.pavel) news --wait")
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
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status[0].state == "signed-out")
  }

  @Test(arguments: [SIGKILL, SIGTERM, SIGINT])
  func aHolderThatIsGoneLeavesNothingInTheWay(signal: Int32) async throws {
    let (person, servers, watch) = try await watching()
    watch.kill(signal)
    #expect(try await watch.end().code == -signal)
    let logins = try servers.requests("19")
    let status = try await person.lines("status", as: StatusOutput.self)
    #expect(status.map(\.state) == ["online", "online", "signed-out"])
    #expect(try servers.requests("19") == logins + 1)
    // The next holder's socket replaces what the last one left.
    let second = try person.start(["messages", "--watch"])
    try await servers.requests("19", reach: logins + 2)
    #expect(try await person.lines("status", as: StatusOutput.self)[0].state == "online")
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

  /// Five watchers that use its accounts; one of them takes the profile over.
  @Test(arguments: [SIGKILL, SIGTERM])
  func watchersGoOnWithoutTheirHolder(signal: Int32) async throws {
    let (person, _, holder) = try await watching()
    func start(_ line: String) throws -> Program {
      try person.start((line + " --watch --json").split(separator: " ").map(String.init))
    }
    _ = try await person.run("swap ETH USDT 0.1 --slippage-bps 50 --yes --wait")
    let messages = try start("messages")
    let chat = try start("messages max:0 --limit 1")
    let balances = try start("balances")
    let orders = try start("orders --open")
    let calls = try start("calls")
    try await balances.wait { $0.output.count == 3 }
    func tell(_ text: String) async throws {
      _ = try await person.run("send max:0 \(text) --wait")
      for watch in [messages, chat] {
        try await watch.wait { report in
          report.code != nil
            || report.output.contains { $0.contains(text) && $0.contains(#""sent""#) }
        }
      }
    }
    try await tell("first")
    // What is told of an order and its end: by then it is watched.
    func swap() async throws -> String {
      try await person.lines(
        "swap ETH USDT 0.1 --slippage-bps 50 --yes --wait", as: SwapOutput.self)[0].clientOrderId
    }
    let one = try await swap()
    try await orders.wait { report in
      report.output.contains { $0.contains(one) && $0.contains("FILLED") }
    }
    holder.kill(signal)
    _ = try await holder.end()
    try await tell("second")
    let two = try await swap()
    try await orders.wait { report in
      report.output.contains { $0.contains(two) && $0.contains("FILLED") }
    }
    for watch in [messages, chat, balances, orders, calls] {
      let report = watch.report
      #expect(report.code == nil && report.errors == [], "\(report)")
      #expect(Set(report.output).count == report.output.count, "\(report.output)")
    }
    let sent = messages.report.output.filter { $0.contains(#""sent""#) }
    #expect(sent.count == 2 && sent[0].contains("first") && sent[1].contains("second"), "\(sent)")
    let amounts = balances.report.output.map {
      // When it was told makes no difference.
      $0.replacing(/"at":[0-9]+/, with: "")
    }
    for asset in ["ETH", "USDT", "BTC"] {
      let told = amounts.filter { $0.contains("\"\(asset)\"") }
      #expect(zip(told, told.dropFirst()).allSatisfy { $0 != $1 }, "\(told)")
    }
    #expect(
      !orders.report.output.contains {
        $0.contains("FILLED") && !$0.contains(one) && !$0.contains(two)
      })
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

    let order = try await person.lines("order \(executed[0]) --watch", as: OrderOutput.self)
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
