import Clocks

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
