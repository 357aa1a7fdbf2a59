import Transport

/// One connection of a client.
struct MaxSession: Sendable {
  enum Stage: Sendable {
    case fresh, greeted
    case online(account: Int64, token: String)
  }

  let queue: SendQueue
  var wire: MaxWire
  var stage = Stage.fresh
  /// What it told of itself: program and system, kind and version.
  var client = ""
  var version = ""
  /// Of the newest request; requests must count upwards.
  var lastRequest = -1
  /// Of the next push: the server counts its own.
  var nextPush = 0
  /// Pushed messages that wait for their acknowledgement, by number.
  var unacknowledged: [Int: Int64] = [:]
  /// An answer that waits until the next one is out.
  var heldAnswer: WebSocketMessage?
  var frames = 0
  var lastFrame: Duration

  init(queue: SendQueue, wire: MaxWire, lastFrame: Duration) {
    self.queue = queue
    self.wire = wire
    self.lastFrame = lastFrame
  }

  var account: Int64? {
    if case .online(let account, _) = stage { account } else { nil }
  }

  /// Whether a request may have this number: one more than before or later, and from 65535 back to
  /// the beginning (OneMe notes §2.3).
  func admits(_ seq: Int) -> Bool {
    seq > lastRequest || lastRequest > 0xff00 && (0..<0x100).contains(seq)
  }
}
