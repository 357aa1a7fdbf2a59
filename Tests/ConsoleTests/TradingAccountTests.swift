import Clocks
import Cryptography
import Sandbox
import Storage
import TestSupport
import Testing
import Trading
import Transport

@testable import Accounts
@testable import Domain
@testable import TradingService

@Suite(.timeLimit(.minutes(10))) struct TradingAccountTests {
  private static let estimate = EstimateSwap(from: "ETH", to: "USDT", amount: "0.10")

  @Test("The right secret signs in, and balances flow")
  func signIn() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let login = try #require(try await fixture.signInToTrading(hub).login)
      #expect(login.state == "online")
      #expect(login.account?.hasPrefix("sand…") == true)
      let lines = try await hub.lines(of: ListBalances())
      let eth = try #require(lines.first { $0.asset == "ETH" })
      #expect((eth.total, eth.locked, eth.available) == ("2.6", "0.4", "2.2"))
      let stored = try await hub.eventually("stored balances") {
        let balances = try await fixture.store.balances.all()
        return balances.isEmpty ? nil : balances
      }
      #expect(stored.map(\.asset).sorted() == ["BTC", "ETH", "USDT"])

      #expect(
        try await fixture.signInToTrading(hub).login?.state == "online", "again, beside itself")
      await hub.close()
      let second = fixture.hub()
      #expect(
        try await second.lines(of: ShowStatus()).first { $0.service == .trading }?.state
          == "online")
    }
  }

  @Test(
    "Signing in finds out how the server wants to be spoken to, and swaps are taken",
    arguments: ["sdk", "sdk-key", "sdk-key+sdk-names", "sdk-names+sdk-empty"])
  func dialects(words: String) async throws {
    try await HubFixture.run(faults: "dialect=\(words)") { fixture in
      let hub = fixture.hub()
      #expect(try await fixture.signInToTrading(hub).login?.dialect == words)
      #expect(fixture.tape.requests("swap") == 0)
      let refused = fixture.tape.events.count { event in
        if case .refused = event { true } else { false }
      }
      #expect(refused <= 3)
      let placed = try await hub.only(PlaceSwap(TradingAccountTests.estimate, slippageBps: 30))
      #expect(placed.status == "PENDING")
      await hub.close()
      // Remembered: the next sign-in is refused nothing.
      let second = fixture.hub()
      #expect(try await fixture.signInToTrading(second).login?.dialect == words)
      let later = fixture.tape.events.count { event in
        if case .refused = event { true } else { false }
      }
      #expect(later == refused)
    }
  }

  @Test("What the server said is right in a dialect that was told, and nothing else is tried")
  func toldDialect() async throws {
    try await HubFixture.run(faults: "dialect=sdk-key") { fixture in
      let hub = fixture.hub()
      let endpoints = fixture.sandbox.endpoints
      let call = SignIn.toTrading(
        key: endpoints.tradingKey, secret: endpoints.tradingSecret, dialect: "doc")
      let failure = await #expect(throws: UserError.self) { try await hub.only(call) }
      #expect(failure?.code == "invalid-signature")
    }
  }

  @Test("A switch that was turned here holds whatever is on disk")
  func haltInMemory() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      hub.environment.haltSwitch.turn(on: true)
      let swap = PlaceSwap(TradingAccountTests.estimate, slippageBps: 30)
      #expect(try await hub.failure(of: swap).code == "halted")
      #expect(try await hub.only(SetLimits()).halted)
      #expect(fixture.tape.requests("swap") == 0)
      try await hub.only(SetHalt(isHalted: false))
      #expect(try await hub.only(swap).status == "PENDING")
    }
  }

  @Test("All orders are listed, however many there are")
  func manyOrders() async throws {
    try await HubFixture.run { fixture in
      for number in 0..<10_005 {
        let order = OrderRecord(
          clientOrderId: "o\(number)", status: .filled, from: "ETH", to: "USDT", amount: "1",
          slippageBps: 30, filledOut: "1", createdAt: Int64(number))
        try await fixture.store.orders.record(order, [])
      }
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      #expect(try await hub.lines(of: ListOrders()).count == 10_005)
    }
  }

  @Test("What is said of orders that were never placed fills no journal, and bodies have an end")
  func hostilePushes() async throws {
    let store = try Store.inMemory()
    let environment = AccountEnvironment(
      store: store, network: Network(), time: ManualTime(), random: SeededRandom(seed: 1))
    let tape = FrameJournal(environment, passingOnTo: nil)
    func say(_ purpose: String, _ event: RecordedFrame.Event, _ text: String) {
      tape.record(RecordedFrame(at: 5000, purpose: purpose, event: event, frame: text))
    }
    for number in 0..<3000 {
      say("stream", .in, #"{"ch":"orders:x\#(number)","data":{"orderId":"x\#(number)"}}"#)
    }
    say("stream", .out, #"{"op":"subscribe","ch":"orders:ord_1"}"#)
    let noise = String(repeating: "n", count: 1 << 20)
    for number in 0..<1000 {
      say(
        "stream", .in,
        #"{"ch":"orders:ord_1","data":{"orderId":"ord_1","updatedAt":\#(number),"n":"\#(noise)"}}"#)
    }
    say("trade", .out, #"{"op":"swap","ts":1,"data":{"clientOrderId":"mine"}}"#)
    await tape.finish()
    let bodies = try await store.journal.recent(limit: 5000).map(\.entry.body)
    #expect(bodies.count == 201)
    #expect(bodies.allSatisfy { $0.utf8.count < 4300 })
    #expect(bodies.first?.contains("SHA-256") == true)
    #expect(bodies.last?.contains(#""op":"swap""#) == true, "our own words always")
  }

  @Test("A wrong secret is refused, and does not replace one that works")
  func wrongSecret() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      let key = fixture.sandbox.endpoints.tradingKey
      let wrong = SignIn.toTrading(key: key, secret: Secret("wrong"))
      #expect(try await hub.failure(of: wrong).kind == .credentials)
      #expect(try await fixture.store.accounts.all().isEmpty)
      #expect(try await fixture.store.balances.all().isEmpty)

      try await fixture.signInToTrading(hub)
      let account = try await fixture.store.accounts.account(.trading)
      #expect(try await hub.failure(of: wrong).kind == .credentials)
      let other = SignIn.toTrading(key: "other", secret: Secret("x"))
      #expect(try await hub.failure(of: other).kind == .credentials)
      #expect(try await fixture.store.accounts.account(.trading) == account)
      #expect(
        try await hub.lines(of: ShowStatus()).first { $0.service == .trading }?.state
          == "online")
      let empty = SignIn.toTrading(key: "", secret: Secret("x"))
      #expect(try await hub.failure(of: empty).kind == .usage)
    }
  }

  @Test("An estimate is exact text, and nonsense is refused before it is sent")
  func estimates() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      #expect(try await hub.failure(of: TradingAccountTests.estimate).code == "not-signed-in")
      try await fixture.signInToTrading(hub)
      let quote = try await hub.only(TradingAccountTests.estimate)
      #expect(quote.amount == "0.10")
      #expect(quote.expectedOut == "216.378")
      #expect(quote.price == "2163.78")
      #expect(quote.route.map(\.to) == ["USDT"])
      let asked = fixture.tape.requests("estimate")
      for amount in ["", "0", "-1", "1e3", "0x1", "1.2.3", "٣", "NaN"] {
        let call = EstimateSwap(from: "ETH", to: "USDT", amount: amount)
        #expect(try await hub.failure(of: call).kind == .usage, "\(amount)")
      }
      let same = EstimateSwap(from: "ETH", to: "ETH", amount: "1")
      #expect(try await hub.failure(of: same).kind == .usage)
      #expect(fixture.tape.requests("estimate") == asked)
      let unknown = EstimateSwap(from: "ETH", to: "DOGE", amount: "1")
      #expect(try await hub.failure(of: unknown).kind == .refused)
    }
  }

  @Test("A swap is journalled, accepted and followed until it is filled")
  func swap() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let placed = try await hub.only(
        PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "mine"))
      #expect(placed.clientOrderId == "mine")
      #expect(placed.status == "PENDING")
      let kinds = try await fixture.store.journal.lines(of: "mine").map(\.entry.kind)
        .filter { $0 != .sent }
      #expect(kinds.prefix(3) == [.decision, .intent, .reply])

      fixture.time.advance(by: .seconds(1))
      try await hub.order("mine", "PROCESSING")
      fixture.time.advance(by: .seconds(2))
      let filled = try await hub.order("mine", "FILLED")
      #expect(filled.filledOut == "216.378")
      #expect(filled.txHash?.hasPrefix("0x") == true)
      #expect(filled.expectedOut == "216.378")
      #expect(try await hub.lines(of: ListOrders(openOnly: true)).isEmpty)
      let bodies = try await hub.eventually("what was said about it") {
        let lines = try await fixture.store.journal.recent(limit: 99).map(\.entry)
        let told = lines.filter { $0.kind == .push && $0.body.contains(#""ch":"orders:"#) }
        return told.isEmpty || !lines.contains { $0.kind == .sent } ? nil : lines.map(\.body)
      }
      #expect(bodies.contains { $0.contains(#""op":"swap""#) && $0.contains(#""mine""#) })
      #expect(!bodies.contains { $0.contains(#""sig""#) || $0.contains(#""nonce""#) })
      #expect(!bodies.contains { $0.contains(#""op":"estimate""#) })
      let verdict = try await hub.only(VerifyJournal())
      #expect(verdict.whole)
      #expect(verdict.rows >= 6)
      let usdt = try await hub.eventually("the money") {
        try await fixture.store.balances.all().first { $0.asset == "USDT" && $0.total != "101.23" }
      }
      #expect(usdt.total == "317.608")
    }
  }

  @Test("Waiting for a swap ends with its order, and a failed one is an error")
  func waiting() async throws {
    try await HubFixture.run(faults: "fail-order@2") { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      for (id, status) in [("good", "FILLED"), ("bad", "FAILED")] {
        let waiting = Task {
          let call = PlaceSwap(
            TradingAccountTests.estimate, slippageBps: 30, clientOrderId: id, waiting: true)
          do throws(UserError) {
            return try await hub.lines(of: call).map(\.status)
          } catch {
            return [error.code]
          }
        }
        try await hub.order(id, "PENDING")
        fixture.time.advance(by: .seconds(1))
        try await hub.order(id, "PROCESSING")
        fixture.time.advance(by: .seconds(2))
        #expect(await waiting.value == [status == "FILLED" ? status : "failed"])
        #expect(try await fixture.store.orders.order(id)?.status.text == status)
      }
    }
  }

  @Test("The halt switch stops swaps, over a restart too, until it is lifted")
  func halt() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToTrading(first)
      #expect(try await first.only(SetHalt(isHalted: true)).halted)
      let swap = PlaceSwap(TradingAccountTests.estimate, slippageBps: 30)
      #expect(try await first.failure(of: swap).code == "halted")
      await first.close()
      let second = fixture.hub()
      let error = try await second.failure(of: swap)
      #expect((error.kind, error.code) == (.refused, "halted"))
      #expect(try await fixture.store.orders.recent(limit: 9).isEmpty)
      #expect(fixture.tape.requests("swap") == 0)
      try await second.only(SetHalt(isHalted: false))
      #expect(try await second.only(swap).status == "PENDING")
      let decisions = try await fixture.store.journal.recent(limit: 99)
        .filter { $0.entry.kind == .decision }.map(\.entry.body)
      let words = decisions.map { String($0.prefix { $0 != ":" }) }
      #expect(words == ["halt", "refused", "refused", "resume", "confirmed"])
    }
  }

  @Test("A swap without an answer is UNKNOWN, sent once, and found again later")
  func noReply() async throws {
    try await HubFixture.run(faults: "no-swap-reply@1") { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let swapping = Task {
        try await hub.failure(
          of: PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "mine"))
      }
      _ = try await fixture.tape.eventually("the fault") {
        fixture.tape.events.contains(.fault("no-swap-reply")) ? true : nil
      }
      for _ in 0..<11 { try await pass(.seconds(1), on: fixture, hub) }
      let error = try await swapping.value
      #expect(error.kind == .outcomeUnknown)
      #expect(error.hint.contains("mine"))
      let unknown = try await fixture.store.journal.lines(of: "mine").map(\.entry.kind)
        .filter { $0 != .sent }
      #expect(unknown.prefix(3) == [.decision, .intent, .error])

      let found = try await hub.eventually("the order") {
        while case .waiting? = await hub.connections().last?.state {
          try await pass(.milliseconds(500), on: fixture, hub)
        }
        let order = try await fixture.store.orders.order("mine")
        return order?.status == .filled ? order : nil
      }
      #expect(found.orderId?.hasPrefix("ord_") == true)
      #expect(found.reason == nil)
      #expect(fixture.tape.requests("swap") == 1)
      #expect(try await hub.only(VerifyJournal()).whole)
    }
  }

  /// Lets time pass after a question was answered: whoever waits is waiting by then.
  private func pass(_ duration: Duration, on fixture: HubFixture, _ hub: AccountHub) async throws {
    _ = try await hub.openTrader().estimate(try TradingAccountTests.estimate.request())
    fixture.time.advance(by: duration)
  }

  @Test("An order id of an earlier run is not used again")
  func usedId() async throws {
    try await HubFixture.run { fixture in
      let first = fixture.hub()
      try await fixture.signInToTrading(first)
      let swap = PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "mine")
      try await first.only(swap)
      let placed = try await fixture.store.orders.order("mine")
      await first.close()
      let second = fixture.hub()
      let error = try await second.failure(of: swap)
      #expect((error.kind, error.code) == (.refused, "not-sent"))
      #expect(try await fixture.store.orders.order("mine")?.orderId == placed?.orderId)
      #expect(fixture.tape.requests("swap") == 1)
      let bad = PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "a b")
      #expect(try await second.failure(of: bad).kind == .usage)
    }
  }

  @Test("A price that moved against what was confirmed is refused here")
  func movedPrice() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      func swap(_ confirmed: String) -> PlaceSwap {
        PlaceSwap(TradingAccountTests.estimate, slippageBps: 100, confirmedOut: confirmed)
      }
      #expect(try await hub.failure(of: swap("218.564")).code == "price-moved")
      #expect(fixture.tape.requests("swap") == 0)
      #expect(try await hub.only(swap("218.563")).status == "PENDING")
    }
  }

  @Test("More than there is is not sent: the server's refusal would prove nothing")
  func tooMuch() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let call = PlaceSwap(
        EstimateSwap(from: "ETH", to: "USDT", amount: "50"), slippageBps: 30,
        clientOrderId: "mine")
      let error = try await hub.failure(of: call)
      #expect((error.kind, error.code) == (.refused, "over-balance"))
      #expect(try await fixture.store.orders.order("mine") == nil)
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test(
    "A swap that was carried out and answered with an error is UNKNOWN, sent once, and found",
    arguments: ["used-nonce", "too-poor", "invalid-signature"])
  func refusedAfterAll(word: String) async throws {
    try await HubFixture.run(faults: "answer-error=swap:\(word)@1") { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let error = try await hub.failure(
        of: PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "mine"))
      #expect(error.kind == .outcomeUnknown)
      let order = try await hub.eventually("the order") {
        let order = try await fixture.store.orders.order("mine")
        return order?.orderId == nil ? nil : order
      }
      #expect(order.reason == nil)
      #expect(fixture.tape.requests("swap") == 1)
      let texts = try await fixture.store.journal.lines(of: "mine").map(\.entry.body)
      #expect(texts.contains { $0.hasPrefix("UNKNOWN: ") })
    }
  }

  @Test("Signing out keeps orders and journal, and forgets balances and keys")
  func signOut() async throws {
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      try await hub.only(
        PlaceSwap(TradingAccountTests.estimate, slippageBps: 30, clientOrderId: "mine"))
      try await hub.only(SignOut(service: .trading))
      #expect(try await fixture.store.accounts.all().isEmpty)
      #expect(try await fixture.store.balances.all().isEmpty)
      #expect(try await fixture.store.orders.order("mine") != nil)
      #expect(try await hub.only(VerifyJournal()).whole)
      #expect(try await hub.failure(of: ListBalances()).code == "not-signed-in")
    }
  }
}
