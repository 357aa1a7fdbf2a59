import Clocks
import Transport

/// A server that does things by itself, each at its time.
protocol PunctualServer: Actor {
  associatedtype Duty: Sendable
  nonisolated var time: any TimeSource { get }
  var timetable: Timetable<Duty> { get set }
  /// Does what was due at `moment` of the uptime clock.
  func perform(_ duty: Duty, at moment: Duration)
}

/// What a server is going to do, and the alarm that wakes it for that.
struct Timetable<Duty: Sendable>: Sendable {
  fileprivate var agenda = Agenda<Duty>()
  fileprivate var alarm: Alarm
  fileprivate var isClosed = false

  init(time: any TimeSource) { alarm = Alarm(time: time) }

  /// Drops every duty for which `condition` holds.
  mutating func remove(where condition: (Duty) -> Bool) { agenda.remove(where: condition) }

  /// Nothing happens any more.
  mutating func close() {
    isClosed = true
    alarm.set(nil) {}
    agenda.remove { _ in true }
  }
}

extension PunctualServer {
  func schedule(_ duty: Duty, after delay: Duration) {
    schedule(duty, at: time.uptime + delay)
  }

  func schedule(_ duty: Duty, at moment: Duration) {
    guard !timetable.isClosed else { return }
    timetable.agenda.add(duty, at: moment)
    rearm()
  }

  private func rearm() {
    timetable.alarm.set(timetable.agenda.next) { [weak self] in await self?.ring() }
  }

  private func ring() {
    timetable.alarm.rang()
    while let entry = timetable.agenda.takeDue(at: time.uptime) {
      perform(entry.item, at: entry.time)
    }
    rearm()
  }
}
