import Domain
import FoundationEssentials
import Phrases
import Sandbox
import Storage
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import ScreenState
@testable import TradingService
@testable import ViewModels

@MainActor @Suite(.timeLimit(.minutes(10))) struct OrderListTests {
  private func order(_ number: Int, _ status: OrderStatus = .filled) -> OrderRecord {
    OrderRecord(
      clientOrderId: "o\(10_000 + number)", status: status, from: "ETH", to: "USDT",
      amount: "\(number + 1)", slippageBps: 30, expectedOut: "100",
      filledOut: status == .filled ? "99" : nil, txHash: status == .filled ? "0xab" : nil,
      createdAt: Int64(number))
  }

  @Test("A filter shows a part, and looking back reads on in the store")
  func filters() async throws {
    try await HubFixture.run { fixture in
      for number in 0..<1200 { try await fixture.store.orders.record(order(number), []) }
      for (number, status) in [OrderStatus.failed, .unknown, .lost, .pending].enumerated() {
        try await fixture.store.orders.record(order(2000 + number, status), [])
      }
      try await fixture.signInToTrading(fixture.hub())
      let console = ConsoleFixture(fixture)
      try await console.until("orders") { $0.orders.rows.count == OrderListModel.page }
      console.model.focus(.orders)
      for (filter, statuses) in [
        (OrdersState.Filter.open, ["PENDING", "UNKNOWN", "LOST"]), (.failed, ["FAILED"]),
        (.unknown, ["UNKNOWN", "LOST"]),
      ] {
        console.press(.character("f"))
        #expect(console.screen.orders.filter == filter)
        #expect(Set(console.screen.orders.rows.map(\.status)) == Set(statuses))
      }
      console.press(.character("f"))
      for _ in 0..<4 {
        console.press(.end)
        await console.model.context.hub.environment.busy.untilIdle()
      }
      try await console.until("all of them") { $0.orders.rows.count == 1204 }
      #expect(console.screen.orders.rows.last?.amount == "1.0")
      #expect(Set(console.screen.orders.rows.map(\.id)).count == 1204)
    }
  }

  @Test("The transaction's hash is copied, and slippage is told against the quote")
  func copy() async throws {
    try await HubFixture.run { fixture in
      try await fixture.store.orders.record(order(1), [])
      try await fixture.store.orders.record(order(0, .failed), [])
      try await fixture.signInToTrading(fixture.hub())
      let console = ConsoleFixture(fixture)
      try await console.until("orders") { $0.orders.rows.count == 2 }
      var copied: [String] = []
      console.model.context.program.copy = { copied.append($0) }
      console.model.focus(.orders)
      let row = try #require(console.screen.orders.rows.first)
      #expect((row.slippage, row.isBelowMinimum) == ("−1.00 %", true))
      console.press(.character("y"), .down, .character("y"))
      #expect(copied == ["0xab"])
      #expect(console.screen.notices.last?.text == Phrase.noTransaction.text)
    }
  }

  @Test("One alert an event, over repetitions and restarts")
  func alerts() async throws {
    try await HubFixture.run(faults: "fail-order@2") { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      var alerts: [ConsoleAlert] = []
      var bells = 0
      console.model.context.program.alert = { alerts.append($0) }
      console.model.context.program.ring = { bells += 1 }
      try await console.until("online") { $0.lamp(.trading) == .online }
      for id in ["good", "bad"] {
        let swap = PlaceSwap(
          EstimateSwap(from: "ETH", to: "USDT", amount: "0.1"), slippageBps: 30, clientOrderId: id)
        try await hub.only(swap)
        fixture.time.advance(by: .seconds(1))
        try await hub.order(id, "PROCESSING")
        fixture.time.advance(by: .seconds(2))
        try await hub.order(id, "FILLED", "FAILED")
        // The server says it again, and so does a person's question.
        let order = try #require(try await fixture.store.orders.order(id))
        try await hub.onlineTrader().refresh(order, thoroughly: false)
      }
      try await console.until("both ends") { _ in alerts.count == 2 }
      #expect(alerts.map(\.event) == ["order-filled", "order-failed"])
      #expect(alerts.map(\.subject) == ["good", "bad"])
      #expect(bells == 2)
      #expect(
        console.screen.notices.contains { $0.kind == .success && $0.text.contains("0.1 ETH") })
      await hub.close()

      let second = ConsoleFixture(fixture)
      second.model.context.program.alert = { alerts.append($0) }
      try await second.until("online again") { $0.lamp(.trading) == .online }
      let good = try #require(try await fixture.store.orders.order("good"))
      let news = try await fixture.store.orders.settle(good, [], telling: good.alerts(at: 9))
      #expect(news.isEmpty)
      #expect(alerts.count == 2)
    }
  }

  @Test("What happened while nobody watched is told at the next start, and then no more")
  func absence() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let swap = PlaceSwap(
        EstimateSwap(from: "ETH", to: "USDT", amount: "0.1"), slippageBps: 30, clientOrderId: "a")
      try await hub.only(swap)
      await hub.close()
      // The server goes through its steps one by one.
      for status in ["PENDING", "PROCESSING", "FILLED"] {
        _ = try await fixture.tape.eventually(status) { [tape = fixture.tape] in
          tape.events.contains { event in
            if case .order(_, "a", status) = event { true } else { false }
          } ? true : nil
        }
        fixture.time.advance(by: .seconds(2))
      }
      for expected in [1, 0] {
        let console = ConsoleFixture(fixture)
        var alerts: [ConsoleAlert] = []
        console.model.context.program.alert = { alerts.append($0) }
        try await console.until("the end") {
          $0.lamp(.trading) == .online && $0.orders.rows.first?.status == "FILLED"
        }
        await console.model.context.hub.environment.busy.untilIdle()
        #expect(alerts.count == expected)
        await console.model.context.hub.close()
      }
    }
  }

  @Test("An order that the server does not know is lost after three answers, and blocks no more")
  func lost() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("online") { $0.lamp(.trading) == .online }
      let order = OrderRecord(
        clientOrderId: "nowhere", status: .unknown, from: "ETH", to: "USDT", amount: "1",
        slippageBps: 30, createdAt: 1)
      try await fixture.store.orders.record(order, [])
      hub.environment.changes.send(.order(order))
      try await console.until("it") { $0.orders.rows.count == 1 }
      console.press(.control("n"), .character("u"))
      for _ in 0..<2 { await fixture.time.release(.seconds(15)) }
      try await console.until("its loss") { $0.orders.rows.first?.status == "LOST" }
      #expect(console.screen.orders.rows.first?.reason?.isEmpty == false)
      #expect(console.model.exchange.safety.rules.unknown.isEmpty)
      let kinds = try await fixture.store.journal.lines(of: "nowhere").map(\.entry.kind)
      #expect(kinds == [.decision])
    }
  }

  @Test("Orders are exported to a new file, safe for spreadsheets and for programs")
  func export() async throws {
    try await HubFixture.run { fixture in
      let scratch = try ScratchDirectory()
      var wild = order(1)
      wild.txHash = "=cmd|' /C calc'!A0"
      wild.filter = []
      try await fixture.store.orders.record(wild, [])
      try await fixture.signInToTrading(fixture.hub())
      let console = ConsoleFixture(fixture)
      try await console.until("orders") { $0.orders.rows.count == 1 }
      console.model.focus(.orders)
      for name in ["orders.csv", "orders.jsonl"] {
        console.press(.character("e"), .control("u"))
        console.type(scratch.file(name))
        console.press(.enter)
        try await console.until("the file") { $0.form == nil }
      }
      let csv = try String(contentsOfFile: scratch.file("orders.csv"), encoding: .utf8)
      #expect(csv.hasPrefix("clientOrderId,orderId,status,from,to,amount,"))
      #expect(csv.contains("'=cmd|"))
      #expect(csv.hasSuffix("\r\n"))
      let lines = try String(contentsOfFile: scratch.file("orders.jsonl"), encoding: .utf8)
      #expect(lines.contains(#""amount":"2""#))
      for name in ["orders.csv", "orders.jsonl"] { #expect(scratch.mode(name) == 0o600) }
      console.press(.character("e"), .control("u"))
      console.type(scratch.file("orders.csv"))
      console.press(.enter)
      try await console.until("a refusal") { $0.form?.problem != nil }
    }
  }
}

