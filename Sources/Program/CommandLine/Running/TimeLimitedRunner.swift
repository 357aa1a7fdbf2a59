import Accounts
import Clocks
import Control
import Domain
import Synchronization
import Transport

/// How much of its time-out a command has left. What a person takes to answer and a reader takes to read
/// does not count.
final class CommandClock: Sendable {
  /// How long requests are given beyond the time-out to end with what they know, in their own words.
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

/// Gives requests up when the command's time-out is over.
struct TimeLimitedRunner: RequestRunner {
  let base: any RequestRunner
  let clock: CommandClock
  /// Whether each request has the whole time-out: between them a person or a script takes its time.
  let isPerRequest: Bool

  func run<R: Request>(
    _ request: R, emit: @escaping @Sendable (R.Output) async -> Void
  ) async throws(UserError) {
    let limit = isPerRequest ? clock.limit : clock.remaining
    let deadline = Deadline(limit + CommandClock.grace, time: clock.time)
    let (base, clock) = (base, clock)
    let start = RequestDeadline(limit, time: clock.time)
    try await clock.counting { () async throws(UserError) in
      try await withDeadline(
        deadline, otherwise: .late(clock.limit, hasEffects: request.hasEffects)
      ) {
        () async throws(UserError) in
        try await RequestDeadline.hold(start) { () async throws(UserError) in
          try await base.run(request) { output in
            // A pipe that nobody empties is no server that does not answer.
            deadline.stop()
            await emit(output)
            switch R.timeoutRule {
            case .whole: deadline.resume()
            case .eachLine: deadline.resume(for: clock.limit + CommandClock.grace)
            case .untilFirstLine: break
            }
          }
        }
      }
    }
  }
}

extension UserError {
  /// Whether nobody knows what has become of a request: it was given up within its time-out of `limit`,
  /// or the process that had it has gone.
  func isOutcomeOpen(after limit: Duration) -> Bool {
    code == UserError.hungUpCode || message == UserError.late(limit).message
  }
}

/// The newest output of a request that tells several times how far it has come. Nothing is recorded any
/// more once it was taken: a request that was given up may still have something to say.
final class LatestOutput<Output: Sendable>: Sendable {
  private let state = Mutex<(output: Output?, isTaken: Bool)>((nil, false))

  func record(_ output: Output) {
    state.withLock { state in
      if !state.isTaken { state.output = output }
    }
  }

  /// The newest output; nil if there was none.
  func take() -> Output? {
    state.withLock { state in
      state.isTaken = true
      return state.output
    }
  }
}
