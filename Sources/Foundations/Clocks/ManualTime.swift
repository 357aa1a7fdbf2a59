import Synchronization

/// A clock that stands still until it is moved: by a recording that is played back, or by a test.
///
/// Sleepers wait until the clock reaches their deadline or somebody picks them, so a 30-second
/// back-off takes no time and never depends on the machine.
public final class ManualTime: TimeSource {
  package struct Sleeper {
    package let duration: Duration
    let deadline: Duration
    fileprivate let continuation: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var wallTime: Int64
    var uptime: Duration = .zero
    var sleepers: [Int: Sleeper] = [:]
    var cancelled: Set<Int> = []
    var nextSleeper = 0
    /// Who waits for sleepers to come, and what they must be.
    var watchers: [(isMet: Condition, continuation: CheckedContinuation<Void, Never>)] = []

    mutating func move(by duration: Duration) {
      uptime += duration
      wallTime += duration.milliseconds
    }
  }

  package typealias Condition = @Sendable ([Int: Sleeper]) -> Bool

  private let state: Mutex<State>

  /// Starts at `wallTime` milliseconds since 1970.
  public init(wallTime: Int64) {
    state = Mutex(State(wallTime: wallTime))
  }

  public var wallTime: Int64 { state.withLock { $0.wallTime } }
  public var uptime: Duration { state.withLock { $0.uptime } }

  public func sleep(for duration: Duration) async throws {
    let id = state.withLock { state in
      state.nextSleeper += 1
      return state.nextSleeper
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

  /// Moves both clocks forward and wakes every sleeper whose time has come.
  public func advance(by duration: Duration) {
    let due = state.withLock { state in
      state.move(by: duration)
      let due = state.sleepers.filter { $0.value.deadline <= state.uptime }
      for id in due.keys { state.sleepers[id] = nil }
      return due.values.sorted { $0.deadline < $1.deadline }
    }
    for sleeper in due { sleeper.continuation.resume() }
  }

  /// Moves the wall clock alone, as a person or NTP would.
  public func setWallTime(_ wallTime: Int64) {
    state.withLock { $0.wallTime = wallTime }
  }

  /// Moves on to the earliest deadline that is not after `moment` (wall-clock milliseconds) and wakes
  /// who sleeps until then; false if there is none: then the clock shows that moment.
  package func wakeNext(until moment: Int64) -> Bool {
    let sleeper: Sleeper? = state.withLock { state in
      let target = state.uptime + .milliseconds(moment - state.wallTime)
      let due = state.sleepers.filter { $0.value.deadline <= target }
        .min { ($0.value.deadline, $0.key) < ($1.value.deadline, $1.key) }
      let deadline = due?.value.deadline ?? target
      state.move(by: max(deadline - state.uptime, .zero))
      return due.flatMap { state.sleepers.removeValue(forKey: $0.key) }
    }
    sleeper?.continuation.resume()
    return sleeper != nil
  }

  /// Waits until somebody sleeps for a length within `range`, moves both clocks by that length and
  /// wakes that one alone.
  package func wakeOne(sleepingFor range: Range<Duration>) async {
    await until { $0.values.contains { range.contains($0.duration) } }
    let sleeper: Sleeper? = state.withLock { state in
      let due = state.sleepers.filter { range.contains($0.value.duration) }.min { $0.key < $1.key }
      guard let due else { return nil }
      state.sleepers[due.key] = nil
      state.move(by: due.value.duration)
      return due.value
    }
    sleeper?.continuation.resume()
  }

  /// Waits until those who sleep are as they must be.
  package func until(_ isMet: @escaping Condition) async {
    await withCheckedContinuation { continuation in
      let isMetNow = state.withLock { state in
        if isMet(state.sleepers) { return true }
        state.watchers.append((isMet, continuation))
        return false
      }
      if isMetNow { continuation.resume() }
    }
  }

  private func register(
    _ id: Int, _ duration: Duration, _ continuation: CheckedContinuation<Void, any Error>
  ) {
    enum Outcome { case cancelled, due, asleep([CheckedContinuation<Void, Never>]) }
    let outcome: Outcome = state.withLock { state in
      if state.cancelled.remove(id) != nil { return .cancelled }
      if duration <= .zero { return .due }
      state.sleepers[id] = Sleeper(
        duration: duration, deadline: state.uptime + duration, continuation: continuation)
      let sleepers = state.sleepers
      let met = state.watchers.filter { $0.isMet(sleepers) }
      state.watchers.removeAll { $0.isMet(sleepers) }
      return .asleep(met.map(\.continuation))
    }
    switch outcome {
    case .cancelled: continuation.resume(throwing: CancellationError())
    case .due: continuation.resume()
    case .asleep(let watchers): for watcher in watchers { watcher.resume() }
    }
  }
}
