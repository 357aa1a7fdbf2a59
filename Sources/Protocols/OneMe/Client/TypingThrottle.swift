import Synchronization

/// When each chat was last told that something is being written there: more often than every 6
/// seconds is of no use (MAX protocol notes §3.1, opcode 65).
final class TypingThrottle: Sendable {
  private static let interval: Duration = .seconds(6)

  private let told = Mutex<[Int64: Duration]>([:])

  /// Whether to tell `chat` at `now` on the uptime clock; if so, it counts as told.
  func mayTell(_ chat: Int64, at now: Duration) -> Bool {
    told.withLock { told in
      told = told.filter { now - $0.value < Self.interval }
      guard told[chat] == nil else { return false }
      told[chat] = now
      return true
    }
  }
}
