import Accounts
import Clocks
import Control
import Domain
import Synchronization
import Transport

/// What a command has of its time-out: all its calls together, or each of them. What a person takes
/// to answer and a reader to read does not count.
final class CommandClock: Sendable {
  /// How long calls are given beyond the time-out to end with what they know, in their own words.
  static let grace: Duration = .milliseconds(500)
  /// How long the accounts are given to close.
  static let closing: Duration = .milliseconds(400)

  let limit: Duration
  let time: any TimeSource
  private let spent = Mutex(Duration.zero)

  init(_ limit: Duration, time: any TimeSource) {
    (self.limit, self.time) = (limit, time)
  }

  var remaining: Duration { max(.zero, limit - spent.withLock { $0 }) }

  /// Counts what `work` takes.
  func counting<Value, Failure: Error>(
    _ work: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let start = time.uptime
    defer { spent.withLock { $0 += time.uptime - start } }
    return try await work()
  }
}

/// Calls that are over when the command's time-out is.
struct TimedAccess: DeskAccess {
  let base: any DeskAccess
  let clock: CommandClock
  /// Whether each call has the whole time-out: between them a person or a script takes its time.
  let isPerCall: Bool

  func run<Call: DeskCall>(
    _ call: Call, emit: @escaping @Sendable (Call.Line) async -> Void
  ) async throws(ConsoleError) {
    let limit = isPerCall ? clock.limit : clock.remaining
    let deadline = Deadline(limit + CommandClock.grace, time: clock.time)
    let (base, clock) = (base, clock)
    let start = CallLimit(limit, time: clock.time)
    try await clock.counting { () async throws(ConsoleError) in
      try await hurried(until: deadline, otherwise: .late(clock.limit, isDeed: call.isDeed)) {
        () async throws(ConsoleError) in
        try await CallLimit.hold(start) { () async throws(ConsoleError) in
          try await base.run(call) { line in
            // A pipe that nobody empties is no server that does not answer.
            deadline.stop()
            await emit(line)
            switch Call.patience {
            case .whole: deadline.goOn()
            case .eachLine: deadline.goOn(for: clock.limit + CommandClock.grace)
            case .untilFirstLine: break
            }
          }
        }
      }
    }
  }
}

extension ConsoleError {
  /// Whether nobody knows what has become of a call: it was given up within its time-out of `limit`,
  /// or the process that had it has gone.
  func isOutcomeOpen(after limit: Duration) -> Bool {
    code == ConsoleError.hungUpCode || message == ConsoleError.late(limit).message
  }
}
