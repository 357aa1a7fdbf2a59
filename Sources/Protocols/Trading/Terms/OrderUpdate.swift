import Domain

/// What the server says about one order, in a push, an `order_status` reply or a swap's reply
/// (seed 001, Order Status).
public struct OrderUpdate: Sendable, Equatable, Codable {
  /// The server's id: opaque text.
  public var orderId: String
  /// Our own id, where the server repeats it.
  public var clientOrderId: String?
  /// Where it stands.
  public var status: OrderStatus
  /// How much of the bought asset has come in so far.
  public var filledOut: Amount?
  /// The transaction's hash, of no fixed length.
  public var txHash: String?
  /// Server milliseconds since 1970; a swap's reply has none.
  public var updatedAt: Int64?
  /// Why it ended as it did, in the server's words.
  public var reason: String?

  /// An update with these fields.
  public init(
    orderId: String, clientOrderId: String? = nil, status: OrderStatus, filledOut: Amount? = nil,
    txHash: String? = nil, updatedAt: Int64? = nil, reason: String? = nil
  ) {
    self.orderId = orderId
    self.clientOrderId = clientOrderId
    self.status = status
    self.filledOut = filledOut
    self.txHash = txHash
    self.updatedAt = updatedAt
    self.reason = reason
  }
}
