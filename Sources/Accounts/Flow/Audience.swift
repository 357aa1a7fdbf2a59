import Synchronization

/// Whether somebody looks at what the accounts bring: what is fetched for the eye alone rests while
/// nobody does.
package final class Audience: Sendable {
  /// Without a key for so long, nobody looks.
  package static let patience: Duration = .seconds(600)

  /// When somebody was last seen; nil where nobody can be seen, as without a screen.
  private let lastSeen = Mutex<Duration?>(nil)

  init() {}

  /// Somebody is here at a moment of the uptime clock; returns whether they come back.
  package func note(at now: Duration) -> Bool {
    lastSeen.withLock { seen in
      defer { seen = now }
      return seen.map { now - $0 >= Self.patience } ?? false
    }
  }

  /// Whether somebody looks, or might.
  package func isThere(at now: Duration) -> Bool {
    lastSeen.withLock { seen in seen.map { now - $0 < Self.patience } ?? true }
  }
}
