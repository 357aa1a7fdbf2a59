import Accounts
import FoundationEssentials
import Glibc
import TestSupport
import Testing
import Transport

/// Balances, quotes, swaps and orders as a script uses them.
struct TradingTests {
  private func trader(
    _ scenario: String = "quiet", faults: String? = nil
  ) async throws -> (Person, Servers) {
    let servers = try await Servers(scenario, faults: faults)
    let person = try Person(servers)
    try await person.signInToTrading()
    return (person, servers)
  }

  @Test func listsBalances() async throws {
    let (person, _) = try await trader()
    let balances = try await person.lines("balances", as: BalanceOutput.self)
    let ether = try #require(balances.first { $0.asset == "ETH" })
    #expect(ether.total == "2.6" && ether.locked == "0.4" && ether.available == "2.2")
    let words = try await person.run("balances")
    #expect(words.output.contains("ETH  2.6  locked 0.4  available 2.2"))
  }

  @Test func tellsOfABalanceThatChanges() async throws {
    let (person, _) = try await trader()
    let watch = try person.start(["balances", "--watch", "--json"])
    try await watch.wait { $0.output.count == 3 }
    _ = try await person.run("swap ETH USDT 0.1 --slippage-bps 50 --yes")
    let report = try await watch.wait { report in
      report.output.dropFirst(3).contains { $0.contains(#""ETH""#) && $0.contains(#""0.5""#) }
    }
    #expect(report.errors == [])
  }

  @Test func watchingTellsOfRowsThatCannotBeRead() async throws {
    let trading = try LoudTrading(network: Network())
    let person = try Person(nil, environment: ["TERCET_TRADING_URL": trading.url])
    // The server is in this process, beside many other tests.
    let login = try await person.run("login trading --key key --timeout 90", input: ["secret"])
    try #require(login.code == 0, "\(login)")
    func push(_ rows: String) async { await trading.push(#"{"ch":"balances","data":[\#(rows)]}"#) }
    for words in [["balances", "--watch", "--json"], ["balances", "--watch"]] {
      let isJSON = words.count == 3
      let watch = try person.start(words)
      try await watch.wait { $0.output.count == 1 }
      await push(#"{"asset":"ETH","total":"NaN"},{"asset":"XYZ","total":null}"#)
      await push(#"{"asset":"ETH","total":"NaN"},{"asset":"XYZ","total":null}"#)
      try await watch.wait { $0.errors.count == 2 && $0.output.count == 2 }
      await push(#"{"asset":"ETH","total":"3"},{"asset":"XYZ","total":"7"}"#)
      let told = try await watch.wait { $0.output.count == 4 }
      #expect(told.errors.count == 2, "\(told)")
      for (line, asset) in zip(told.errors.sorted(), ["ETH", "XYZ"]) {
        #expect(line.contains("What the server says of \(asset) cannot be read"), "\(told)")
        #expect(line.hasPrefix(isJSON ? #"{"error":{"code":"malformed""# : "tercet: "), "\(line)")
      }
      #expect(told.output[1].contains(isJSON ? #""unreadable":true"# : "older"), "\(told)")
      await push(#"{"asset":"XYZ","total":"-"}"#)
      try await watch.wait { $0.errors.count == 3 && $0.output.count == 5 }
      watch.kill(SIGINT)
      _ = try await watch.end()
    }
    await trading.stop()
  }

  @Test func estimates() async throws {
    let (person, servers) = try await trader()
    let quotes = try await person.lines("estimate eth usdt 1.5", as: QuoteOutput.self)
    #expect(quotes.count == 1)
    #expect(quotes[0].from == "ETH" && quotes[0].amount == "1.5")
    #expect(quotes[0].expectedOut == "3245.67" && quotes[0].price == "2163.78")
    #expect(quotes[0].route.map(\.amountOut) == ["3245.67"])
    let words = try await person.run("estimate ETH USDT 1.5")
    #expect(
      words.output == [
        "pay 1.5 ETH, receive about 3 245.67 USDT at 2 163.78, fee 0.003 (asset not named)"
      ])
    #expect(try servers.requests("swap") == 0)
  }

  @Test(arguments: ["1,5", "0", "-1", "1e3", "1.5abc", "0x10", " ", "1_000", "٣", "01"])
  func refusesWhatIsNoAmount(amount: String) async throws {
    let (person, servers) = try await trader()
    for command in ["estimate", "swap"] {
      var words =
        [command, "--json"] + (command == "swap" ? ["--slippage-bps", "50", "--yes"] : [])
      words += ["--", "ETH", "USDT", amount]
      let report = try await person.run(words)
      #expect(report.code == 2 && report.output == [], "\(report)")
      #expect(try Failure(line: try #require(report.errors.first)).code == "invalid-amount")
    }
    #expect(try servers.requests("swap") == 0)
  }

  @Test func saysHowToWriteAnAmount() async throws {
    let (person, _) = try await trader()
    let report = try await person.run("estimate ETH USDT 1,5")
    #expect(
      report.errors == [
        "tercet: `1,5` is not an amount. Leave the comma out, or use a point: 1500 and 1.5 are clear, 1,500 is not."
      ])
  }

  @Test func passesOnTheServersRefusal() async throws {
    let (person, servers) = try await trader()
    let (code, error, output) = try await person.failure("estimate ETH XXX 1")
    #expect(code == 4 && error.code == "refused" && output == [])
    #expect(error.message.contains("unsupported asset XXX"))
    let swap = try await person.failure("swap ETH USDT 1000000 --slippage-bps 50 --yes")
    #expect(swap.code == 4)
    #expect(swap.error.code == "over-balance" && swap.output == [])
    #expect(try servers.executed == [])
  }

  @Test func saysWhenARecordingCannotBeWritten() async throws {
    let (person, _) = try await trader()
    let report = try await person.run("balances --record /dev/full")
    #expect(report.code == 0)
    #expect(report.errors.count { $0.contains("/dev/full cannot be written") } == 1)
  }

  @Test func playsWhatIsWholeOfARecording() async throws {
    let (person, _) = try await trader()
    let path = person.home.file("cut.jsonl")
    #expect(try await person.run("balances --record \(path)").code == 0)
    let whole = try #require(FileManager.default.contents(atPath: path))
    #expect(FileManager.default.createFile(atPath: path, contents: whole.dropLast(20)))
    let played = try await person.run("replay \(path)")
    #expect(played.code == 0, "\(played)")
    #expect(played.errors.count { $0.contains("is left out") } == 1)
    #expect(FileManager.default.createFile(atPath: path, contents: Data()))
    let empty = try await person.run("replay \(path)")
    #expect(empty.code == 2 && empty.errors.contains { $0.contains("is empty") }, "\(empty)")
  }

  @Test func swapsAndWaitsForTheEnd() async throws {
    let (person, servers) = try await trader()
    let lines = try await person.lines(
      "swap ETH USDT 0.1 --slippage-bps 50 --client-order-id mine-1 --yes --wait",
      as: SwapOutput.self)
    #expect(lines.count == 1 && lines[0].clientOrderId == "mine-1")
    #expect(lines[0].status == "FILLED" && lines[0].filledOut == "216.378")
    #expect(lines[0].txHash?.hasPrefix("0x") == true)
    #expect(try servers.executed == ["mine-1"])

    // The same name again is no second swap.
    let again = try await person.failure(
      "swap ETH USDT 0.1 --slippage-bps 50 --client-order-id mine-1 --yes")
    #expect(again.code == 4)
    #expect(try servers.requests("swap") == 1)
    let order = try await person.lines("order mine-1", as: OrderOutput.self)
    #expect(order.map(\.status) == ["FILLED"])
    let id = try #require(order[0].orderId)
    #expect(
      try await person.lines("order \(id)", as: OrderOutput.self).map(\.clientOrderId) == ["mine-1"]
    )
    #expect(try await person.lines("orders", as: OrderOutput.self) == order)
    #expect(try await person.lines("orders --open", as: OrderOutput.self) == [])
    let journal = try await person.lines("orders verify", as: JournalOutput.self)
    #expect(journal.count == 1 && journal[0].whole && journal[0].rows > 1)
  }

  @Test func saysThatAnOrderFailed() async throws {
    let (person, _) = try await trader(faults: "fail-order")
    let (code, error, output) = try await person.failure(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --wait")
    #expect(code == 1 && error.code == "failed" && output.count == 1)
    #expect(output.first?.contains(#""status":"FAILED""#) == true)
  }

  @Test func readsTheAnswerToItsQuestion() async throws {
    let (person, servers) = try await trader()
    let command = "swap ETH USDT 0.1 --slippage-bps 50"
    for input in [["n"], [], ["yesss"]] {
      let report = try await person.run(command, input: input)
      #expect(report.code == 4 && report.output == [])
      #expect(report.errors.first?.contains("pay 0.1 ETH, receive about 216.378 USDT") == true)
      #expect(report.errors.last == "tercet: Nothing was sent. Answer y, or give --yes.")
    }
    #expect(try servers.requests("swap") == 0)
    #expect(try await person.run(command, input: ["y"]).code == 0)
    #expect(try servers.executed.count == 1)
  }

  @Test func aDryRunSendsNothing() async throws {
    let (person, servers) = try await trader()
    let quotes = try await person.lines(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --dry-run", as: QuoteOutput.self)
    #expect(quotes.map(\.expectedOut) == ["216.378"])
    #expect(try servers.requests("swap") == 0 && servers.executed == [])
    #expect(try await person.lines("orders", as: OrderOutput.self) == [])
  }

  @Test func anUnknownOutcomeIsWaitedForUntilItIsFoundOut() async throws {
    let (person, servers) = try await trader(faults: "drop-after-swap@1")
    let lines = try await person.lines(
      "swap ETH USDT 0.1 --slippage-bps 50 --client-order-id found-1 --yes --wait",
      as: SwapOutput.self)
    #expect(lines.map(\.status) == ["FILLED"] && lines[0].filledOut == "216.378")
    #expect(lines[0].orderId != nil && lines[0].clientOrderId == "found-1")
    #expect(try servers.executed == ["found-1"] && servers.requests("swap") == 1)
  }

  @Test func anUnknownOutcomeThatEndsBadlyIsAFailure() async throws {
    let (person, servers) = try await trader(faults: "drop-after-swap@1,fail-order@1")
    let (code, error, output) = try await person.failure(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes --wait")
    #expect(code == 1 && error.code == "failed")
    #expect(output.count == 1 && output[0].contains(#""FAILED""#))
    #expect(try servers.requests("swap") == 1)
  }

  @Test(arguments: [
    ("no-swap-reply", " --wait --timeout 6"), ("drop-after-swap", " --timeout 6"),
    ("drop-after-swap@1,no-order", " --wait --timeout 6"),
  ])
  func anUnknownOutcomeIsNeverTriedAgain(fault: String, waiting: String) async throws {
    let isDenied = fault.contains("no-order")
    let (person, servers) = try await trader(faults: isDenied ? fault : "\(fault)@1")
    let (code, error, output) = try await person.failure(
      "swap ETH USDT 0.1 --slippage-bps 50 --client-order-id lost-1 --yes" + waiting)
    #expect(code == 5 && error.code == "outcome-unknown")
    #expect(error.message.contains("lost-1") || error.hint.contains("lost-1"))
    try #require(output.count == 1)
    let line = try JSONDecoder().decode(SwapOutput.self, from: Data(output[0].utf8))
    #expect(line.clientOrderId == "lost-1" && line.status == "UNKNOWN")
    #expect(try servers.executed == ["lost-1"] && servers.requests("swap") == 1)
    if isDenied { return }

    try await servers.event { $0.event == "order" && $0.status == "FILLED" }
    let order = try await person.lines("order lost-1", as: OrderOutput.self)
    #expect(order.map(\.status) == ["FILLED"] && order[0].filledOut == "216.378")
    #expect(try servers.requests("swap") == 1)
    #expect(try await person.lines("orders verify", as: JournalOutput.self)[0].whole)
  }

  @Test func aDropBeforeTheSwapIsAsUnknown() async throws {
    let (person, servers) = try await trader(faults: "drop-before-swap@1")
    let (code, _, output) = try await person.failure(
      "swap ETH USDT 0.1 --slippage-bps 50 --yes")
    #expect(code == 5 && output.count == 1 && output[0].contains(#""UNKNOWN""#))
    #expect(try servers.executed == [])
  }

  @Test func aHaltStopsEverySwapUntilItIsLifted() async throws {
    let (person, servers) = try await trader()
    let swap = "swap ETH USDT 0.1 --slippage-bps 50 --yes"
    #expect(try await person.run("halt --json").output == [#"{"halted":true}"#])
    let (code, error, output) = try await person.failure(swap)
    #expect(code == 4 && error.code == "halted" && output == [])
    #expect(try servers.requests("swap") == 0)
    #expect(try await person.lines("balances", as: BalanceOutput.self).count == 3)
    #expect(try await person.run("resume --json").output == [#"{"halted":false}"#])
    #expect(try await person.run(swap).code == 0)
  }

  @Test func knowsNoOrderOfThatName() async throws {
    let (person, _) = try await trader()
    let (code, error, output) = try await person.failure("order nobody")
    #expect(code == 1 && error.code == "no-order" && output == [])
  }

  @Test(arguments: [
    "swap ETH USDT 1 --yes", "swap ETH USDT 1 --yes --slippage-bps 10001",
    "swap ETH USDT 1 --yes --slippage-bps 1.5", "swap ETH USDT --yes --slippage-bps 1",
    "swap ETH USDT 1 --yes --slippage-bps 1 --client-order-id a/b",
    "swap ET/H USDT 1 --yes --slippage-bps 1",
  ])
  func refusesAnIncompleteSwap(command: String) async throws {
    let (person, servers) = try await trader()
    let (code, _, output) = try await person.failure(command)
    #expect(code == 2 && output == [])
    #expect(try servers.requests("swap") == 0)
  }
}
