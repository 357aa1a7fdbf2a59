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

/// Runs `operation` for at most `duration` of `time`; beyond it the operation is cancelled and
/// `error` thrown.
///
/// Returns only after the operation has ended, so it must honour cancellation. When it ends by
/// itself, its own value or error is the outcome.
public func withDeadline<Value: Sendable, Failure: Error>(
  _ duration: Duration, time: any TimeSource, error: Failure,
  operation: @escaping @Sendable () async throws(Failure) -> Value
) async throws(Failure) -> Value {
  let outcome = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
    group.addTask {
      do throws(Failure) { return .success(try await operation()) } catch { return .failure(error) }
    }
    group.addTask {
      do { try await time.sleep(for: duration) } catch { return nil }
      return .failure(error)
    }
    var first: Result<Value, Failure>?
    // A cancelled sleeper says nothing (nil); then the operation's own word counts.
    while first == nil, let next = await group.next() { first = next }
    group.cancelAll()
    return first
  }
  return try (outcome ?? .failure(error)).get()
}

/// A wait that has begun and can be cut short, such as the one before the next attempt to connect.
public struct Pause: Sendable {
  private let sleeper: Task<Void, any Error>

  /// Begins to wait for `duration` of `time`.
  public init(_ duration: Duration, time: any TimeSource) {
    sleeper = Task { try await time.sleep(for: duration) }
  }

  /// Ends it early.
  public func cut() { sleeper.cancel() }

  /// Returns when it is over; a task that is cancelled meanwhile cuts it short.
  public func finish() async {
    await withTaskCancellationHandler {
      // Ending early is no failure.
      _ = await sleeper.result
    } onCancel: {
      sleeper.cancel()
    }
  }
}
