/// A reply, decoded for the operation that it answers.
enum Reply: Sendable {
  /// `auth`, `subscribe` and `unsubscribe`: done.
  case done
  case balances([Balance])
  case estimate(EstimateData)
  /// `swap` and `order_status`.
  case order(OrderUpdate)

  /// Throws `TradingError`: `.unreadable` for data of another form, `.refused` for an
  /// acknowledgement that says something else than what was asked.
  init(to operation: Operation, _ data: FrameData) throws(TradingError) {
    do {
      switch operation {
      case .auth: self = try Reply.acknowledged(data, as: "authenticated")
      case .subscribe: self = try Reply.acknowledged(data, as: "subscribed")
      case .unsubscribe: self = try Reply.acknowledged(data, as: "unsubscribed")
      case .balances: self = .balances(try data.decode(BalancesData.self).balances)
      case .estimate: self = .estimate(try data.decode(EstimateData.self))
      case .swap, .orderStatus: self = .order(try data.decode(OrderData.self).update)
      }
    } catch let error as TradingError {
      throw error
    } catch {
      throw .unreadable(operation: operation.name, error.shortReason)
    }
  }

  private static func acknowledged(_ data: FrameData, as expected: String) throws -> Reply {
    let status = try data.decode(StatusData.self).status
    guard status.lowercased() == expected else {
      throw TradingError.refused(Refusal(text: status), text: status)
    }
    return .done
  }
}

extension Error {
  /// The decoder's reason without its context.
  var shortReason: String {
    switch self as? DecodingError {
    case .dataCorrupted(let context), .keyNotFound(_, let context),
      .typeMismatch(_, let context), .valueNotFound(_, let context):
      context.debugDescription
    default: "an unknown form"
    }
  }
}
