/// Lets 45 messages a second through, 50 of them at once: never more than 96 within any second, a
/// margin below the server's 100 (seed 001, Limitations).
///
/// It keeps one moment, the time by which everything let through so far would have been spread out
/// evenly.
struct TokenBucket: Sendable {
  private let interval: Duration
  private let tolerance: Duration
  private var spreadUntil: Duration = .zero

  init(perSecond rate: Int = 45, burst: Int = 50) {
    interval = .seconds(1) / rate
    tolerance = interval * (burst - 1)
  }

  /// Lets nothing through for `duration`, since the server has counted more than we did.
  mutating func hold(at now: Duration, for duration: Duration) {
    spreadUntil = max(spreadUntil, now + duration + tolerance)
  }

  /// Zero if a message may go at `now`, which is then counted; otherwise how long to wait first.
  mutating func take(at now: Duration) -> Duration {
    let start = max(spreadUntil, now)
    let excess = start - now - tolerance
    if excess > .zero { return excess }
    spreadUntil = start + interval
    return .zero
  }
}
