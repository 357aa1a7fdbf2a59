/// One swap on its way through the exchange.
struct Order: Sendable {
  enum Status: String, Sendable, Encodable {
    case pending = "PENDING"
    case processing = "PROCESSING"
    case filled = "FILLED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
  }

  let id: String
  let clientOrderID: String?
  let from: String
  let to: String
  let amount: Amount
  /// What the buyer gets if the order fills.
  let output: Amount
  /// Where the order will end; decided when it is taken, so that a run can be repeated.
  let outcome: Status
  let transaction: String
  var status = Status.pending
  /// Wall-clock milliseconds of the server.
  var updatedAt: Int64

  /// The order as `order_status` answers it and `orders:<id>` tells it.
  var report: Report {
    Report(
      orderId: id, status: status, filledOut: status == .filled ? output : nil,
      txHash: status == .filled ? transaction : nil, updatedAt: updatedAt)
  }

  struct Report: Sendable, Encodable {
    let orderId: String
    let status: Status
    let filledOut: Amount?
    let txHash: String?
    let updatedAt: Int64
  }
}

/// The orders of an account, found by either name.
struct OrderBook: Sendable {
  private var orders: [String: Order] = [:]
  private var idByClientOrderID: [String: String] = [:]

  var count: Int { orders.count }

  /// The order with this id or client order id.
  subscript(name: String) -> Order? { orders[name] ?? order(clientOrderID: name) }

  func order(clientOrderID: String) -> Order? {
    idByClientOrderID[clientOrderID].flatMap { orders[$0] }
  }

  mutating func store(_ order: Order) {
    orders[order.id] = order
    if let name = order.clientOrderID { idByClientOrderID[name] = order.id }
  }
}
