/// One call of the log, or the one that rings.
package struct CallRow: Sendable, Equatable, Identifiable {
  /// How a call stands; the raw values are those of the store.
  package enum Outcome: String, Sendable {
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
  package var id: String
  /// The name of who is at the other end, or a stand-in with the number while nobody has introduced
  /// them.
  package var caller: String
  /// The group that is called; nil for a call between two.
  package var group: String?
  /// Whether the call was our own.
  package var isOutgoing = false
  /// Whether the caller asked for video; otherwise for sound alone.
  package var isVideo: Bool
  /// When it began to ring, in wall ms.
  package var at: Int64
  /// Milliseconds of talk; nil where nobody talked, or the server does not tell.
  package var talk: Int64?
  /// What became of it so far.
  package var outcome: Outcome
  /// `wss://host`, without the token; nil when the configuration could not be read.
  package var signaling: String?
  /// `stun:host:port`; nil like `signaling`.
  package var stun: String?
  /// `turn:host:port` of each relay; empty when there is none.
  package var turn: [String] = []

  package init(
    id: String,
    caller: String,
    isOutgoing: Bool = false,
    isVideo: Bool,
    at: Int64,
    talk: Int64? = nil,
    outcome: Outcome,
    signaling: String? = nil,
    stun: String? = nil,
    turn: [String] = []
  ) {
    self.id = id
    self.caller = caller
    self.isOutgoing = isOutgoing
    self.isVideo = isVideo
    self.at = at
    self.talk = talk
    self.outcome = outcome
    self.signaling = signaling
    self.stun = stun
    self.turn = turn
  }
}

/// The call log, newest first.
package struct CallsState: Sendable, Equatable {
  /// The calls that may be in sight.
  package var rows: Excerpt<CallRow> = []
  /// Index of the selected row; nil only when there are none.
  package var selection: Int?
  /// Whether the log is up to date.
  package var freshness: Freshness = .notSetUp
  /// How many of all calls nobody answered.
  package var missed = 0

  /// No calls.
  package init() {}

  /// All calls.
  package init(
    rows: [CallRow],
    selection: Int? = nil,
    freshness: Freshness = .notSetUp
  ) {
    self.rows = Excerpt(rows)
    missed = rows.count { $0.outcome == .missed }
    self.selection = selection
    self.freshness = freshness
  }
}

/// A call that rings now.
package struct RingingCallState: Sendable, Equatable {
  /// The call that has rung longest, when several do.
  package var call: CallRow
  /// Name of the service that rings: `MAX`.
  package var service: String
  /// Whether the terminal's bell keeps still.
  package var isSilent = false
  /// The keys that answer the ring, as they work at this moment: with Alt while something is typed.
  package var hints: [Hint]

  package init(
    call: CallRow,
    service: String,
    isSilent: Bool = false,
    hints: [Hint]
  ) {
    self.call = call
    self.service = service
    self.isSilent = isSilent
    self.hints = hints
  }
}
