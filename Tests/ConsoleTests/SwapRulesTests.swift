import Sandbox
import Storage
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import Domain

@Suite struct SwapLimitsTests {
  @Test func changes() throws {
    var limits = SwapLimits()
    for change in [
      "order.eth=1.5", "day.ETH=10", "reserve.eth=0.05", "assets=eth, USDT", "slippage-bps=100",
      "dry-run=on",
    ] { try limits.set(change) }
    #expect(limits.perOrder == ["ETH": "1.5"])
    #expect(limits.perDay == ["ETH": "10"])
    #expect(limits.reserves == ["ETH": "0.05"])
    #expect(limits.assets == ["ETH", "USDT"])
    #expect(limits.maximumSlippageBps == 100)
    #expect(limits.isDryRun)
    for change in [
      "order.ETH=", "day.ETH=", "reserve.ETH=", "assets=", "slippage-bps=", "dry-run=",
    ] { try limits.set(change) }
    #expect(limits == SwapLimits())
  }

  @Test(
    "What is no limit changes nothing",
    arguments: [
      "", "order", "order=1", "order.ETH=x", "order.ETH=1,5", "slippage-bps=10001", "dry-run=yes",
      "weekly.ETH=1", "assets", "slippage-bps=-1",
    ])
  func nonsense(_ change: String) {
    var limits = SwapLimits()
    #expect(throws: UserError.self) { try limits.set(change) }
    #expect(limits == SwapLimits())
  }

  @Test("A day's sum counts what was paid or may have been, and not what is older or came back")
  func day() {
    func order(_ id: String, _ status: OrderStatus, age: Int64) -> OrderRecord {
      OrderRecord(
        clientOrderId: id, status: status, from: "ETH", to: "USDT", amount: "1", slippageBps: 1,
        createdAt: 100 * SwapRules.day - age)
    }
    let rules = SwapRules(
      limits: SwapLimits(), isHalted: false, isDryRun: false,
      orders: [
        order("a", .filled, age: 0), order("b", .unknown, age: 5), order("c", .rejected, age: 5),
        order("d", .notSent, age: 5), order("e", .failed, age: 5),
        order("f", .filled, age: SwapRules.day), order("g", .submitting, age: 9),
      ], now: 100 * SwapRules.day)
    #expect(rules.spent.mapValues(\.plainText) == ["ETH": "3"])
    #expect(rules.unknown.map(\.id) == ["b"])
  }
}

