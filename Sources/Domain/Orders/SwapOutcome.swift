/// How an attempt to swap ended. Only `notSent` and `rejected` say that nothing was executed.
///
/// - Parameter Reason: in whose terms it is said why.
public enum SwapOutcome<Reason: Error & Equatable>: Sendable, Equatable {
  /// The server took the order.
  case accepted(orderId: String, status: OrderStatus)
  /// The server refused it for its time, again and again; nothing was executed.
  case rejected(Reason)
  /// Not a byte of it left this machine.
  case notSent(Reason)
  /// It was written and no answer proves what became of it. Do not repeat it: `reconcile` it.
  case unknown(Reason)

  /// The same in other terms.
  package func explained<Other>(
    _ explain: (Reason) -> Other
  ) -> SwapOutcome<Other> where Other: Error & Equatable {
    switch self {
    case .accepted(let orderId, let status): .accepted(orderId: orderId, status: status)
    case .rejected(let reason): .rejected(explain(reason))
    case .notSent(let reason): .notSent(explain(reason))
    case .unknown(let reason): .unknown(explain(reason))
    }
  }
}
