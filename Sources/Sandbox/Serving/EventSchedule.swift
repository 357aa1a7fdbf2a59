import Clocks

/// What a server is going to do at which time of the uptime clock, and the one timer that wakes it for
/// the earliest of that.
///
/// What falls due while the clock leaps happens in order, each item at its own time, so a run does not
/// depend on how finely the clock moves.
struct EventSchedule<Duty: Sendable>: Sendable {
  struct Entry: Sendable {
    let time: Duration
    let duty: Duty
  }

  /// Latest first, so that taking the earliest is cheap.
  private var entries: [Entry] = []
  private var timer: Timer
  private var isClosed = false

  init(time: any TimeSource) { timer = Timer(time: time) }

  /// The time of the earliest duty.
  var next: Duration? { entries.last?.time }

  /// Adds a duty; of duties for the same time the one added first happens first.
  mutating func add(_ duty: Duty, at time: Duration) {
    guard !isClosed else { return }
    let index = entries.firstIndex { $0.time <= time } ?? entries.endIndex
    entries.insert(Entry(time: time, duty: duty), at: index)
  }

  /// Sets the timer for the earliest duty.
  mutating func rearm(_ ring: @escaping @Sendable () async -> Void) {
    timer.set(next, ring: ring)
  }

  /// To be called when the timer rang, so that the same time can be set again.
  mutating func timerRang() { timer.rang() }

  /// Takes the earliest duty if its time has come.
  mutating func takeDue(at now: Duration) -> Entry? {
    guard let entry = entries.last, entry.time <= now else { return nil }
    return entries.removeLast()
  }

  /// Drops every duty for which `condition` holds.
  mutating func remove(where condition: (Duty) -> Bool) {
    entries.removeAll { condition($0.duty) }
  }

  /// Nothing happens any more.
  mutating func close() {
    isClosed = true
    timer.set(nil) {}
    entries = []
  }
}

/// A single wake-up.
private struct Timer: Sendable {
  private let time: any TimeSource
  private var deadline: Duration?
  private var task: Task<Void, Never>?

  init(time: any TimeSource) { self.time = time }

  /// Rings once the uptime clock reaches `next`; replaces an earlier setting, nil silences.
  mutating func set(_ next: Duration?, ring: @escaping @Sendable () async -> Void) {
    guard next != deadline else { return }
    deadline = next
    task?.cancel()
    task = next.map { [time] next in
      Task {
        do {
          try await time.sleep(for: next - time.uptime)
          await ring()
        } catch {
          // Cancelled: another setting took its place.
        }
      }
    }
  }

  mutating func rang() {
    deadline = nil
    task = nil
  }
}

/// A server that does things by itself, each at its time.
protocol ScheduledServer: Actor {
  associatedtype Duty: Sendable
  nonisolated var time: any TimeSource { get }
  var duties: EventSchedule<Duty> { get set }
  /// Does what was due at `moment` of the uptime clock.
  func perform(_ duty: Duty, at moment: Duration)
}

extension ScheduledServer {
  func schedule(_ duty: Duty, after delay: Duration) {
    schedule(duty, at: time.uptime + delay)
  }

  func schedule(_ duty: Duty, at moment: Duration) {
    duties.add(duty, at: moment)
    rearm()
  }

  private func rearm() {
    duties.rearm { [weak self] in await self?.ring() }
  }

  private func ring() {
    duties.timerRang()
    while let entry = duties.takeDue(at: time.uptime) { perform(entry.duty, at: entry.time) }
    rearm()
  }
}
