/// `{"status": …}` of authentication and subscriptions.
struct StatusData: WireReadable {
  let status: String

  init(_ node: JSONNode) throws(WireFlaw) { status = try node.requiredText("status") }
}

/// Balances, as the reply's object or as the push's bare array (seed 001, Get Balances and
/// Balances channel).
package struct BalancesData: WireReadable {
  /// More assets than any account has.
  static let limit = 10_000

  package let balances: [Balance]

  package init(_ node: JSONNode) throws(WireFlaw) {
    let list: [JSONNode]
    switch node {
    case .array(let items): list = items
    case .object:
      guard case .array(let items)? = node["balances"] else { throw WireFlaw(missing: "balances") }
      list = items
    default: throw WireFlaw(missing: "balances")
    }
    var balances: [Balance] = []
    balances.reserveCapacity(min(list.count, BalancesData.limit))
    for item in list.prefix(BalancesData.limit) {
      balances.append(
        Balance(
          asset: try item.requiredText("asset"), total: try item.requiredAmount("total"),
          locked: item.amount("locked") ?? .zero))
    }
    self.balances = balances
  }
}

/// An order's state, in replies to `swap` and `order_status` and in pushes.
struct OrderData: WireReadable {
  let update: OrderUpdate

  init(_ node: JSONNode) throws(WireFlaw) {
    update = OrderUpdate(
      orderId: try node.requiredText("orderId"), clientOrderId: node.text("clientOrderId"),
      status: OrderStatus(serverText: try node.requiredText("status")),
      filledOut: node.amount("filledOut"), txHash: node.hash("txHash"),
      updatedAt: node.integer("updatedAt"))
  }
}

/// An estimate (seed 001, Swap Estimate).
struct EstimateData: WireReadable, Sendable {
  static let stepLimit = 64

  let route: [Quote.Step]
  let price: Amount?
  let expectedOut: Amount
  let fee: Amount?
  let expiresAt: Int64?

  init(_ node: JSONNode) throws(WireFlaw) {
    if case .array(let steps)? = node["route"] {
      route = steps.prefix(EstimateData.stepLimit).map(Quote.Step.init)
    } else {
      route = []
    }
    price = node.amount("price")
    expectedOut = try node.requiredAmount("expectedOut")
    fee = node.amount("fee")
    expiresAt = node.integer("expiresAt")
  }
}

extension EstimateData {
  /// Whether the route begins and ends as asked, as far as it says.
  func mayAnswer(_ request: QuoteRequest) -> Bool {
    let first = route.first?.fromAsset ?? request.from
    let last = route.last?.toAsset ?? request.to
    let starts = route.filter { $0.fromAsset == request.from }.compactMap(\.amountIn)
    let amount = starts.isEmpty ? request.amount : starts.reduce(.zero, +)
    return first == request.from && last == request.to && amount == request.amount
  }
}

extension Quote.Step {
  fileprivate init(_ node: JSONNode) {
    self.init(
      fromAsset: node.text("from_asset"), toAsset: node.text("to_asset"),
      amountIn: node.amount("amount_in"), amountOut: node.amount("amount_out"),
      place: node.text("exchange") ?? node.text("pool"))
  }
}
