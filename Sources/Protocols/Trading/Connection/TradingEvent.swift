import Clocks
import Domain
import Transport

/// What the trading client tells, in the order it happened.
public enum TradingEvent: Sendable, Equatable {
  case state(LinkState)
  case balances(BalancesUpdate)
  /// An order moved; `via` says how it was learned.
  case order(OrderState, via: OrderSource)
  /// The server's clock minus ours, newly measured and corrected for.
  case skew(Duration)
  case meter(Meter)
  /// The server accepts this spoken of speaking and not the configured one: worth remembering for the
  /// host.
  case dialect(SpokenDialect)
  case warning(TradingWarning)
}

/// Whether the client can trade.
public enum LinkState: Sendable, Equatable {
  case off
  /// Dialling, authenticating, or catching up with balances and open orders.
  case connecting
  /// Everything is known; swaps are possible.
  case online
  /// The connection was lost; the next try starts after the given time.
  case waiting(Duration, TradingError)
  /// Given up: a person has to change something first.
  case stopped(TradingError)
}

/// How an update of an order came.
public enum OrderSource: Sendable, Equatable { case push, status, swap }

/// Every balance known, sorted by asset.
public struct BalancesUpdate: Sendable, Equatable {
  /// Sorted by asset.
  public var balances: [Balance]
  /// A complete answer, as opposed to a push that was merged into the former ones.
  public var isSnapshot: Bool
  /// Our estimate of the server's clock, milliseconds since 1970.
  public var receivedAt: Int64
  /// When each was last told, in wall-clock milliseconds of this machine, in the same order.
  public var moments: [Int64] = []
  /// Assets whose newest row could not be read: what is kept of them is older.
  public var unreadable: Set<String> = []
}

/// The liveliness of the connections, for a status line.
public struct Meter: Sendable, Equatable {
  /// Messages written within the last second, over all connections.
  public var messagesPerSecond = 0
  /// Channels subscribed to, of at most 50.
  public var subscriptions = 0
  /// Open orders beyond the channels, watched by asking.
  public var polledOrders = 0
  /// How often a lost connection was opened again.
  public var reconnects = 0
  /// Round trip of the newest ping.
  public var roundTrip: Duration?

  /// Nothing has happened yet.
  public init() {}
}

/// Something odd that stops nothing.
public enum TradingWarning: Sendable, Equatable {
  /// This machine's clock is far off; it is corrected for here, but should be set right.
  case clockOff(Duration)
  /// An error that answers nothing we asked.
  case serverError(String)
  /// A reply to something we did not ask, of that operation.
  case strayReply(String)
  /// The server took a swap that nobody here waits for: the order is followed.
  case straySwap(orderId: String)
  /// A message that cannot be read; why.
  case unreadable(String)
  /// Rows of the balances that cannot be read, by asset; empty text where not even that.
  case unreadableBalances([String])
  /// The server names more assets than are kept.
  case tooManyAssets(limit: Int)
  case orderAnomaly(orderId: String, OrderState.Anomaly)
  /// An order that was over is filled after all.
  case orderRevived(orderId: String)
  case filledBelowMinimum(orderId: String, filled: Amount, minimum: Amount)
  /// A swap went without an answer, and the server has said for half a minute and three times at
  /// least that it knows no such order. It stays UNKNOWN and is asked for now and then.
  case orderLost(ClientOrderID)
  /// The journal could not be written after a swap.
  case journal(String)

  /// What happened, in a sentence.
  public var message: String {
    switch self {
    case .clockOff(let skew):
      "This machine's clock is \(abs(skew.milliseconds) / 1000) seconds off; corrected for here."
    case .serverError(let text): "The server reports: \(text)"
    case .strayReply(let operation): "The server answered a \(operation) that nobody asked."
    case .straySwap(let id): "The server took a swap that was given up (order \(id))."
    case .unreadable(let reason): "A message of the server cannot be read: \(reason)"
    case .unreadableBalances(let assets):
      "The server's amounts of \(TradingWarning.list(assets)) cannot be read; the last ones are shown."
    case .tooManyAssets(let limit):
      "The server names more than \(limit) assets; only the first \(limit) of them are shown."
    case .orderAnomaly(let id, let anomaly): "Order \(id): \(anomaly.message)"
    case .orderRevived(let id): "Order \(id) was over and is filled after all."
    case .filledBelowMinimum(let id, let filled, let minimum):
      "Order \(id) brought in \(filled), less than the confirmed minimum \(minimum)."
    case .orderLost(let id):
      "The server knows nothing of order \(id). Compare the balances before swapping again."
    case .journal(let text): "The journal of swaps cannot be written: \(text)"
    }
  }

  /// At most five names, and what has none.
  private static func list(_ assets: [String]) -> String {
    let names = assets.prefix(5).map { $0.isEmpty ? "something without a name" : $0.cut(to: 20) }
    return names.joined(separator: ", ") + (assets.count > 5 ? " and others" : "")
  }
}
