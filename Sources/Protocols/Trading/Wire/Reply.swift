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
    do throws(WireFlaw) {
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
    throw .refused(Refusal(text: status), text: status)
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
