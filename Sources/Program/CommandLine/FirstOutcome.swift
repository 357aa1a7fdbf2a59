import Clocks
import Domain
import Synchronization
import Transport

/// A moment by which something is to be over, which may be put off while it goes on.
final class Deadline: Sendable {
  private enum State {
    case runs(end: Duration)
    case stands(left: Duration)
  }

  private let state: Mutex<State>
  private let time: any TimeSource

  init(_ limit: Duration, time: any TimeSource) {
    self.time = time
    state = Mutex(.runs(end: time.uptime + limit))
  }

  /// Time does not count until `goOn` is called.
  func stop() {
    state.withLock { state in
      guard case .runs(let end) = state else { return }
      state = .stands(left: end - time.uptime)
    }
  }

  /// Time counts again.
  ///
  /// - Parameter limit: from now on; nil for what was left.
  func goOn(for limit: Duration? = nil) {
    state.withLock { state in
      guard case .stands(let left) = state else { return }
      state = .runs(end: time.uptime + (limit ?? left))
    }
  }

  /// Returns when it has passed, or the task is cancelled.
  func pass() async {
    while !Task.isCancelled {
      let wait: Duration
      switch state.withLock({ $0 }) {
      case .runs(let end): wait = end - time.uptime
      // Nobody tells when it goes on.
      case .stands: wait = .milliseconds(100)
      }
      if wait <= .zero { return }
      do { try await time.sleep(for: wait) } catch { return }
    }
  }
}

/// Runs `work` until `deadline`. What does not end by then is told to, and left behind: the program is
/// about to end, and no server keeps it from that.
func hurried<Value: Sendable>(
  until deadline: Deadline, otherwise error: UserError,
  _ work: @escaping @Sendable () async throws(UserError) -> Value
) async throws(UserError) -> Value {
  let first = FirstOutcome<Result<Value, UserError>>()
  let working = Task {
    do throws(UserError) {
      first.come(.success(try await work()))
    } catch {
      first.come(.failure(error))
    }
  }
  let waiting = Task {
    await deadline.pass()
    if !Task.isCancelled { first.come(.failure(error)) }
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

/// The first of several values that come; later ones are dropped.
final class FirstOutcome<Value: Sendable>: Sendable {
  private enum State {
    case nothing
    case awaited(CheckedContinuation<Value, Never>)
    case come(Value)
    case over
  }

  private let state = Mutex(State.nothing)

  func come(_ value: Value) {
    let continuation: CheckedContinuation<Value, Never>? = state.withLock { state in
      switch state {
      case .nothing:
        state = .come(value)
        return nil
      case .awaited(let continuation):
        state = .over
        return continuation
      case .come, .over: return nil
      }
    }
    continuation?.resume(returning: value)
  }

  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let value: Value? = state.withLock { state in
        if case .come(let value) = state {
          state = .over
          return value
        }
        state = .awaited(continuation)
        return nil
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
