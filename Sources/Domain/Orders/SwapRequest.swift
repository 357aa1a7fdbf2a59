/// An order to exchange one asset for another at the market (seed 001, Execute Swap).
///
/// The server binds it to no quote: the slippage is its only protection.
public struct SwapRequest: Sendable, Equatable, Codable {
  /// The asset to give.
  public let from: String
  /// The asset to get.
  public let to: String
  /// How much of `from` to give.
  public let amount: Amount
  /// The worst acceptable outcome, in hundredths of a percent: 0 to 10 000.
  public let slippageBps: Int
  /// Our own id of the order, never used before.
  public let clientOrderId: ClientOrderID
  /// Venues to use (`binance`, `gate`…); empty for all. The same as in the quote.
  public let filter: [String]

  /// Throws `invalid-input` for names outside `[A-Za-z0-9_.:-]`, equal assets, an amount
  /// that is not above zero, or a slippage out of bounds.
  public init(
    from: String, to: String, amount: Amount, slippageBps: Int, clientOrderId: ClientOrderID,
    filter: [String] = []
  ) throws(UserError) {
    try QuoteRequest.check(from: from, to: to, amount: amount, names: filter)
    guard (0...10_000).contains(slippageBps) else {
      throw .unusable("The slippage must lie between 0 and 10000 basis points.")
    }
    self.from = from
    self.to = to
    self.amount = amount
    self.slippageBps = slippageBps
    self.clientOrderId = clientOrderId
    self.filter = filter
  }

  /// The swap that a quote was given for, with the price protection that was chosen.
  ///
  /// - Parameter slippageBps: 0 to 10,000.
  package init(
    accepting quote: Quote, slippageBps: Int, clientOrderId: ClientOrderID
  ) throws(UserError) {
    let asked = quote.request
    try self.init(
      from: asked.from, to: asked.to, amount: asked.amount, slippageBps: slippageBps,
      clientOrderId: clientOrderId, filter: asked.filter)
  }
}
