import FoundationEssentials
import Storage
import TestSupport
import Testing

@testable import Accounts
@testable import Control
@testable import Domain
@testable import ScreenState
@testable import TradingService

/// A swap is executed on the grounds of the very quote that somebody confirmed, whoever asks for it.
@MainActor @Suite(.timeLimit(.minutes(2))) struct HeldQuoteTests {
  private static let estimate = EstimateSwap(from: "ETH", to: "USDT", amount: "0.1")

  private static func quote(
    out: String = "216.378000000000000000000000000001", at uptime: Duration = .seconds(7),
    life: Duration = .seconds(5)
  ) throws -> Quote {
    let amount = try #require(Amount(serverText: "0.100000000000000001"))
    return Quote(
      request: try QuoteRequest(
        from: "ETH", to: "USDT", amount: amount, network: "polygon", filter: ["gate"]),
      route: [.init(fromAsset: "ETH", toAsset: "USDT", amountIn: amount, place: "0xabc")],
      price: Amount(serverText: "2163.78"), expectedOut: try #require(Amount(serverText: out)),
      fee: Amount(serverText: "0.10"), expiresAt: 1_700_000_000_123, receivedAt: 1_700_000_000_000,
      receivedUptime: uptime, lifetime: life,
      warnings: [.networkNotBinding("polygon"), .impossible(name: "fee", text: "-1")])
  }

  /// The quote as JSON with one number or text replaced.
  private static func changed(_ text: String, to other: String) throws -> Data {
    let json = String(decoding: try JSONEncoder().encode(HeldQuote(quote())), as: UTF8.self)
    let place = try #require(json.firstRange(of: text), "\(json)")
    return Data((json[..<place.lowerBound] + other + json[place.upperBound...]).utf8)
  }

  @Test("It travels as JSON with nothing lost: amounts are text")
  func travelling() throws {
    let held = HeldQuote(try Self.quote())
    let swap = PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: "a", held: held)
    let data = try JSONEncoder().encode(swap)
    let text = String(decoding: data, as: UTF8.self)
    #expect(text.contains(#""expectedOut":"216.378000000000000000000000000001""#))
    #expect(text.contains(#""amount":"0.100000000000000001""#))
    let back = try JSONDecoder().decode(PlaceSwap.self, from: data)
    #expect(back.held == held)
    #expect(back.held?.quote == held.quote)
    // Time is cut, not rounded up: it never holds for longer than it did.
    let fine = HeldQuote(try Self.quote(at: .microseconds(7_000_999)))
    let cut = try JSONDecoder().decode(HeldQuote.self, from: try JSONEncoder().encode(fine))
    #expect(cut.quote.receivedUptime == .seconds(7))
  }

  @Test("A swap without one is read as before")
  func without() throws {
    let swap = PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: "a")
    let data = try JSONEncoder().encode(swap)
    #expect(!String(decoding: data, as: UTF8.self).contains("held"))
    #expect(try JSONDecoder().decode(PlaceSwap.self, from: data).held == nil)
  }

  @Test(
    "What cannot have come from a server is not read",
    arguments: [
      (#""lifetimeMs":5000"#, #""lifetimeMs":10001"#), (#""lifetimeMs":5000"#, #""lifetimeMs":-1"#),
      (#""receivedUptimeMs":7000"#, #""receivedUptimeMs":-1"#),
      (#""216.378000000000000000000000000001""#, #""0""#),
      (#""216.378000000000000000000000000001""#, "216.378"), (#""to":"USDT""#, #""to":"ETH""#),
      (#""gate""#, #""g a""#),
    ])
  func refused(_ text: String, _ other: String) throws {
    let data = try Self.changed(text, to: other)
    #expect(throws: (any Error).self) { try JSONDecoder().decode(HeldQuote.self, from: data) }
  }

  @Test("The ticket sends the quote that it showed, and asks for no other")
  func ticket() async throws {
    try await HubFixture.run { fixture in
      let stub = try MarketStub(
        network: fixture.network, balances: #"[{"asset":"ETH","total":"2","locked":"0"}]"#)
      stub.set(output: "200")
      let hub = fixture.hub { $0[.trading].url = stub.url }
      try await fixture.signInToTrading(hub)
      let console = ConsoleFixture(fixture, hub: hub)
      try await console.until("balances") {
        $0.lamp(.trading) == .online && $0.balances.rows.count == 1
      }
      console.press(.character("t"))
      try await TicketTests.review(console)
      #expect(console.screen.ticket?.quote?.expectedOut == "200")
      // A quote that were asked for now would promise much less, and be refused by the slippage.
      stub.set(output: "100")
      fixture.time.advance(by: .milliseconds(400))
      console.press(.character("C"))
      try await console.until("the order") { $0.orders.rows.count == 1 }
      #expect(try await fixture.store.orders.recent(limit: 1).first?.expectedOut == "200")
      await hub.close()
      await stub.stop()
    }
  }

  private func serving(
    _ body: @MainActor (HubFixture, AccountHub, ControlClient) async throws -> Void
  ) async throws {
    let scratch = try ScratchDirectory()
    try await HubFixture.run { fixture in
      let hub = fixture.hub()
      try await fixture.signInToTrading(hub)
      let server = try ControlServer(
        path: scratch.file("control.sock"), hub: hub, network: fixture.network)
      let client = ControlClient(path: scratch.file("control.sock"), network: fixture.network)
      try await body(fixture, hub, client)
      await server.stop()
    }
  }

  @Test("Over the control socket it is the same quote, there and back")
  func socket() async throws {
    try await serving { fixture, hub, client in
      let held = try #require(try await client.lines(of: HoldQuote(Self.estimate)).first)
      let asked = fixture.tape.requests("estimate")
      let line = try #require(
        try await client.lines(
          of: PlaceSwap(Self.estimate, slippageBps: 30, clientOrderId: "mine", held: held)
        ).first)
      #expect(line.clientOrderId == "mine" && line.orderId != nil)
      #expect(fixture.tape.requests("estimate") == asked)
      #expect(fixture.tape.requests("swap") == 1)
      let order = try await fixture.store.orders.order("mine")
      #expect(order?.expectedOut == held.quote.expectedOut.text)
    }
  }

  @Test("One that has run out, is for another swap or comes from a later time sends nothing")
  func unfit() async throws {
    try await serving { fixture, hub, client in
      let held = try #require(try await client.lines(of: HoldQuote(Self.estimate)).first)
      let other = EstimateSwap(from: "ETH", to: "USDT", amount: "0.2")
      let error = try await client.failure(of: PlaceSwap(other, slippageBps: 30, held: held))
      #expect(error.kind == .usage && error.code == "invalid-input")

      var later = try Self.quote(at: fixture.time.uptime + .seconds(60))
      later = Quote(
        request: held.quote.request, route: [], price: nil, expectedOut: later.expectedOut,
        fee: nil, expiresAt: nil, receivedAt: later.receivedAt,
        receivedUptime: later.receivedUptime, lifetime: later.lifetime, warnings: [])
      let early = PlaceSwap(Self.estimate, slippageBps: 30, held: HeldQuote(later))
      #expect(try await client.failure(of: early).code == "invalid-input")

      fixture.time.advance(by: Quote.longestLifetime)
      let late = PlaceSwap(Self.estimate, slippageBps: 30, held: held)
      #expect(try await client.failure(of: late).code == "not-sent")
      #expect(fixture.tape.requests("swap") == 0)
    }
  }

  @Test("Halt and limits hold for it as for any other")
  func rules() async throws {
    try await serving { fixture, hub, client in
      let held = try #require(try await client.lines(of: HoldQuote(Self.estimate)).first)
      let swap = PlaceSwap(Self.estimate, slippageBps: 30, held: held)
      try await hub.only(SetLimits(changes: ["order.ETH=0.05"]))
      #expect(try await client.failure(of: swap).code == "over-order-cap")
      try await hub.only(SetLimits(changes: ["order.ETH="]))
      try await hub.only(SetHalt(isHalted: true))
      #expect(try await client.failure(of: swap).code == "halted")
      #expect(fixture.tape.requests("swap") == 0)
    }
  }
}
