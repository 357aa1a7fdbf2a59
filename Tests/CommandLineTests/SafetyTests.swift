import Accounts
import FoundationEssentials
import TestSupport
import Testing

/// Limits, price alerts and trading on paper as a script uses them.
struct SafetyTests {
  private let swap = "swap ETH USDT 0.1 --slippage-bps 50 --yes"

  private func trader() async throws -> (Person, Servers) {
    let servers = try await Servers("quiet")
    let person = try Person(servers)
    try await person.signInToTrading()
    return (person, servers)
  }

  @Test func limitsAreKeptAndSayWhy() async throws {
    let (person, servers) = try await trader()
    #expect(try await person.run("limits").output == ["nothing is limited"])
    let set = try await person.lines(
      "limits --set order.eth=0.05 --set day.ETH=0.15 --set assets=ETH,USDT", as: LimitsOutput.self)
    #expect(set.map(\.perOrder) == [["ETH": "0.05"]])
    let (code, error, output) = try await person.failure(swap)
    #expect(code == 4 && error.code == "over-order-cap" && output == [])
    #expect(try await person.failure("limits --set order.ETH=1,5").code == 2)
    #expect(try await person.run("limits --set order.ETH=").code == 0)
    #expect(try await person.run(swap).code == 0)
    #expect(try await person.failure(swap).error.code == "over-day-cap")
    #expect(
      try await person.failure("swap BTC USDT 0.01 --slippage-bps 5 --yes").error.code
        == "asset-not-allowed")
    let limits = try await person.lines("limits", as: LimitsOutput.self)
    #expect(limits.map(\.paidToday) == [["ETH": "0.1"]])
    #expect(try await person.run("limits --set day.ETH= --set dry-run=on").code == 0)
    #expect(try await person.failure(swap).error.code == "dry-run")
    #expect(try servers.requests("swap") == 1)
    #expect(try await person.lines("orders verify", as: JournalOutput.self)[0].whole)
  }

  /// Letters of other alphabets that look like Latin ones, or become some as capitals.
  @Test(arguments: ["ЕTH", "ET/H", "ſol", "ıcx", "E\u{301}TH"])
  func noLimitIsSetForWhatIsNoAsset(name: String) async throws {
    let person = try Person(nil)
    for limit in ["order.\(name)=1", "day.\(name)=1", "reserve.\(name)=1", "assets=ETH,\(name)"] {
      let report = try await person.run(["limits", "--set", limit, "--json"])
      #expect(report.code == 2 && report.output == [], "\(report)")
      #expect(report.errors.first?.contains("no name of an asset") == true, "\(report)")
    }
    #expect(try await person.run(["limits", "--set", "order.\(name)="]).code == 0, "lifted")
    let (words, alert) = (["estimate", name, "USDT", "1"], ["alerts", "add", name, "USDT"])
    #expect(try await person.run(words).errors.first?.contains("no name of an asset") == true)
    #expect(try await person.run(alert + ["above", "1"]).code == 2)
    #expect(try await person.run("limits").output == ["nothing is limited"])
  }

  @Test func priceAlertsAreListedAndTakenBack() async throws {
    let person = try Person(nil)
    let added = try await person.lines(
      "alerts add eth usdt above 2500.5", as: PriceAlertOutput.self)
    #expect(added.map(\.price) == ["2500.5"] && added.map(\.from) == ["ETH"])
    #expect(try await person.run("alerts").output == ["1  ETH above 2 500.5 USDT"])
    for words in ["eth usdt over 1", "eth usdt above 1e3", "eth eth above 1", "eth usdt above"] {
      #expect(try await person.failure("alerts add \(words)").code == 2, "\(words)")
    }
    #expect(try await person.run("alerts remove 1").code == 0)
    #expect(try await person.failure("alerts remove 1").error.code == "no-alert")
    #expect(try await person.run("alerts").output == [])
  }

  @Test func paperAndDryRunAreSettings() async throws {
    let (person, servers) = try await trader()
    let file = person.home.file("settings")
    func with(_ line: String, _ words: String) async throws -> Program.Report {
      try Data("\(line)\n".utf8).write(to: URL(filePath: file))
      return try await person.run(
        words.split(separator: " ").map(String.init), environment: ["TERCET_CONFIG": file])
    }
    let swap = "swap USDT ETH 1000 --slippage-bps 50 --yes"
    let dry = try await with("dry-run = on", swap)
    #expect(dry.code == 0 && dry.output == ["dry run: nothing was sent"], "\(dry)")
    #expect(try await with("dry-run = on", "limits").output == ["dry run: no swap is sent"])
    let paper = try await with("paper = on", "\(swap) --wait")
    #expect(paper.code == 0 && paper.output.first?.contains("FILLED") == true, "\(paper)")
    #expect(try servers.requests("swap") == 0)
    #expect(try await with("paper = on", "export orders").output.count == 2)
    #expect(try await with("paper = on", "export orders --paper=off").output.count == 1)
  }

  @Test func paperIsNeverMixedWithMoney() async throws {
    let (person, servers) = try await trader()
    let lines = try await person.lines(
      "swap USDT ETH 1000 --slippage-bps 50 --yes --wait --paper", as: SwapOutput.self)
    #expect(lines.map(\.status) == ["FILLED"])
    #expect(try servers.requests("swap") == 0)
    #expect(try await person.lines("orders", as: OrderOutput.self) == [])
    #expect(try await person.run("export orders").output.count == 1)
    #expect(try await person.run("export orders --paper").output.count == 2)
    let held = try await person.lines("balances --paper", as: BalanceOutput.self)
    #expect(held.map { "\($0.asset) \($0.total)" } == ["ETH 0.46215419", "USDT 9000"])
    #expect(try await person.run("halt --paper").code == 0)
    #expect(try await person.run(swap).code == 0)

    let watch = try person.start(["orders", "--watch", "--json"])
    try await watch.wait { !$0.output.isEmpty }
    let (code, error, _) = try await person.failure("orders --paper")
    #expect(code == 4 && error.code == "other-money")
    #expect(try await person.run("orders").output.count == 1)
  }
}
