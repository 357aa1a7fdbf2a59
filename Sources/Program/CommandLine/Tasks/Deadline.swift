import Clocks
import Domain
import Synchronization
import Transport

/// The time by which a piece of work has to be over. The countdown can be stopped and started again.
final class Deadline: Sendable {
  private enum State {
    case running(end: Duration)
    case stopped(left: Duration)
  }

  private let state: Mutex<State>
  private let time: any TimeSource

  init(_ limit: Duration, time: any TimeSource) {
    self.time = time
    state = Mutex(.running(end: time.uptime + limit))
  }

  /// Stops the countdown until `resume` is called.
  func stop() {
    state.withLock { state in
      guard case .running(let end) = state else { return }
      state = .stopped(left: end - time.uptime)
    }
  }

  /// Starts the countdown again.
  ///
  /// - Parameter limit: from now on; nil for what was left.
  func resume(for limit: Duration? = nil) {
    state.withLock { state in
      guard case .stopped(let left) = state else { return }
      state = .running(end: time.uptime + (limit ?? left))
    }
  }

  /// Returns when it has passed, or the task is cancelled.
  func wait() async {
    while !Task.isCancelled {
      let wait: Duration
      switch state.withLock({ $0 }) {
      case .running(let end): wait = end - time.uptime
      // Nobody says when the countdown is started again, so it is looked at from time to time.
      case .stopped: wait = .milliseconds(100)
      }
      if wait <= .zero { return }
      do { try await time.sleep(for: wait) } catch { return }
    }
  }
}

/// Runs `work` until `deadline`, then cancels it, does not wait for it any longer and throws `error`: the
/// program is about to end, and no server may keep it from that.
func withDeadline<Value: Sendable>(
  _ deadline: Deadline, otherwise error: UserError,
  _ work: @escaping @Sendable () async throws(UserError) -> Value
) async throws(UserError) -> Value {
  let first = FirstValue<Result<Value, UserError>>()
  let working = Task {
    do throws(UserError) {
      first.offer(.success(try await work()))
    } catch {
      first.offer(.failure(error))
    }
  }
  let waiting = Task {
    await deadline.wait()
    if !Task.isCancelled { first.offer(.failure(error)) }
  }
  // Whoever is told to end still waits for the work to end in good order, until the deadline.
  let outcome = await withTaskCancellationHandler {
    await first.value()
  } onCancel: {
    working.cancel()
  }
  working.cancel()
  waiting.cancel()
  return try outcome.get()
}
