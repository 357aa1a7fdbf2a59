/// One swap on its way through the exchange.
struct Order: Sendable, Codable {
  enum Status: String, Sendable, Codable {
    case pending = "PENDING"
    case processing = "PROCESSING"
    /// Not in the document, but in the vendor's libraries.
    case partial = "PARTIAL"
    case filled = "FILLED"
    case failed = "FAILED"
    case cancelled = "CANCELLED"
  }

  /// How an order goes, beyond the usual.
  struct Course: Sendable, Codable {
    /// Where it ends; nil for what chance says.
    var outcome: Status?
    /// Half of it is filled first.
    var isPartial = false
    /// It never ends.
    var isStuck = false
    /// Once it has failed or was cancelled it is filled after all.
    var revives = false
    /// Told instead of PROCESSING.
    var oddWord: String?
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
  let course: Course
  let transaction: String
  var status = Status.pending
  /// What has come in so far.
  var filled: Amount?
  /// Wall-clock milliseconds of the server.
  var updatedAt: Int64

  /// The next status; nil at the end.
  var next: Status? {
    switch status {
    case .pending: .processing
    case .processing: course.isStuck ? nil : course.isPartial ? .partial : outcome
    case .partial: outcome
    case .failed, .cancelled: course.revives ? .filled : nil
    case .filled: nil
    }
  }

  /// The order as `order_status` answers it and `orders:<id>` tells it.
  func report(in dialect: TradingDialect) -> Report {
    let word = status == .processing ? course.oddWord : nil
    return Report(
      orderId: id, status: word ?? dialect.word(for: status), filledOut: filled,
      txHash: filled == nil ? nil : transaction, updatedAt: updatedAt)
  }

  struct Report: Sendable, Encodable {
    let orderId: String
    let status: String
    let filledOut: Amount?
    let txHash: String?
    let updatedAt: Int64
  }
}

/// The orders of an account, found by either name.
struct PlacedOrders: Sendable {
  private var orders: [String: Order] = [:]
  private var idByClientOrderID: [String: String] = [:]

  var count: Int { orders.count }

  /// Those that are still on their way.
  var unfinished: [Order] { orders.values.filter { $0.next != nil }.sorted { $0.id < $1.id } }

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
