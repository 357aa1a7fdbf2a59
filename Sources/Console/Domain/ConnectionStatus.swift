import Storage

/// One service.
public struct ConnectionStatus: Sendable, Equatable {
  /// Whose line it is.
  public var service: Service
  /// How the line is doing.
  public var state: ConnectionState
  /// Whose account: a name or number; nil when nobody is signed in.
  public var account: String?
  /// Round-trip time, milliseconds; nil until one was measured.
  public var roundTrip: Int64?
  /// When that was measured, wall ms.
  public var measuredAt: Int64?
  /// Server clock minus ours, milliseconds; nil for a service that does not tell its time.
  public var skew: Int64?
  /// `json` or `binary`, the form in which MAX is spoken to; nil for other services.
  public var codec: String?
  /// How busy the line is; nil for a service that does not count.
  public var meter: ConnectionLoad?
  /// Why the line is down, while it is tried again.
  public var cause: ConsoleError?
}

/// How busy a line with limits is.
public struct ConnectionLoad: Sendable, Equatable {
  /// Messages written within the last second.
  public var messagesPerSecond: Int
  /// Channels subscribed to.
  public var subscriptions: Int
  /// How often a lost connection was opened again.
  public var reconnects: Int
}
