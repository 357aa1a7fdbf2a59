/// One call, from its ring to its end.
struct Call: Sendable, Codable {
  let id: String
  let caller: Int64
  let callee: Int64
  let isVideo: Bool
  /// Wall-clock milliseconds, as all times here.
  let startedAt: Int64
  /// Opens the signalling connection.
  var token = ""
  /// When somebody took it; nil while it rings.
  var acceptedAt: Int64?
  /// Why it ended; nil until then.
  var hangup: String?
  var endedAt: Int64?
  var messageID: Int64?

  var type: String { isVideo ? "VIDEO" : "AUDIO" }

  /// Nothing for a call that nobody took.
  var duration: Int64 {
    guard let acceptedAt, let endedAt else { return 0 }
    return max(0, endedAt - acceptedAt)
  }
}

/// Everyone's calls and who listens to them on a signalling connection (OneMe notes §5).
struct CallBook: Sendable {
  /// A signalling connection of somebody whose telephone rings.
  struct Signal: Sendable {
    let queue: SendQueue
    let call: String
    let user: Int64
    /// Of the newest command: they count from 1.
    var lastSequence = 0
    /// On the uptime clock.
    var lastMessage: Duration
  }

  private(set) var calls: [Call]
  private let pastCalls: Int
  var signals: [Int: Signal] = [:]
  /// Accounts that are online, and whose telephone rings from time to time.
  var ringing: Set<Int64> = []
  /// What is to be kept.
  var changes = ChangeLog()

  init(calls: [Call]) {
    self.calls = calls
    pastCalls = calls.count
  }

  /// Puts the calls of earlier runs behind those of the start. One that was not ended then has ended.
  mutating func restore(_ kept: KeptWorld) {
    for var call in kept.values(.call, as: Call.self).sorted(by: { $0.startedAt < $1.startedAt }) {
      call.hangup = call.hangup ?? "FAILED"
      call.endedAt = call.endedAt ?? call.startedAt
      self[call.id] = call
    }
  }

  /// Calls since the start.
  var newCalls: Int { calls.count - pastCalls }

  subscript(id: String) -> Call? {
    get { calls.last { $0.id == id } }
    set {
      guard let newValue else { return }
      changes.note(.call, newValue.id, newValue)
      if let index = calls.lastIndex(where: { $0.id == id }) {
        calls[index] = newValue
      } else {
        calls.append(newValue)
      }
    }
  }

  /// Ended calls of `account`, the newest first, with their numbers in the log.
  func log(of account: Int64) -> [(number: Int, call: Call)] {
    calls.enumerated().reversed()
      .filter { ($1.callee == account || $1.caller == account) && $1.hangup != nil }
      .map { ($0 + 1, $1) }
  }
}
