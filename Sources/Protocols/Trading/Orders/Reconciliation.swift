/// What looking for an order of unknown outcome found.
public enum Reconciliation: Sendable, Equatable {
  /// The server knows it; it is followed from now on.
  case found(OrderState)
  /// Still unknown after `notFound` answers that say so. That proves nothing: the order stays
  /// UNKNOWN until a person decides.
  case unresolved(notFound: Int, advice: String)
}

extension Reconciliation {
  /// Questions before giving up, and the pause between two: three over thirty seconds.
  public static let attempts = 3
  static let pause: Duration = .seconds(15)

  /// What to do about an order that was left behind without an answer.
  public static let unresolvedAdvice =
    "It was sent, or was about to be, when the program ended. The server is being asked for it."

  static func advice(notFound: Int) -> String {
    switch notFound {
    case 0: "The server could not be asked. Try again when the connection is up."
    case ..<attempts: "The server does not know it so far. Ask again in a while."
    default: "The server says it has no such order. Compare the balances before swapping again."
    }
  }
}
