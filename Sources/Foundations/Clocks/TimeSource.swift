import Glibc

/// The clocks and the waiting of the program; a parameter everywhere, so that tests never sleep.
public protocol TimeSource: Sendable {
  /// Wall-clock milliseconds since 1970-01-01 UTC.
  var wallTime: Int64 { get }
  /// A clock that never jumps, since an unspecified start.
  var uptime: Duration { get }
  /// Returns after `duration` on the uptime clock; throws `CancellationError` when cancelled.
  func sleep(for duration: Duration) async throws
}

/// The machine's own clocks.
public struct SystemTime: TimeSource {
  /// Needs no state.
  public init() {}

  /// The realtime clock.
  public var wallTime: Int64 {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
  }

  /// Since the machine started, its sleep included.
  public var uptime: Duration {
    var now = timespec()
    clock_gettime(CLOCK_BOOTTIME, &now)
    return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
  }

  /// Sleeps as `Task.sleep` does: the machine's own sleep prolongs it.
  public func sleep(for duration: Duration) async throws {
    try await Task.sleep(for: duration)
  }
}

extension Duration {
  /// Whole milliseconds, rounded towards zero.
  public var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}
