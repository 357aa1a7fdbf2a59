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
