import Synchronization

/// One task waiting for one outcome from the network thread. The first outcome counts, be it the
/// thread's or the task's own cancellation; later ones are dropped.
final class Promise<Value: Sendable>: Sendable {
  typealias Outcome = Result<Value, TransportError>

  private enum State {
    case idle
    case waiting(CheckedContinuation<Outcome, Never>)
    case done(Outcome)
  }

  private let state = Mutex(State.idle)

  /// Returns false when an outcome was there before, so that a late value can be disposed of.
  @discardableResult
  func complete(_ outcome: Outcome) -> Bool {
    let (first, continuation) = state.withLock {
      state -> (Bool, CheckedContinuation<Outcome, Never>?) in
      switch state {
      case .done: return (false, nil)
      case .idle:
        state = .done(outcome)
        return (true, nil)
      case .waiting(let continuation):
        state = .done(outcome)
        return (true, continuation)
      }
    }
    continuation?.resume(returning: outcome)
    return first
  }

  /// Waits for the outcome; `onCancel` lets the other side give up its work.
  func value(onCancel: @escaping @Sendable () -> Void) async throws(TransportError) -> Value {
    let outcome = await withTaskCancellationHandler {
      await withCheckedContinuation { register($0) }
    } onCancel: {
      if complete(.failure(.cancelled)) { onCancel() }
    }
    return try outcome.get()
  }

  private func register(_ continuation: CheckedContinuation<Outcome, Never>) {
    let early = state.withLock { state -> Outcome? in
      if case .done(let outcome) = state { return outcome }
      state = .waiting(continuation)
      return nil
    }
    if let early { continuation.resume(returning: early) }
  }
}
