import Cryptography

/// Growing pauses between attempts, with full jitter: each is uniform between nothing and a ceiling
/// that doubles from `base` to `cap`, so that clients that lost a server do not return together.
public struct Backoff: Sendable {
  /// The ceiling of the first pause.
  public let base: Duration
  /// The ceiling that is never exceeded.
  public let cap: Duration
  /// Attempts since the last success.
  public private(set) var attempts = 0

  private let random: any RandomSource

  /// Nothing has been tried yet.
  public init(
    base: Duration = .seconds(1), cap: Duration = .seconds(60), random: any RandomSource
  ) {
    self.base = base
    self.cap = cap
    self.random = random
  }

  /// The pause before the next attempt.
  public mutating func next() -> Duration {
    // Beyond 2^30 every sensible cap has long been reached; the bound keeps the shift defined.
    let ceiling = min(cap, base * (1 << min(attempts, 30)))
    attempts += 1
    return ceiling * random.fraction()
  }

  /// Starts again from `base`, after a success.
  public mutating func reset() { attempts = 0 }
}
