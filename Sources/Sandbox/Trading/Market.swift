import Cryptography

/// Prices that walk at random, and the routes between two assets.
struct Market: Sendable {
  /// One step of a route, as in the "Swap Estimate" answer of the trading document.
  struct Step: Sendable, Encodable {
    let fromAsset: String
    let toAsset: String
    let amountIn: Amount
    let amountOut: Amount
    let pool: String

    enum CodingKeys: String, CodingKey {
      case fromAsset = "from_asset"
      case toAsset = "to_asset"
      case amountIn = "amount_in"
      case amountOut = "amount_out"
      case pool
    }
  }

  struct Quote: Sendable {
    let route: [Step]
    /// Units of the wanted asset for one of the paid.
    let price: Amount
    let expectedOut: Amount
  }

  private static let money = "USDT"
  /// In USDT. The first is the trading document's own example.
  private var prices: [String: Amount]
  private let walks: Bool
  private let chance: any RandomSource

  init(walks: Bool, chance: any RandomSource) {
    self.walks = walks
    self.chance = chance
    let table = [
      "ETH": "2163.78", "BTC": "64210.4", "USDT": "1", "USDC": "0.9998", "SOL": "142.35",
      "TON": "3.21", "BNB": "612.4",
    ]
    prices = table.compactMapValues { Amount($0) }
  }

  func trades(_ asset: String) -> Bool { prices[asset] != nil }

  /// What `amount` buys now; nil if that is nothing, or more than numbers here can say.
  mutating func quote(_ amount: Amount, from: String, to: String) -> Quote? {
    for asset in [from, to] where walks && asset != Market.money { step(asset) }
    let stops = [from, Market.money, to]
    let legs =
      from == Market.money || to == Market.money
      ? [(from, to)]
      : [
        (stops[0], stops[1]), (stops[1], stops[2]),
      ]
    var route: [Step] = []
    var carried = amount
    for (source, target) in legs {
      guard let rate = rate(source, target), let out = (carried * rate)?.floored(to: 8),
        out > .zero
      else { return nil }
      route.append(
        Step(
          fromAsset: source, toAsset: target, amountIn: carried, amountOut: out,
          pool: pool(source, target)))
      carried = out
    }
    let price = legs.count == 1 ? rate(from, to) : (carried / amount)?.floored(to: 12)
    return price.map { Quote(route: route, price: $0, expectedOut: carried) }
  }

  private func rate(_ from: String, _ to: String) -> Amount? {
    guard let paid = prices[from], let wanted = prices[to] else { return nil }
    return (paid / wanted)?.floored(to: 12)
  }

  /// Up to five basis points up or down.
  private mutating func step(_ asset: String) {
    guard let price = prices[asset] else { return }
    prices[asset] = price.basisPoints(10_000 + chance.below(11) - 5).floored(to: 4)
  }

  /// A made-up contract address, the same for a pair in either direction.
  private func pool(_ one: String, _ other: String) -> String {
    let pair = [one, other].sorted().joined(separator: "/")
    return "0x" + Hexadecimal.encode(Digest.sha256.hash(pair.utf8).prefix(20))
  }
}
