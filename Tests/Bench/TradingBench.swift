import Clocks
import Cryptography
import Domain
import Trading
import Transport

/// Signing and framing a swap, and taking in a push of balances.
struct TradingBench {
  static let count = 200_000

  private static let push =
    #"{"ch":"balances","data":[{"asset":"USDT","total":"101.23","locked":"0"},"#
    + #"{"asset":"ETH","total":"2.6","locked":"0.4"},{"asset":"BTC","total":"0.11","locked":"0"}]}"#

  private let composer = FrameComposer(
    credentials: TradingCredentials(key: Secret("your_api_key"), secret: Secret("your_secret")),
    dialect: .doc)
  private let request: SwapRequest

  init() throws {
    guard let id = ClientOrderID("my_order_123") else { throw Unusable() }
    request = try SwapRequest(
      from: "ETH", to: "USDT", amount: try Amount(userText: "1.5"), slippageBps: 30,
      clientOrderId: id)
  }

  /// The bench's own words are no order id.
  struct Unusable: Error {}

  /// Signs and frames a swap so many times.
  func sign(_ count: Int) throws {
    var bytes = 0
    let (random, time) = (SystemRandom(), SystemTime())
    for _ in 0..<count {
      bytes += try composer.frame(
        for: .swap(request), keyOrder: .sorted, timestamp: time.wallTime,
        nonce: random.hexadecimal(16)
      ).utf8.count
    }
    guard bytes > count else { throw Unusable() }
  }

  /// Takes in a push of balances so many times.
  func take(_ count: Int) throws {
    var balances = 0
    var sheet = BalanceSheet()
    let message = WebSocketMessage.text(TradingBench.push)
    for _ in 0..<count {
      guard case .push(.balances, let data) = IncomingFrame(message) else { throw Unusable() }
      sheet.apply(try data.decode(BalancesData.self).balances, isSnapshot: false)
      balances += sheet.balances.count
    }
    guard balances >= count else { throw Unusable() }
  }

  /// How many swaps and how many pushes a second.
  func rates() async throws -> [Double] {
    let signed = try await rate(TradingBench.count) { try sign(TradingBench.count) }
    let taken = try await rate(TradingBench.count) { try take(TradingBench.count) }
    return [signed, taken]
  }
}
