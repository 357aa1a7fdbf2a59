import Phrases

/// A question for a price (seed 001, Swap Estimate).
public struct QuoteRequest: Sendable, Equatable, Codable {
  /// The asset to give.
  public let from: String
  /// The asset to get.
  public let to: String
  /// How much of `from` to give.
  public let amount: Amount
  /// Restricts the route's chain. A swap has no such field, so it may be routed otherwise.
  public let network: String?
  /// Venues to use (`binance`, `gate`…); empty for all.
  public let filter: [String]

  /// Throws `invalid-input` for names outside `[A-Za-z0-9_.:-]`, equal assets, or an amount
  /// that is not above zero.
  public init(
    from: String, to: String, amount: Amount, network: String? = nil, filter: [String] = []
  ) throws(ConsoleError) {
    try QuoteRequest.check(
      from: from, to: to, amount: amount, names: filter + (network.map { [$0] } ?? []))
    self.from = from
    self.to = to
    self.amount = amount
    self.network = network
    self.filter = filter
  }

  static func check(
    from: String, to: String, amount: Amount, names: [String]
  ) throws(ConsoleError) {
    for name in [from, to] + names where !SafeText.isName(name) {
      throw .unusable("“\(name.prefix(40))” is no name of an asset, network or venue.")
    }
    guard from != to else { throw .unusable("The two assets are the same.") }
    guard amount.isPositive else { throw .unusable("The amount must be more than zero.") }
    guard amount.plainText.utf8.count <= 100 else { throw .unusable("The amount is too long.") }
  }
}

extension ConsoleError {
  /// A request that no server could understand.
  static func unusable(_ reason: String) -> ConsoleError {
    ConsoleError(.usage, code: "invalid-input", reason, hint: Phrase.changeRequestHint.text)
  }
}
