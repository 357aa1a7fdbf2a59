import Synchronization
import Transport

/// A clock that moves only when a test moves it.
///
/// Sleepers wait until `advance` reaches their deadline or `release` picks them, so a test of a
/// 30-second back-off takes no time and never depends on the machine.
public final class ManualTime: TimeSource {
  private struct Sleeper {
    let duration: Duration
    let deadline: Duration
    let continuation: CheckedContinuation<Void, any Error>
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

  private typealias Condition = @Sendable ([Int: Sleeper]) -> Bool

  private let state: Mutex<State>

  /// Starts at `wallTime` milliseconds since 1970 (by default 2026-11-21 12:44:07 UTC).
  public init(wallTime: Int64 = 1_795_265_047_000) {
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

  /// Waits until at least `count` tasks sleep on this clock.
  public func untilSleeping(_ count: Int) async {
    await until { $0.count >= count }
  }

  /// Waits until somebody sleeps for exactly `duration`, moves both clocks by that and wakes that one
  /// alone: the deadlines of connections that run at their own pace stay out of it.
  public func release(_ duration: Duration) async {
    await release(within: duration..<(duration + .nanoseconds(1)))
  }

  /// The same for a sleep of a length within `range`, for pauses with jitter.
  public func release(within range: Range<Duration>) async {
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

  private func until(_ isMet: @escaping Condition) async {
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