@MainActor @Suite(.timeLimit(.minutes(10))) struct PriceTests {
  @Test("Balances are worth something, by few questions, and a price is told once")
  func worth() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub { $0.watchesPrices = true }
      try await fixture.signInToTrading(hub)
      let asked = fixture.tape.requests("estimate")
      try await hub.only(
        AddPriceAlert(from: "ETH", to: "USDT", direction: "above", price: "2000"))
      try await hub.only(
        AddPriceAlert(from: "ETH", to: "USDT", direction: "below", price: "2000"))
      let console = ConsoleFixture(fixture, hub: hub)
      var alerts: [ConsoleAlert] = []
      console.model.context.program.alert = { alerts.append($0) }
      try await console.until("balances") {
        $0.lamp(.trading) == .online && $0.balances.rows.count == 3
      }
      await fixture.time.release(PriceFeed.patience)
      for _ in 0..<2 { await fixture.time.release(PriceFeed.spacing) }
      try await console.until("a sum") { $0.balances.worth?.isWhole == true }
      let worth = try #require(console.screen.balances.worth)
      // 101.23 + 2.6 × 2163.78 + 0.11 × 64210.4
      #expect((worth.asset, worth.total) == ("USDT", "12790.20"))
      #expect(console.screen.balances.rows.first { $0.asset == "ETH" }?.worth == "5625.82")
      #expect(fixture.tape.requests("estimate") == asked + 2)
      #expect(alerts.map(\.event) == ["price"])
      let lines = try await hub.lines(of: ListPriceAlerts())
      #expect(lines.map { $0.toldAt != nil } == [true, false])
      #expect(try await hub.failure(of: RemovePriceAlert(id: 77)).code == "no-alert")
      for line in lines { _ = try await hub.lines(of: RemovePriceAlert(id: line.id)) }
      #expect(try await hub.lines(of: ListPriceAlerts()).isEmpty)

      console.model.focus(.balances)
      console.press(.character("v"))
      try await console.until("another measure") { $0.notices.contains { $0.text.contains("BTC") } }
      #expect(try await fixture.store.settings.value(.valueAsset) == "BTC")
    }
  }

  @Test func levels() throws {
    func levels(_ texts: String...) -> [Int] {
      WorthModel.levels(texts.compactMap { Amount(serverText: $0) })
    }
    #expect(levels() == [])
    #expect(levels("1") == [])
    #expect(levels("1", "1", "1") == [3, 3, 3])
    #expect(levels("0", "1", "2", "4", "8") == [0, 1, 2, 4, 7])
    #expect(WorthModel.levels((0..<100).compactMap { Amount(serverText: "\($0)") }).count == 8)
  }

  @Test(
    arguments: [
      ("12.349", "12.34", "+12.34"), ("-0.0099999", "-0.009999", "−0.009999"), ("0", "0", "+0"),
    ])
  func short(_ text: String, _ short: String, _ signed: String) throws {
    let amount = try #require(Amount(serverText: text))
    #expect((amount.shortText, amount.signedText) == (short, signed))
  }

  @Test("Only so many points are kept of a pair")
  func bounded() async throws {
    let store = try Store.inMemory()
    for number in 0..<300 {
      try await store.prices.save(
        PricePoint(sell: "ETH", buy: "USDT", at: Int64(number), price: "\(number)"))
    }
    let points = try await store.prices.points(in: "USDT")
    #expect(points.count == PriceRepository.depth)
    #expect(points.first?.price == "12")
  }
}

