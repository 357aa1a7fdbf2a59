/// One service.
package struct ConnectionStatus: Sendable, Equatable {
  /// Whose line it is.
  package var service: Service
  /// How the line is doing.
  package var state: ConnectionState
  /// Whose account: a name or number; nil when nobody is signed in.
  package var account: String?
  /// Round-trip time, milliseconds; nil until one was measured.
  package var roundTrip: Int64?
  /// When that was measured, wall ms.
  package var measuredAt: Int64?
  /// Server clock minus ours, milliseconds; nil for a service that does not tell its time.
  package var skew: Int64?
  /// `json` or `binary`, the form in which MAX is spoken to; nil for other services.
  package var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; nil for other services.
  package var dialect: String?
  /// How busy the line is; nil for a service that does not count.
  package var meter: ConnectionLoad?
  /// Why the line is down, while it is tried again.
  package var cause: UserError?

  package init(
    service: Service,
    state: ConnectionState,
    account: String? = nil,
    roundTrip: Int64? = nil,
    measuredAt: Int64? = nil,
    skew: Int64? = nil,
    codec: String? = nil,
    dialect: String? = nil,
    meter: ConnectionLoad? = nil,
    cause: UserError? = nil
  ) {
    self.service = service
    self.state = state
    self.account = account
    self.roundTrip = roundTrip
    self.measuredAt = measuredAt
    self.skew = skew
    self.codec = codec
    self.dialect = dialect
    self.meter = meter
    self.cause = cause
  }
}

/// How busy a line with limits is.
package struct ConnectionLoad: Sendable, Equatable {
  /// Messages written within the last second.
  package var messagesPerSecond: Int
  /// Channels subscribed to.
  package var subscriptions: Int
  /// How often a lost connection was opened again.
  package var reconnects: Int

  package init(
    messagesPerSecond: Int,
    subscriptions: Int,
    reconnects: Int
  ) {
    self.messagesPerSecond = messagesPerSecond
    self.subscriptions = subscriptions
    self.reconnects = reconnects
  }
}

/// How a service's line is doing.
package enum ConnectionState: Sendable, Equatable {
  /// Nobody is signed in.
  case notSetUp
  /// The line is being opened, or the login is on its way.
  case connecting
  /// Signed in, and everything the server says arrives.
  case online
  /// Down; the next attempt is due at this moment, in ms of uptime.
  case waiting(until: Int64)
  /// Stopped until a person does something; the error says why and what.
  case stopped(UserError)

  /// Whether nothing will change by waiting.
  package var isSettled: Bool {
    switch self {
    case .online, .stopped, .notSetUp: true
    case .connecting, .waiting: false
    }
  }
}
