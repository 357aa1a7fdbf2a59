import Clocks
import Cryptography

/// How long to wait before connecting again, and when that is pointless.
struct TradingReconnectPolicy: Sendable {
  /// A life this long proves that the server is well again.
  private static let goodLife: Duration = .seconds(30)
  /// Pause before the next guess at the server's clock.
  private static let clockStep: Duration = .milliseconds(200)
  /// Closes for policy (1008) before authentication that are taken before giving up.
  private static let policyLimit = 3
  private static let slowPause: Duration = .seconds(5)

  private var backoff: Backoff
  /// For what a person would have to change, had a login not worked before.
  private var slowBackoff: Backoff
  private var policyCloses = 0

  init(random: any RandomSource) {
    backoff = Backoff(base: .milliseconds(500), cap: .seconds(30), random: random)
    slowBackoff = Backoff(base: .seconds(5), cap: .seconds(300), random: random)
  }

  /// How long to wait before the next connection; nil to stop.
  ///
  /// - Parameter hasWorked: Whether a login with this key has ever worked.
  mutating func pause(after failure: TradingError, hasWorked: Bool) -> Duration? {
    if failure.isFatal {
      guard hasWorked, !failure.isFatalForAll else { return nil }
      // It worked before: it may pass, and is not worth hurrying for.
      policyCloses = 0
      return TradingReconnectPolicy.slowPause + slowBackoff.next()
    }
    switch failure {
    case .refused(.timestampOutsideWindow, _):
      return TradingReconnectPolicy.clockStep
    case .upgradeRefused(_, let retryAfter?):
      return max(retryAfter, backoff.next())
    default:
      return backoff.next()
    }
  }

  /// A login has worked.
  mutating func noteLogin() { policyCloses = 0 }

  /// The server closed for policy before authentication; true when it has done so often enough.
  mutating func notePolicyClose() -> Bool {
    policyCloses += 1
    return policyCloses >= TradingReconnectPolicy.policyLimit
  }

  /// A connection that was authenticated for `life` has ended.
  mutating func noteEnd(after life: Duration) {
    guard life >= TradingReconnectPolicy.goodLife else { return }
    backoff.reset()
    slowBackoff.reset()
  }
}
