import Synchronization
import Transport

/// The server's clock as far as it can be known, carried by our uptime, so that setting the wall
/// clock of this machine changes nothing.
final class ServerClock: Sendable {
  private struct State {
    /// Wall time minus uptime, in milliseconds.
    var anchor: Int64
    var skew = SkewEstimate()
  }

  private let time: any TimeSource
  private let state: Mutex<State>

  init(time: any TimeSource) {
    self.time = time
    state = Mutex(State(anchor: time.wallTime - time.uptime.milliseconds))
  }

  /// Server milliseconds since 1970 now.
  var now: Int64 { stamp().timestamp }

  /// The server's clock minus ours.
  var skew: Duration { .milliseconds(state.withLock { $0.skew.offset }) }

  /// The time to sign with, and the offset in it, for `refused`.
  func stamp() -> (timestamp: Int64, offset: Int64) {
    let uptime = time.uptime.milliseconds
    return state.withLock { ($0.anchor + uptime + $0.skew.offset, $0.skew.offset) }
  }

  /// Takes the `Date` of an HTTP answer (milliseconds of a whole second), made between two moments
  /// of our uptime.
  func observe(date server: Int64, from began: Duration, to ended: Duration) {
    state.withLock { state in
      state.skew.narrow(
        from: server - (state.anchor + ended.milliseconds),
        to: server + 999 - (state.anchor + began.milliseconds))
    }
  }

  /// Takes a moment that was past on the server before now.
  func observe(past timestamp: Int64) {
    let uptime = time.uptime.milliseconds
    state.withLock { $0.skew.raise(to: timestamp - ($0.anchor + uptime)) }
  }

  /// The server refused a time with this offset in it. False if there is nothing left to try.
  func refused(offset: Int64) -> Bool {
    let anchor = time.wallTime - time.uptime.milliseconds
    return state.withLock { state in
      // Somebody set our clock since: start from the new one before guessing.
      if abs(anchor - state.anchor) > 1000 {
        state = State(anchor: anchor)
        return true
      }
      return state.skew.step(refused: offset)
    }
  }

  func accepted() { state.withLock { $0.skew.accept() } }
}
