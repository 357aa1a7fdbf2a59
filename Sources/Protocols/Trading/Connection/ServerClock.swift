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

/// What is known about the server's clock minus ours, in milliseconds.
///
/// Every observation narrows an interval. As long as it contains zero the clocks count as equal;
/// otherwise its lower end is used, because servers forgive a message that is a little late sooner
/// than one from the future. Where measuring does not satisfy the server, `step` tries.
struct SkewEstimate: Sendable, Equatable {
  /// Steps overlap in a window of ±30 s, the vendor's, and end where a person should be told.
  private static let stepWidth: Int64 = 45_000
  private static let stepLimit: Int64 = 900_000
  /// The commonest mistake of all: summer time.
  private static let hour: Int64 = 3_600_000

  private var lower: Int64?
  private var upper: Int64?
  private var bias: Int64 = 0
  private var untried: [Int64]?

  private var measured: Int64 {
    if let lower, lower > 0 { return lower }
    if let upper, upper < 0 { return lower ?? upper }
    return 0
  }

  /// What to add to our clock.
  var offset: Int64 { measured + bias }

  /// A reading of the server's clock: the skew lies between the two. One that contradicts the
  /// former ones replaces them, since clocks are set now and then.
  mutating func narrow(from low: Int64, to high: Int64) {
    let newLower = max(lower ?? low, low)
    let newUpper = min(upper ?? high, high)
    (lower, upper) = newLower <= newUpper ? (newLower, newUpper) : (low, high)
  }

  /// The server named a moment of its past: the skew is at least `low`. More than a minute beyond
  /// what authentication was accepted with is not believed.
  mutating func raise(to low: Int64) {
    guard low > offset, low - offset <= 60_000, low - bias <= upper ?? .max else { return }
    lower = low - bias
  }

  /// The server refused a message signed with `offset`: moves on to the next guess. False when all
  /// are used up. Does nothing if another connection has moved on already.
  mutating func step(refused: Int64) -> Bool {
    guard refused == offset else { return true }
    if untried == nil {
      let ladder = stride(from: Self.stepWidth, through: Self.stepLimit, by: Int(Self.stepWidth))
        .flatMap { [$0, -$0] }
      untried = ([0, -measured, Self.hour, -Self.hour] + ladder).filter { $0 != bias }
    }
    guard untried?.isEmpty == false, let next = untried?.removeFirst() else { return false }
    bias = next
    // Two guesses may coincide (nothing measured: zero and minus zero).
    return offset == refused ? step(refused: offset) : true
  }

  /// The server told its time: whatever was measured is off by the rest.
  mutating func correct(to offset: Int64) { bias = offset - measured }

  /// The server accepted a message signed with the present offset.
  mutating func accept() { untried = nil }
}