@MainActor @Suite(.timeLimit(.minutes(10))) struct PaperTests {
  private static func swap(_ from: String, _ to: String, _ amount: String) -> PlaceSwap {
    PlaceSwap(EstimateSwap(from: from, to: to, amount: amount), slippageBps: 30)
  }

  @Test("Swaps on paper are filled here, in books of their own")
  func fills() async throws {
    let ledger = try Store.inMemory()
    try await HubFixture.run { fixture in
      let signIn = fixture.hub()
      try await fixture.signInToTrading(signIn)
      await signIn.close()
      let hub = fixture.hub(ledger: ledger) { $0.isPaper = true }
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("paper") {
        $0.status.mode == .paper && $0.lamp(.trading) == .online && $0.balances.rows.count == 1
      }
      let bought = try await hub.only(Self.swap("USDT", "ETH", "2163.78"))
      #expect((bought.status, bought.filledOut) == ("FILLED", "0.99999999"))
      #expect(bought.orderId?.hasPrefix("paper_") == true)
      let balances = try await hub.lines(of: ListBalances())
      #expect(balances.map { "\($0.asset) \($0.total)" } == ["ETH 0.99999999", "USDT 7836.22"])
      let error = try await hub.failure(of: Self.swap("BTC", "USDT", "1"))
      #expect(error.kind == .refused)
      #expect(try await hub.only(VerifyJournal()).whole)
      try await hub.only(SetHalt(isHalted: true))
      #expect(try await hub.failure(of: Self.swap("USDT", "ETH", "1")).code == "halted")
      #expect(try await hub.lines(of: ExportRows(kind: .orders)).count == 2)
      await hub.close()

      #expect(fixture.tape.requests("swap") == 0)
      #expect(try await fixture.store.orders.recent(limit: 9).isEmpty)
      #expect(try await fixture.store.journal.recent(limit: 9).isEmpty)
      #expect(try await fixture.store.settings.value(.halt) == nil)
      let real = fixture.hub()
      #expect(try await real.lines(of: ListBalances()).count == 3)
      let again = fixture.hub(ledger: ledger) { $0.isPaper = true }
      #expect(try await again.lines(of: ListBalances()).map(\.asset) == ["ETH", "USDT"])
    }
  }
}

