import Clocks
import Synchronization
import Transport

/// The server's clock as far as it can be known, carried by our uptime, so that setting the wall
/// clock of this machine changes nothing.
final class ServerClock: Sendable {
  private struct State {
    /// Wall time minus uptime, in milliseconds.
    var anchor: Int64
    var skew = SkewEstimate()
    /// Whether the server was asked for the time since it last accepted one.
    var isMeasured = false
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

  /// Forgets what was measured and tried.
  func startAnew() {
    let anchor = time.wallTime - time.uptime.milliseconds
    state.withLock { $0 = State(anchor: anchor) }
  }

  func accepted() {
    state.withLock { state in
      state.skew.accept()
      state.isMeasured = false
    }
  }

  /// Whether it is time to ask for the server's time: once between two accepted ones.
  func mayBeMeasured() -> Bool {
    state.withLock { state in
      defer { state.isMeasured = true }
      return !state.isMeasured
    }
  }

  /// Takes the server's time, told between two moments of our uptime. False if it agrees with the
  /// offset that was refused, and so explains nothing.
  func measured(
    _ server: Int64, from began: Duration, to ended: Duration, refused offset: Int64
  ) -> Bool {
    state.withLock { state in
      guard state.skew.offset == offset else { return true }
      let low = server - (state.anchor + ended.milliseconds)
      guard abs(low - offset) > 1000 + (ended - began).milliseconds else { return false }
      state.skew.correct(to: low)
      return true
    }
  }
}
