import Domain

/// Something that can be asked of the server (seed 001, Authentication to Get Balances).
package enum Operation: Sendable, Equatable {
  case auth
  case subscribe(Channel)
  case unsubscribe(Channel)
  case balances
  case estimate(QuoteRequest)
  case swap(SwapRequest)
  case orderStatus(id: String)

  /// The `op` of the message, and the last part of the path that is signed.
  var name: String {
    switch self {
    case .auth: "auth"
    case .subscribe: "subscribe"
    case .unsubscribe: "unsubscribe"
    case .balances: "balances"
    case .estimate: "estimate"
    case .swap: "swap"
    case .orderStatus: "order_status"
    }
  }

  /// Lower goes first.
  var priority: Int {
    switch self {
    case .auth: 0
    case .swap: 1
    case .orderStatus: 2
    case .subscribe, .unsubscribe: 3
    case .balances: 4
    case .estimate: 5
    }
  }

  var channel: Channel? {
    switch self {
    case .subscribe(let channel), .unsubscribe(let channel): channel
    default: nil
    }
  }

  /// Whether asking again changes nothing on the server.
  var isRepeatable: Bool { name != "swap" }
}

/// A stream of updates (seed 001, Available Channels).
package enum Channel: Sendable, Hashable {
  case balances
  case order(String)

  private static let orderPrefix = "orders:"

  init?(name: String) {
    if name == "balances" {
      self = .balances
    } else if name.hasPrefix(Channel.orderPrefix) {
      self = .order(String(name.dropFirst(Channel.orderPrefix.count)))
    } else {
      return nil
    }
  }

  var name: String {
    switch self {
    case .balances: "balances"
    case .order(let id): Channel.orderPrefix + id
    }
  }
}
