import Clocks
import Transport

public typealias ManualTime = Clocks.ManualTime

extension ManualTime {
  /// Starts on 2026-11-21 at 12:44:07 UTC.
  public convenience init() { self.init(wallTime: 1_795_265_047_000) }

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
    await wakeOne(sleepingFor: range)
  }
}