@Suite(.timeLimit(.minutes(10))) struct SwapGuardTests {
  private static func swap(_ amount: String, bps: Int = 30, id: String? = nil) -> PlaceSwap {
    PlaceSwap(
      EstimateSwap(from: "ETH", to: "USDT", amount: amount), slippageBps: bps, clientOrderId: id)
  }

  @Test(
    "Each rule is kept and says so, and lifting it lets the swap through",
    arguments: [
      ("order.ETH=0.05", "order.ETH=", "over-order-cap"),
      ("day.ETH=0.05", "day.ETH=", "over-day-cap"),
      ("assets=ETH,BTC", "assets=", "asset-not-allowed"),
      ("slippage-bps=29", "slippage-bps=30", "over-slippage"),
      ("dry-run=on", "dry-run=off", "dry-run"),
    ])
  func rules(_ set: String, _ lift: String, _ code: String) async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToTrading(first)
      try await first.only(SetLimits(changes: [set]))
      await first.close()
      let hub = fixture.hub()
      let error = try await hub.failure(of: Self.swap("0.1"))
      #expect((error.kind, error.code) == (.refused, code))
      #expect(try await fixture.store.orders.recent(limit: 9).isEmpty)
      #expect(fixture.tape.requests("swap") == 0)
      try await hub.only(SetLimits(changes: [lift]))
      #expect(try await hub.only(Self.swap("0.1")).status == "PENDING")
      let words = try await fixture.store.journal.recent(limit: 99)
        .filter { $0.entry.kind == .decision }.map { $0.entry.body.prefix { $0 != ":" } }
      #expect(words == ["limits", "refused", "limits", "confirmed"])
      #expect(try await hub.only(VerifyJournal()).whole)
    }
  }

  @Test("A limit holds however the asset is written", arguments: ["eth", "Eth", "ETH"])
  func capitals(asset: String) async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      try await hub.only(SetLimits(changes: ["order.ETH=0.05", "day.ETH=0.06"]))
      func swap(_ amount: String) -> PlaceSwap {
        PlaceSwap(
          EstimateSwap(from: asset, to: "usdt", amount: amount), slippageBps: 30)
      }
      #expect(try await hub.failure(of: swap("0.055")).code == "over-order-cap")
      #expect(try await hub.only(swap("0.04")).status == "PENDING")
      #expect(try await hub.failure(of: swap("0.03")).code == "over-day-cap")
      #expect(try await hub.only(SetLimits()).paidToday == ["ETH": "0.04"])
    }
  }

  @Test("Rules are judged by names in capitals, whoever asks")
  func judgesByCapitals() throws {
    var limits = SwapLimits()
    try limits.set("order.ETH=1")
    try limits.set("assets=ETH,USDT")
    let order = OrderRecord(
      clientOrderId: "a", status: .unknown, from: "eth", to: "usdt", amount: "1", slippageBps: 1,
      createdAt: 5)
    let rules = SwapRules(
      limits: limits, isHalted: false, isDryRun: false, orders: [order], now: 6)
    let two = try Amount(userText: "2")
    let half = try Amount(userText: "0.5")
    #expect(
      rules.objection(from: "eth", to: "usdt", amount: two, slippageBps: 1)?.code
        == "over-order-cap")
    #expect(
      rules.objection(from: "ETH", to: "USDT", amount: half, slippageBps: 1)?.code
        == "unknown-pending")
    #expect(rules.spent.mapValues(\.plainText) == ["ETH": "1"])
  }

  @Test("Two swaps at once cannot pass a day's cap together")
  func race() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      try await hub.only(SetLimits(changes: ["day.ETH=0.3"]))
      let trader = try await hub.onlineTrader()
      let question = try EstimateSwap(from: "ETH", to: "USDT", amount: "0.1").request()
      let quote = try await trader.estimate(question)
      let passed = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<8 {
          group.addTask {
            guard let id = ClientOrderID("race-\(number)") else { return false }
            do throws(UserError) {
              let request = try SwapRequest(
                accepting: quote, slippageBps: 30, clientOrderId: id)
              _ = try await trader.swap(request, quote: quote)
              return true
            } catch {
              return false
            }
          }
        }
        var count = 0
        for await isPast in group where isPast { count += 1 }
        return count
      }
      #expect(passed == 3)
      let line = try await hub.only(SetLimits())
      #expect(line.paidToday == ["ETH": "0.3"])
    }
  }

  @Test("A swap of the pair whose last outcome is unknown waits for that")
  func unknown() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let order = OrderRecord(
        clientOrderId: "lost", status: .unknown, from: "ETH", to: "USDT", amount: "1",
        slippageBps: 30, createdAt: 1)
      try await fixture.store.orders.record(order, [])
      #expect(try await hub.failure(of: Self.swap("0.1")).code == "unknown-pending")
      let other = PlaceSwap(
        EstimateSwap(from: "BTC", to: "USDT", amount: "0.01"), slippageBps: 30)
      #expect(try await hub.only(other).status == "PENDING")
    }
  }

  @Test("A dry run sends nothing, whoever asks")
  func dryRun() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub { $0.isDryRun = true }
      try await fixture.signInToTrading(hub)
      #expect(try await hub.failure(of: Self.swap("0.1")).code == "dry-run")
      #expect(fixture.tape.requests("swap") == 0)
    }
  }
}

@Suite(.timeLimit(.minutes(10))) struct PaperRaceTests {
  @Test("Many at once spend no money twice")
  func race() async throws {
    let ledger = try Store.inMemory()
    try await HubFixture.run { fixture in
      let signIn = fixture.hub()
      try await fixture.signInToTrading(signIn)
      await signIn.close()
      let hub = fixture.hub(ledger: ledger) { $0.isPaper = true }
      let trader = try await hub.onlineTrader()
      let quote = try await trader.estimate(
        try EstimateSwap(from: "USDT", to: "ETH", amount: "4000").request())
      let filled = await withTaskGroup(of: Bool.self) { group in
        for number in 0..<4 {
          group.addTask {
            guard let id = ClientOrderID("p\(number)") else { return false }
            do throws(UserError) {
              let request = try SwapRequest(
                accepting: quote, slippageBps: 30, clientOrderId: id)
              if case .accepted = try await trader.swap(request, quote: quote) { return true }
              return false
            } catch {
              return false
            }
          }
        }
        var count = 0
        for await isFilled in group where isFilled { count += 1 }
        return count
      }
      #expect(filled == 2)
      #expect(
        try await ledger.balances.all().first { $0.asset == "USDT" }?.total == "2000")
    }
  }
}
