/// One call of the log, or the one that rings.
public struct CallRow: Sendable, Equatable, Identifiable {
  /// How a call stands; the raw values are those of the store.
  public enum Outcome: String, Sendable {
    /// It rings now.
    case ringing
    /// It was answered, on another device, and is over.
    case ended
    /// Somebody turned it down, here or on another device.
    case declined
    /// Nobody answered.
    case missed
    /// Its ring was stopped here alone.
    case ignored
  }

  /// The conversation id, by which the command line knows the call.
  public var id: String
  /// The name of who is at the other end, or a stand-in with the number while nobody has introduced
  /// them.
  public var caller: String
  /// Whether the call was our own.
  public var isOutgoing = false
  /// Whether the caller asked for video; otherwise for sound alone.
  public var isVideo: Bool
  /// When it began to ring, in wall ms.
  public var at: Int64
  /// Milliseconds of talk; nil where nobody talked, or the server does not tell.
  public var talk: Int64?
  /// What became of it so far.
  public var outcome: Outcome
  /// `wss://host`, without the token; nil when the configuration could not be read.
  public var signaling: String?
  /// `stun:host:port`; nil like `signaling`.
  public var stun: String?
  /// `turn:host:port` of each relay; empty when there is none.
  public var turn: [String] = []
}

/// The call log, newest first.
public struct CallsState: Sendable, Equatable {
  /// The newest calls that are kept in view.
  public var rows: [CallRow] = []
  /// Index of the selected row; nil only when there are none.
  public var selection: Int?
  /// Whether the log is up to date.
  public var freshness: Freshness = .notSetUp
}

/// A call that rings now.
public struct RingState: Sendable, Equatable {
  /// The call that has rung longest, when several do.
  public var call: CallRow
  /// Name of the service that rings: `MAX`.
  public var service: String
  /// Whether the terminal's bell keeps still.
  public var isSilent = false
  /// The keys that answer the ring, as they work at this moment: with Alt while something is typed.
  public var hints: [Hint]
}
