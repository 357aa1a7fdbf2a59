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

/// The search for an order whose swap ended without an answer: what the server said so far, and when
/// to ask it again.
struct OrderSearch: Sendable {
  /// How many answers of "no such order", over how long, count: one may come before the order is
  /// stored over there.
  static let proof = (answers: 3, span: Duration.seconds(30))
  private static let pauses: [Duration] = [5, 10, 15, 15, 30, 60].map { .seconds($0) }
  private static let longestPause: Duration = .seconds(120)

  /// The order as far as it is known.
  var state: OrderState
  /// When to ask next, on the uptime clock.
  private(set) var next: Duration
  /// Whether the server does not know it, as far as that can be proved.
  private(set) var isLost = false
  private var questions = 0
  private var denials = 0
  private var firstDenial: Duration?

  init(_ state: OrderState, now: Duration) {
    self.state = state
    next = now
  }

  /// A question was put, whatever came of it.
  mutating func asked(at now: Duration) {
    next = now + (questions < Self.pauses.count ? Self.pauses[questions] : Self.longestPause)
    questions += 1
  }

  /// The server said that it knows no such order. True if that makes the order lost, once.
  mutating func denied(at now: Duration) -> Bool {
    denials += 1
    let first = firstDenial ?? now
    firstDenial = first
    guard !isLost, denials >= Self.proof.answers, now - first >= Self.proof.span else {
      return false
    }
    isLost = true
    return true
  }
}
