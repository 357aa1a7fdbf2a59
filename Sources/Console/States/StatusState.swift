import Storage
import Trading

/// The first line: one lamp per service, and which world this is.
public struct StatusState: Sendable, Equatable {
  /// How a service's line is doing.
  public enum Lamp: Sendable, Equatable {
    /// Nobody is signed in.
    case notSetUp
    /// The line is being opened, or the login is on its way.
    case connecting
    /// Signed in, and everything the server says arrives.
    case online
    /// Down; the next attempt is due at this moment, in ms of uptime.
    case waiting(until: Int64)
    /// Stopped until a person does something; the error says why and what.
    case stopped(ConsoleError)

    /// Whether nothing will change by waiting.
    var isSettled: Bool {
      switch self {
      case .online, .stopped, .notSetUp: true
      case .connecting, .waiting: false
      }
    }
  }

  /// One service.
  public struct Entry: Sendable, Equatable {
    /// Whose line it is.
    public var service: Service
    /// How the line is doing.
    public var lamp: Lamp
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
    /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; nil for other services.
    public var dialect: String?
    /// How busy the line is; nil for a service that does not count.
    public var meter: Meter?
    /// Why the line is down, while it is tried again.
    public var cause: ConsoleError?
  }

  /// How busy a line with limits is.
  public struct Meter: Sendable, Equatable {
    /// Messages written within the last second.
    public var messagesPerSecond: Int
    /// Channels subscribed to.
    public var subscriptions: Int
    /// How often a lost connection was opened again.
    public var reconnects: Int
  }

  /// What money is at stake.
  public enum Mode: Sendable {
    /// Real money.
    case live
    /// Pretend money on the built-in servers.
    case sandbox
    /// Everything works but the sending of swaps.
    case dryRun
    /// Swaps are filled here, with money that is none.
    case paper
  }

  /// In the order in which they are shown.
  public var entries: [Entry] = []
  /// Said at every moment, since the keys that trade are the same in each.
  public var mode: Mode = .live
  /// No swap leaves, whatever the world.
  public var isHalted = false
  /// Something the person asked for is in flight.
  public var isBusy = false
}

extension StatusState.Meter {
  init(_ meter: Trading.Meter) {
    self.init(
      messagesPerSecond: meter.messagesPerSecond, subscriptions: meter.subscriptions,
      reconnects: meter.reconnects)
  }
}
