import Domain
import FoundationEssentials
import Testing
import Transport

@testable import Trading

@Suite struct QuoteTests {
  func quote(
    _ data: String, amount: String = "1.5", network: String? = nil,
    receivedAt: Int64 = 1_732_526_400_000
  ) throws -> Quote {
    let request = try QuoteRequest(
      from: "ETH", to: "USDT", amount: try Amount(userText: amount), network: network)
    guard case .reply(_, _, let reply) = IncomingFrame(.text(#"{"op":"estimate","data":\#(data)}"#))
    else { throw TradingError.notReady }
    let estimate = try reply.decode(EstimateData.self)
    return try Quote(request, estimate, receivedAt: receivedAt, uptime: .seconds(100))
  }

  static let sample = """
    {"route":[{"from_asset":"ETH","to_asset":"USDT","amount_in":"1.5","amount_out":"3245.67",
    "pool":"0x88e6"}],"price":"2163.78","expectedOut":"3245.67","fee":"0.003",
    "expiresAt":1732526400000}
    """

  @Test func readsTheSeedsSample() throws {
    let quote = try quote(Self.sample)
    #expect(quote.price?.text == "2163.78")
    #expect(quote.fee?.text == "0.003")
    #expect(quote.route.first?.place == "0x88e6")
    #expect(quote.minimumOut(slippageBps: 30).plainText == "3235.93299")
    // The sample is over on arrival.
    #expect(quote.warnings == [.noValidity])
    #expect(quote.lifetime == .seconds(5))
  }

  @Test(arguments: [
    ("price", "0"), ("price", "-1"), ("price", "NaN"), ("fee", "-1"), ("fee", "-0.0000001"),
  ])
  func leavesOutWhatCannotBeAndSaysSo(name: String, text: String) throws {
    let (price, fee) = name == "price" ? (text, "0.003") : ("2163.78", text)
    let quote = try quote(#"{"expectedOut":"3245.67","price":"\#(price)","fee":"\#(fee)"}"#)
    #expect(quote.warnings.contains(.impossible(name: name, text: text)))
    #expect((name == "price" ? quote.price : quote.fee) == nil)
    #expect((name == "price" ? quote.fee : quote.price) != nil)
  }

  @Test func saysNothingOfWhatIsNotTold() throws {
    let quote = try quote(#"{"expectedOut":"3245.67","price":"","fee":"0"}"#)
    #expect(quote.warnings == [.noValidity])
    #expect(quote.fee?.isZero == true)
  }

  @Test(
    arguments: [
      (nil, Duration.seconds(5), Quote.Warning.noValidity),
      (1_000_000, .seconds(5), .noValidity), (999_999, .seconds(5), .noValidity),
      (1_000_001, .milliseconds(1), nil), (1_004_000, .seconds(4), nil),
      (1_010_000, .seconds(10), nil), (9_000_000, .seconds(10), nil),
      (Int64.max, .seconds(10), nil),
    ] as [(Int64?, Duration, Quote.Warning?)])
  func livesUntilItsExpiry(expiry: Int64?, lifetime: Duration, warning: Quote.Warning?) {
    let base: Int64 = 1_732_526_400_000 - 1_000_000
    let expiresAt = expiry.map { $0 == .max ? .max : $0 + base }
    let result = Quote.lifetime(expiresAt: expiresAt, receivedAt: base + 1_000_000)
    #expect(result.0 == lifetime)
    #expect(result.1 == warning)
  }

  @Test func doesNotGuessAtSeconds() {
    let result = Quote.lifetime(expiresAt: 1_732_526_410, receivedAt: 1_732_526_400_000)
    #expect(result.0 == .seconds(5))
    #expect(result.1 == .expiryInSeconds)
  }

  @Test func growsStaleOnTheUptimeClock() throws {
    let quote = try quote(Self.sample)
    #expect(quote.remaining(at: .seconds(100)) == .seconds(5))
    #expect(quote.remaining(at: .seconds(103)) == .seconds(2))
    #expect(quote.remaining(at: .seconds(200)) == .zero)
  }

  @Test func warnsWhenItDoesNotAddUp() throws {
    let price = #"{"price":"2000","expectedOut":"3245.67","expiresAt":1732526405000}"#
    guard case .priceMismatch(let product)? = try quote(price).warnings.first else {
      Issue.record("no warning")
      return
    }
    #expect(product.plainText == "3000")
    let route = """
      {"route":[{"from_asset":"ETH","to_asset":"BTC","amount_in":"1.5"},
      {"from_asset":"DAI","to_asset":"USDT","amount_out":"10"}],"expectedOut":"10",
      "expiresAt":1732526405000}
      """
    #expect(try quote(route).warnings == [.routeMismatch])
    let network = #"{"expectedOut":"10","expiresAt":1732526405000}"#
    #expect(try quote(network, network: "ETH").warnings == [.networkNotBinding("ETH")])
  }

  @Test(arguments: [
    #"{"route":[{"from_asset":"BTC","to_asset":"USDT"}],"expectedOut":"1"}"#,
    #"{"route":[{"from_asset":"ETH","to_asset":"DAI"}],"expectedOut":"1"}"#,
    #"{"expectedOut":"0"}"#,
  ])
  func refusesAnAnswerToAnotherQuestion(data: String) {
    #expect(throws: TradingError.self) { try quote(data) }
  }

  @Test func refusesAnAmountBelowZero() {
    #expect(throws: DecodingFailure.self) { try quote(#"{"expectedOut":"-1"}"#) }
  }

  @Test func saysThatAQuoteOfNothingPromisesNothing() {
    let error = #expect(throws: TradingError.self) { try quote(#"{"expectedOut":"0"}"#) }
    guard case .unreadable("estimate", let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(reason.hasPrefix("it promises 0 "))
  }

  @Test(arguments: [("", "B"), ("A", "A"), ("A B", "C"), ("A", "Ö"), ("A", "\"")])
  func refusesOddAssets(from: String, to: String) {
    #expect(throws: UserError.self) {
      try QuoteRequest(from: from, to: to, amount: try Amount(userText: "1"))
    }
  }

  @Test func boundsTheSlippage() throws {
    let id = try #require(ClientOrderID("a"))
    for bps in [-1, 10_001] {
      #expect(throws: UserError.self) {
        try SwapRequest(
          from: "A", to: "B", amount: try Amount(userText: "1"), slippageBps: bps,
          clientOrderId: id)
      }
    }
  }
}
