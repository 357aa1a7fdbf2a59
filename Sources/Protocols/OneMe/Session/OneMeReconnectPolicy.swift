import Cryptography

/// How long to wait before connecting again: longer each time, never at the same moment as
/// everybody else, and within what servers allow in logins (MAX protocol notes §0, 11 and §2.4).
public struct OneMeReconnectPolicy {
  static let steps: [Duration] = [1, 2, 5, 10, 15, 30].map { .seconds($0) }
  /// A connection that held this long puts the next wait back to the first step.
  static let settled: Duration = .seconds(60)
  /// After a refusal for which there is no better advice.
  static let refused: Duration = .seconds(60)
  static let flood: Duration = .seconds(15 * 60)
  /// Tokens were seen revoked after 30 to 50 logins "in a short time": stay well below.
  public static let loginLimit = 15
  /// Within which those are counted.
  public static let loginWindow: Duration = .seconds(30 * 60)

  private let random: any RandomSource
  private var step = 0
  private var logins: [Duration] = []

  /// - Parameter random: Spreads the waits.
  init(random: any RandomSource) { self.random = random }

  /// Remembers a login at `now` on the uptime clock.
  mutating func noteLogin(at now: Duration) {
    logins.append(now)
    logins.removeFirst(max(0, logins.count - Self.loginLimit))
  }

  /// The wait after a connection that ended with `error` and had been logged in for `online`.
  mutating func delay(
    after error: OneMeError, online: Duration?, at now: Duration
  ) -> Duration {
    if case .loginsSpent(let rest) = error { return max(rest, .seconds(1)) }
    if let online, online >= Self.settled { step = 0 }
    var wait = Self.steps[min(step, Self.steps.count - 1)]
    step += 1
    if error.isFlood {
      wait = Self.flood
    } else if case .refused(let refusal) = error, refusal.kind != .serverBusy {
      wait = max(wait, Self.refused)
    }
    wait = wait * (0.75 + 0.5 * random.fraction())
    if logins.count == Self.loginLimit, let oldest = logins.first {
      wait = max(wait, oldest + Self.loginWindow - now)
    }
    return wait
  }
}

/// How often an account may be logged in to, counted by whoever outlives a session: servers void
/// tokens that log in 30 to 50 times in a short while, whichever process did it (MAX protocol notes
/// §0, 11).
public protocol LoginBudget: Sendable {
  /// How long until there may be another login; nil for none at all.
  func untilNext() async -> Duration?
  /// Counts a login that is about to be made; else how long until there may be one.
  func spend() async -> Duration?
}

/// Logins without end, for a session that nobody else shares its account with: its own policy is
/// bound enough.
public struct UnlimitedLogins: LoginBudget {
  /// Needs no state.
  public init() {}

  public func untilNext() async -> Duration? { nil }
  public func spend() async -> Duration? { nil }
}
