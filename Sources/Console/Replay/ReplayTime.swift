import Synchronization
import Transport

/// A clock that a recording drives: it stands still until it is told what time it was.
final class ReplayTime: TimeSource {
  private struct Sleeper {
    let deadline: Duration
    let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var uptime: Duration = .zero
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var next = 0
  }

  private let start: Int64
  private let state = Mutex(State())

  /// - Parameter start: wall-clock milliseconds since 1970.
  init(start: Int64) { self.start = start }

  var uptime: Duration { state.withLock { $0.uptime } }
  var wallTime: Int64 { start + uptime.milliseconds }

  func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.next += 1
      return state.next
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        register(id, duration, continuation)
      }
    } onCancel: {
      let sleeper = state.withLock { state in
        let sleeper = state.sleepers.removeValue(forKey: id)
        if sleeper == nil { state.cancelled.insert(id) }
        return sleeper
      }
      sleeper?.continuation.resume(throwing: CancellationError())
    }
  }

  /// Moves on to `moment` (wall-clock milliseconds), waking whoever sleeps until then, each at its
  /// time and with a chance to do what it slept for.
  func advance(to moment: Int64) async {
    let target = Duration.milliseconds(moment - start)
    while true {
      let woken: CheckedContinuation<Void, any Error>? = state.withLock { state in
        let due = state.sleepers.filter { $0.value.deadline <= target }
          .min { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
        guard let due else {
          state.uptime = max(state.uptime, target)
          return nil
        }
        state.uptime = max(state.uptime, due.value.deadline)
        state.sleepers[due.key] = nil
        return due.value.continuation
      }
      guard let woken else { return }
      woken.resume()
      for _ in 0..<20 { await Task.yield() }
    }
  }

  private enum Fate { case cancelled, due, asleep }

  private func register(
    _ id: Int, _ duration: Duration, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    let fate: Fate = state.withLock { state in
      if state.cancelled.remove(id) != nil { return .cancelled }
      if duration <= .zero { return .due }
      state.sleepers[id] = Sleeper(
        deadline: state.uptime + duration, continuation: continuation)
      return .asleep
    }
    switch fate {
    case .cancelled: continuation.resume(throwing: CancellationError())
    case .due: continuation.resume()
    case .asleep: break
    }
  }
}
