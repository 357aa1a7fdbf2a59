import Domain
import JSON

/// A reply, decoded for the operation that it answers.
enum Reply: Sendable {
  /// `auth`, `subscribe` and `unsubscribe`: done.
  case done
  case balances(BalancesData)
  case estimate(EstimateData)
  /// `swap` and `order_status`.
  case order(OrderUpdate)

  /// Throws `TradingError`: `.unreadable` for data of another form, `.refused` for an
  /// acknowledgement that says something else than what was asked.
  init(to operation: Operation, _ data: FrameData) throws(TradingError) {
    let status: String
    do throws(DecodingFailure) {
      switch operation {
      case .auth, .subscribe, .unsubscribe: self = .done
      case .balances: self = .balances(try data.decode(BalancesData.self))
      case .estimate: self = .estimate(try data.decode(EstimateData.self))
      case .swap, .orderStatus: self = .order(try data.decode(OrderData.self).update)
      }
      guard let expected = operation.acknowledgement else { return }
      status = try data.decode(StatusData.self).status
      if status.lowercased() == expected { return }
    } catch {
      throw .unreadable(operation: operation.name, error.reason)
    }
    throw .refused(TradingRefusal(text: status), text: status)
  }
}

extension Operation {
  /// The status that says it was done.
  fileprivate var acknowledgement: String? {
    switch self {
    case .auth: "authenticated"
    case .subscribe: "subscribed"
    case .unsubscribe: "unsubscribed"
    default: nil
    }
  }
}

/// `{"status": …}` of authentication and subscriptions.
struct StatusData: WireReadable {
  let status: String

  init(_ value: TreeValue) throws(DecodingFailure) { status = try value.requiredText("status") }
}

/// Balances, as the reply's object or as the push's bare array (seed 001, Get Balances and
/// Balances channel). One row that cannot be read does not take the others with it.
package struct BalancesData: WireReadable, Sendable {
  /// Assets that are kept: more than any account has, and few enough to be listed and stored at once.
  static let limit = 2000

  /// The rows that could be read.
  package let balances: [Balance]
  /// The assets of those that could not; empty text where not even that.
  package let unreadable: [String]
  /// Whether there were more rows than are read.
  let isCut: Bool

  package init(_ value: TreeValue) throws(DecodingFailure) {
    guard var items = value.elements ?? value["balances"]?.elements else {
      throw DecodingFailure(missing: "balances")
    }
    var balances: [Balance] = []
    var unreadable: [String] = []
    balances.reserveCapacity(min(items.count, BalancesData.limit))
    while balances.count + unreadable.count < BalancesData.limit, let item = items.next() {
      let asset = item.text("asset")
      // What is locked may be left out; what is there must be readable.
      let locked: Amount? = if let told = item["locked"] { told.quantity } else { .zero }
      if let asset, let total = item.quantity("total"), let locked {
        balances.append(Balance(asset: asset, total: total, locked: locked))
      } else {
        unreadable.append(asset ?? "")
      }
    }
    self.balances = balances
    self.unreadable = unreadable
    isCut = items.next() != nil
  }
}

/// An order's state, in replies to `swap` and `order_status` and in pushes.
struct OrderData: WireReadable {
  private(set) var update: OrderUpdate

  init(_ value: TreeValue) throws(DecodingFailure) {
    let word = try value.requiredText("status")
    update = OrderUpdate(
      orderId: try value.requiredText("orderId"), clientOrderId: value.text("clientOrderId"),
      status: OrderStatus(serverText: word), filledOut: value.quantity("filledOut"),
      txHash: value.hash("txHash"), updatedAt: value.moment("updatedAt"),
      reason: value.words("reason") ?? value.words("error") ?? value.words("errorMessage")
        ?? value.words("message") ?? value.words("rejectReason") ?? value.words("failureReason"))
    if update.reason == nil, let name = OrderStatus.unusualEnd(word) {
      update.reason = "The server says \(name)."
    }
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
  /// What cannot be what it says it is.
  let impossible: [Quote.Warning]

  init(_ value: TreeValue) throws(DecodingFailure) {
    let steps = value["route"]?.elements
    route = steps?.prefix(EstimateData.stepLimit).map(Quote.Step.init) ?? []
    price = value.amount("price").flatMap { $0.isPositive ? $0 : nil }
    expectedOut = try value.requiredQuantity("expectedOut")
    fee = value.quantity("fee")
    let told = [("price", value.text("price"), self.price), ("fee", value.text("fee"), self.fee)]
    impossible = told.compactMap { name, text, amount in
      amount == nil ? text.map { .impossible(name: name, text: $0) } : nil
    }
    expiresAt = value.moment("expiresAt")
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
  fileprivate init(_ value: TreeValue) {
    self.init(
      fromAsset: value.text("from_asset"), toAsset: value.text("to_asset"),
      amountIn: value.quantity("amount_in"), amountOut: value.quantity("amount_out"),
      place: value.text("exchange") ?? value.text("pool"))
  }
}
