import Phrases

/// An answer to a `QuoteRequest`: information, never a promise (seed 001, Swap Estimate).
public struct Quote: Sendable, Equatable {
  /// One leg of the route.
  public struct Step: Sendable, Equatable, Codable {
    /// The asset given in this leg.
    public var fromAsset: String?
    /// The asset got in this leg.
    public var toAsset: String?
    /// How much is given.
    public var amountIn: Amount?
    /// How much comes out.
    public var amountOut: Amount?
    /// A pool's address or a venue's name.
    public var place: String?

    package init(
      fromAsset: String? = nil, toAsset: String? = nil, amountIn: Amount? = nil,
      amountOut: Amount? = nil, place: String? = nil
    ) {
      self.fromAsset = fromAsset
      self.toAsset = toAsset
      self.amountIn = amountIn
      self.amountOut = amountOut
      self.place = place
    }
  }

  /// What was asked.
  public let request: QuoteRequest
  /// The legs from one asset to the other, in order; may be empty.
  public let route: [Step]
  /// `to` per one `from`.
  public let price: Amount?
  /// How much of `to` the swap should bring in.
  public let expectedOut: Amount
  /// As the server gives it; its unit is written nowhere.
  public let fee: Amount?
  /// Server milliseconds since 1970, as given.
  public let expiresAt: Int64?
  /// When the answer came: our estimate of the server's clock, milliseconds since 1970.
  public let receivedAt: Int64
  /// The same moment on the uptime clock, which no correction moves.
  public let receivedUptime: Duration
  /// How long the quote may be acted upon, see `Quote.lifetime(expiresAt:receivedAt:)`.
  public let lifetime: Duration
  /// What does not add up in it.
  public let warnings: [Warning]

  package init(
    request: QuoteRequest, route: [Step], price: Amount?, expectedOut: Amount, fee: Amount?,
    expiresAt: Int64?, receivedAt: Int64, receivedUptime: Duration, lifetime: Duration,
    warnings: [Warning]
  ) {
    self.request = request
    self.route = route
    self.price = price
    self.expectedOut = expectedOut
    self.fee = fee
    self.expiresAt = expiresAt
    self.receivedAt = receivedAt
    self.receivedUptime = receivedUptime
    self.lifetime = lifetime
    self.warnings = warnings
  }

  /// Longest life of a quote, whatever the server says.
  public static let longestLifetime: Duration = .seconds(10)
  /// Life of a quote that came without a usable expiry.
  public static let defaultLifetime: Duration = .seconds(5)

  /// How long the quote is still valid at `uptime`; zero when it is stale.
  public func remaining(at uptime: Duration) -> Duration {
    max(.zero, receivedUptime + lifetime - uptime)
  }

  /// `expectedOut` less the slippage, rounded down: what a fill must reach.
  public func minimumOut(slippageBps: Int) -> Amount {
    expectedOut.reduced(byBasisPoints: slippageBps)
  }

  /// Something about a quote that a person should see before acting on it.
  public enum Warning: Sendable, Equatable, Codable {
    /// No expiry, or one that was over on arrival: five seconds are assumed.
    case noValidity
    /// The expiry has ten digits: seconds instead of milliseconds, and not believed.
    case expiryInSeconds
    /// `price × amount` is more than 1 % away from `expectedOut`.
    case priceMismatch(product: Amount)
    /// The legs of the route do not join, or do not end in `expectedOut`.
    case routeMismatch
    /// The price or the fee is no number that it can be, such as one below zero; it is left out.
    case impossible(name: String, text: String)
    /// The quote is for one network, and a swap cannot ask for one.
    case networkNotBinding(String)

    /// What is odd, in a sentence.
    public var message: String {
      switch self {
      case .noValidity: "The server gave no time limit; the quote is kept for 5 seconds."
      case .expiryInSeconds: "The server's time limit is in another unit; kept for 5 seconds."
      case .priceMismatch(let product): "Price times amount gives \(product), not this result."
      case .routeMismatch: "The steps of the route do not add up."
      case .impossible(let name, let text):
        "The server's \(name) of “\(text.prefix(40))” cannot be right; it is not shown."
      case .networkNotBinding(let name): "The swap may use another network than \(name)."
      }
    }
  }
}

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
  ) throws(UserError) {
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
  ) throws(UserError) {
    for name in [from, to] + names where !SafeText.isName(name) {
      throw .unusable("“\(name.prefix(40))” is no name of an asset, network or venue.")
    }
    guard from != to else { throw .unusable("The two assets are the same.") }
    guard amount.isPositive else { throw .unusable("The amount must be more than zero.") }
    guard amount.plainText.utf8.count <= 100 else { throw .unusable("The amount is too long.") }
  }
}

extension UserError {
  /// A request that no server could understand.
  static func unusable(_ reason: String) -> UserError {
    UserError(.usage, code: "invalid-input", reason, hint: Phrase.changeRequestHint.text)
  }
}
