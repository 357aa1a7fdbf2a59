/// One swap order. Amounts are exact decimal text, as typed or as the server wrote them.
package struct OrderRecord: Sendable, Equatable, Identifiable {
  /// The statuses after which nothing more is expected; any other word means the order is open.
  package static let finalStatuses: Set = ["FILLED", "FAILED", "CANCELLED", "REJECTED", "NOT_SENT"]

  /// Chosen here, unique, and written down before anything is sent.
  package var clientOrderId: String
  /// The server's id, opaque; nil until it has said one.
  package var orderId: String?
  /// The server's word in upper case, or `SUBMITTING`, `NOT_SENT`, `REJECTED`, `UNKNOWN`.
  package var status: String
  /// The asset that is sold.
  package var from: String
  /// The asset that is bought.
  package var to: String
  /// How much of `from`.
  package var amount: String
  /// Hundredths of a per cent, 0 ... 10000.
  package var slippageBps: Int
  /// The venues the order is restricted to; empty for any.
  package var filter: [String]
  /// How much of `to` the quote promised.
  package var expectedOut: String?
  /// How much of `to` for one of `from`, by the quote.
  package var price: String?
  /// How much of `to` has come, by the server.
  package var filledOut: String?
  /// The transaction on the chain, opaque.
  package var txHash: String?
  /// Why it is REJECTED or UNKNOWN, in words.
  package var reason: String?
  /// Wall-clock milliseconds of this machine.
  package var createdAt: Int64
  /// The server's time of the last state, in milliseconds; nil before it has said one.
  package var updatedAt: Int64?

  /// The `clientOrderId`.
  package var id: String { clientOrderId }
  /// Whether more is expected of it.
  package var isOpen: Bool { OrderRecord.isOpen(status) }

  /// Whether more is expected of an order with this status.
  package static func isOpen(_ status: String) -> Bool { !finalStatuses.contains(status) }

  /// An order with these fields.
  package init(
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