@MainActor @Suite(.timeLimit(.minutes(10))) struct GreatAmountTests {
  @Test(
    "24 digits before the point and 18 after pass from the keys to the wire, the journal and out")
  func unchanged() async throws {
    let amount = "123456789012345678901234.123456789012345678"
    let output = "987654321098765432109876.987654321098765432"
    try await HubFixture.run { fixture in
      let stub = try MarketStub(
        network: fixture.network,
        balances: #"[{"asset":"ETH","total":"9\#(amount)","locked":"0"}]"#)
      stub.set(output: output)
      let hub = fixture.hub { $0[.trading].url = stub.url }
      try await fixture.signInToTrading(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("balances") {
        $0.lamp(.trading) == .online && $0.balances.rows.count == 1
      }
      console.press(.character("t"))
      console.type("eth")
      console.press(.tab)
      console.type(amount)
      console.press(.tab)
      console.type("usdt")
      console.press(.enter)
      try await console.until("the quote") { $0.ticket?.stage == .review }
      #expect(console.screen.ticket?.amount.text == amount)
      #expect(console.screen.ticket?.quote?.expectedOut == output)
      fixture.time.advance(by: .milliseconds(500))
      console.press(.character("C"))
      try await console.until("the fill") { $0.orders.rows.first?.status == "FILLED" }
      #expect(console.screen.orders.rows.first?.filledOut == output)

      let wire = stub.frames.filter { $0.contains(#""op":"swap""#) }
      #expect(wire.count == 1)
      #expect(wire.first?.contains(#""amount":"\#(amount)""#) == true)
      let id = try #require(console.screen.orders.rows.first?.id)
      let journal = try await fixture.store.journal.lines(of: id).map(\.entry.body)
      #expect(journal.contains { $0.contains(#""amount":"\#(amount)""#) })
      #expect(journal.contains { $0.contains(#""filledOut":"\#(output)""#) })
      for format in ExportFormat.allCases {
        let rows = try await hub.lines(of: ExportRows(kind: .orders)).map(format.text).joined()
        #expect(rows.contains(amount) && rows.contains(output))
      }
      await hub.close()
      await stub.stop()
    }
  }
}
