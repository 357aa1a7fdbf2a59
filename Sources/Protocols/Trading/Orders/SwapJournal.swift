/// The durable record of everything that moves money, kept by a higher layer.
///
/// A swap leaves this machine only after `willSend` has returned, so that no crash can hide one. An
/// intent without a later `ended` is an order of unknown outcome: give it to `start(following:)`.
public protocol SwapJournal: Sendable {
  /// Must return only when `intent` is on disk. If it throws, the swap is not sent.
  func willSend(_ intent: SwapIntent) async throws

  /// Keeps what happened afterwards. If it throws, the client warns and goes on: the server's state
  /// can be asked for again.
  func record(_ event: SwapEvent) async throws
}

/// A swap about to be written.
public struct SwapIntent: Sendable, Equatable, Codable {
  /// What is about to be asked for.
  public let request: SwapRequest
  /// What was quoted for it.
  public let expectedOut: Amount
  /// The least that should come in: `expectedOut` less the slippage, rounded down.
  public let minimumOut: Amount
  /// 1, or 2 when the server refused the first writing for its timestamp.
  public let attempt: Int
  /// Wall-clock milliseconds since 1970 of this machine.
  public let preparedAt: Int64
}

/// What became of a swap.
public enum SwapEvent: Sendable, Equatable {
  case ended(ClientOrderID, SwapOutcome)
  /// The server answered a swap that nobody here waits for any more: the order exists.
  case stray(OrderUpdate)
  /// An update about an order of this account.
  case updated(OrderState)
  /// The server has said again and again that it knows no such order; what to do. The order stays
  /// UNKNOWN.
  case lost(ClientOrderID, advice: String)
}

/// An order that was open when the program last ran.
public struct OpenOrder: Sendable, Equatable {
  /// Our own id; nil for an order that was not placed here.
  public var clientOrderId: ClientOrderID?
  /// Nil while the outcome of the swap is unknown.
  public var orderId: String?
  /// What was last known of it.
  public var state: OrderState

  /// An order to take up again.
  public init(clientOrderId: ClientOrderID?, orderId: String?, state: OrderState) {
    self.clientOrderId = clientOrderId
    self.orderId = orderId
    self.state = state
  }
}

/// How an attempt to swap ended. Only `notSent` and `rejected` say that nothing was executed.
public enum SwapOutcome: Sendable, Equatable {
  /// The server took the order.
  case accepted(orderId: String, status: OrderStatus)
  /// The server refused it for its time, again and again; nothing was executed.
  case rejected(TradingError)
  /// Not a byte of it left this machine.
  case notSent(TradingError)
  /// It was written and no answer proves what became of it. Do not repeat it: `reconcile` it.
  case unknown(TradingError)
}
