import Cryptography
import Domain
import Storage

// Lines about money: see `Lines.swift` for what holds of all of them.

/// One balance of `tercet balances`.
package struct BalanceOutput: Codable, Sendable, Equatable {
  /// `ETH`, as the server spells it.
  package var asset: String
  /// Everything that is held; empty, as the others are, while watching an asset of which nothing that
  /// could be read was ever told.
  package var total: String
  /// What open orders have set aside.
  package var locked: String
  /// Total minus locked, exactly.
  package var available: String
  /// When the server told.
  package var at: Int64
  /// True where what the server said last cannot be read, so that these amounts are older; left out
  /// elsewhere.
  package var unreadable: Bool?
}

/// The answer of `tercet estimate`.
package struct QuoteOutput: Codable, Sendable, Equatable {
  /// One exchange of the way from the one asset to the other.
  package struct Step: Codable, Sendable, Equatable {
    /// The asset that goes in; empty when the server does not tell.
    package var from: String
    /// The asset that comes out; empty likewise.
    package var to: String
    /// How much goes in.
    @OrNull package var amountIn: String?
    /// How much comes out.
    @OrNull package var amountOut: String?
    /// The name of the exchange or the address of the pool.
    @OrNull package var venue: String?

    package init(
      from: String,
      to: String,
      amountIn: String? = nil,
      amountOut: String? = nil,
      venue: String? = nil
    ) {
      self.from = from
      self.to = to
      self.amountIn = amountIn
      self.amountOut = amountOut
      self.venue = venue
    }
  }

  /// The asset paid with.
  package var from: String
  /// The asset received.
  package var to: String
  /// How much of `from` is paid.
  package var amount: String
  /// How much of `to` is received if the price holds.
  package var expectedOut: String
  /// Of one unit paid; null when the server does not tell.
  @OrNull package var price: String?
  /// As the server wrote it, which leaves its unit open.
  @OrNull package var fee: String?
  /// By the server's clock; null when it gave no usable time.
  @OrNull package var expiresAt: Int64?
  /// In the order of the exchanges; empty when the server does not tell.
  package var route: [Step]
  /// What cannot be right in it, in sentences; left out where nothing is odd.
  package var warnings: [String]?
}

/// The answer of `tercet swap`.
package struct SwapOutput: Codable, Sendable, Equatable {
  /// Our name for the order, which every later question about it takes.
  package var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull package var orderId: String?
  /// The server's word, or `NOT_SENT`, `REJECTED`, `UNKNOWN`.
  package var status: String
  /// How much was received; null until the server tells.
  @OrNull package var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull package var txHash: String?
}

/// One order of `tercet orders`.
package struct OrderOutput: Codable, Sendable, Equatable {
  /// Our name for the order.
  package var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull package var orderId: String?
  /// As in `SwapOutput`.
  package var status: String
  /// The asset paid with.
  package var from: String
  /// The asset received.
  package var to: String
  /// How much of `from` is paid.
  package var amount: String
  /// How much of `to` was received; null until the server tells.
  @OrNull package var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull package var txHash: String?
  /// The server's time of the newest news about the order.
  @OrNull package var updatedAt: Int64?
  /// When it was placed.
  package var at: Int64
  /// How much of `to` the confirmed quote promised.
  @OrNull package var expectedOut: String?
  /// The least that was confirmed.
  @OrNull package var minimumOut: String?
  /// Why it was rejected or is unknown.
  @OrNull package var reason: String?

  package init(
    clientOrderId: String,
    orderId: String? = nil,
    status: String,
    from: String,
    to: String,
    amount: String,
    filledOut: String? = nil,
    txHash: String? = nil,
    updatedAt: Int64? = nil,
    at: Int64,
    expectedOut: String? = nil,
    minimumOut: String? = nil,
    reason: String? = nil
  ) {
    self.clientOrderId = clientOrderId
    self.orderId = orderId
    self.status = status
    self.from = from
    self.to = to
    self.amount = amount
    self.filledOut = filledOut
    self.txHash = txHash
    self.updatedAt = updatedAt
    self.at = at
    self.expectedOut = expectedOut
    self.minimumOut = minimumOut
    self.reason = reason
  }
}
