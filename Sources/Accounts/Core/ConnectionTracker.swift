import Clocks
import Domain
import Storage

/// How an account's connection is doing: what is known of it, whom to tell, and who waits for it.
package struct ConnectionTracker: Sendable {
  package private(set) var status: ConnectionStatus
  /// Why it is no use to wait for the connection, although it is tried again; nil otherwise.
  package private(set) var obstacle: UserError?
  package private(set) var hasBeenOnline = false
  /// The server's clock when it told its time, less ours when we heard of it.
  private var clockOffset: Int64?
  private let settled = AsyncGate()
  private let environment: AccountEnvironment

  /// A connection that is about to be opened.
  package init(of account: AccountRecord, environment: AccountEnvironment) {
    self.environment = environment
    status = ConnectionStatus(
      service: account.service, state: .connecting,
      account: account.displayName ?? account.identifier)
  }

  /// - Parameters:
  ///   - cause: why it is down; while it is dialled again, that of the last attempt stays.
  ///   - obstacle: why nobody has to wait for the next attempt.
  ///   - releasing: whether those who wait are let go; nil lets them go for an obstacle.
  package mutating func set(
    _ state: ConnectionState, because cause: UserError? = nil, obstacle: UserError? = nil,
    releasing: Bool? = nil
  ) {
    status.state = state
    status.cause = cause ?? (state == .connecting ? status.cause : nil)
    self.obstacle = obstacle
    if state == .online { hasBeenOnline = true }
    if state.isSettled || releasing ?? (obstacle != nil) { settled.open() } else { settled.close() }
    publish()
  }

  /// A question was answered after this time.
  package mutating func measure(roundTrip: Duration) {
    status.roundTrip = roundTrip.milliseconds
    status.measuredAt = environment.time.wallTime
    estimateSkew()
    publish()
  }

  /// The server has just told its time (wall ms).
  package mutating func compareClocks(serverTime: Int64) {
    clockOffset = serverTime.minus(environment.time.wallTime)
    estimateSkew()
    publish()
  }

  /// An answer is half a round trip old.
  private mutating func estimateSkew() {
    guard let clockOffset else { return }
    status.skew = clockOffset.plus((status.roundTrip ?? 0) / 2)
  }

  /// Notes what else is known of the connection.
  package mutating func note(_ change: (inout ConnectionStatus) -> Void) {
    change(&status)
    publish()
  }

  /// Tells how it is doing.
  package func publish() { environment.changes.send(.connection(status)) }

  /// It is closed for good: nobody has to wait for it.
  package func release() { settled.open() }

  /// Returns when waiting changes nothing any more, or `limit` has passed.
  package func settle(within limit: Duration) async {
    await settled.wait(atMost: limit, time: environment.time)
  }
}
