/// One swap order. Amounts are exact decimal text, as typed or as the server wrote them.
public struct OrderRecord: Sendable, Equatable, Identifiable {
  /// The statuses after which nothing more is expected; any other word means the order is open.
  public static let finalStatuses: Set = ["FILLED", "FAILED", "CANCELLED", "REJECTED", "NOT_SENT"]

  /// Chosen here, unique, and written down before anything is sent.
  public var clientOrderId: String
  /// The server's id, opaque; nil until it has said one.
  public var orderId: String?
  /// The server's word in upper case, or `SUBMITTING`, `NOT_SENT`, `REJECTED`, `UNKNOWN`.
  public var status: String
  /// The asset that is sold.
  public var from: String
  /// The asset that is bought.
  public var to: String
  /// How much of `from`.
  public var amount: String
  /// Hundredths of a per cent, 0 ... 10000.
  public var slippageBps: Int
  /// The venues the order is restricted to; empty for any.
  public var filter: [String]
  /// How much of `to` the quote promised.
  public var expectedOut: String?
  /// How much of `to` for one of `from`, by the quote.
  public var price: String?
  /// How much of `to` has come, by the server.
  public var filledOut: String?
  /// The transaction on the chain, opaque.
  public var txHash: String?
  /// Why it is REJECTED or UNKNOWN, in words.
  public var reason: String?
  /// Wall-clock milliseconds of this machine.
  public var createdAt: Int64
  /// The server's time of the last state, in milliseconds; nil before it has said one.
  public var updatedAt: Int64?

  /// The `clientOrderId`.
  public var id: String { clientOrderId }
  /// Whether more is expected of it.
  public var isOpen: Bool { !OrderRecord.finalStatuses.contains(status) }

  /// An order with these fields.
  public init(
    clientOrderId: String, orderId: String? = nil, status: String, from: String, to: String,
    amount: String, slippageBps: Int, filter: [String] = [], expectedOut: String? = nil,
    price: String? = nil, filledOut: String? = nil, txHash: String? = nil, reason: String? = nil,
    createdAt: Int64, updatedAt: Int64? = nil
  ) {
    self.clientOrderId = clientOrderId
    self.orderId = orderId
    self.status = status
    self.from = from
    self.to = to
    self.amount = amount
    self.slippageBps = slippageBps
    self.filter = filter
    self.expectedOut = expectedOut
    self.price = price
    self.filledOut = filledOut
    self.txHash = txHash
    self.reason = reason
    self.createdAt = createdAt
    self.updatedAt = updatedAt
  }
}
