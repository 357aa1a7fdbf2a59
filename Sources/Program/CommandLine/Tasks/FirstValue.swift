import Synchronization

/// Waits for the first of several values that tasks and threads offer; later ones are dropped.
///
/// Unlike a task's value it can be waited for while the thread that computes it is left behind.
final class FirstValue<Value: Sendable>: Sendable {
  private enum State {
    case empty
    case waiting(CheckedContinuation<Value, Never>)
    case offered(Value)
    case taken
  }

  private let state = Mutex(State.empty)

  func offer(_ value: Value) {
    let continuation: CheckedContinuation<Value, Never>? = state.withLock { state in
      switch state {
      case .empty:
        state = .offered(value)
        return nil
      case .waiting(let continuation):
        state = .taken
        return continuation
      case .offered, .taken: return nil
      }
    }
    continuation?.resume(returning: value)
  }

  func value() async -> Value {
    await withCheckedContinuation { continuation in
      let value: Value? = state.withLock { state in
        if case .offered(let value) = state {
          state = .taken
          return value
        }
        state = .waiting(continuation)
        return nil
      }
      if let value { continuation.resume(returning: value) }
    }
  }
}
