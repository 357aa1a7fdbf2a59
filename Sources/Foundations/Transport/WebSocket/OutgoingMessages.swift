/// What one connection still has to send: first as it was given, then as bytes in the codec's output, until
/// the socket has taken the last of them.
struct OutgoingMessages {
  enum Content {
    case message(WebSocketMessage)
    case raw([UInt8])
  }

  private struct Item {
    let content: Content
    let sent: Promise<Void>
    let deadline: Duration
    /// The codec's output position after the last byte, once encoded.
    var mark = 0
  }

  /// Of a close frame that is to follow everything else.
  var closeReason: String?
  private var waiting = FIFO<Item>()
  private var encoded = FIFO<Item>()
  /// When the socket last took a byte, or got its first one to take.
  private var lastWritten: Duration

  init(lastWritten: Duration) { self.lastWritten = lastWritten }

  mutating func append(_ content: Content, _ sent: Promise<Void>, deadline: Duration) {
    waiting.append(Item(content: content, sent: sent, deadline: deadline))
  }

  /// Takes back a message that has not been encoded yet.
  mutating func withdraw(_ sent: Promise<Void>) { waiting.removeAll { $0.sent === sent } }

  /// By when the socket must have taken something, and the oldest message must be gone.
  ///
  /// - Parameter isStuck: Whether there is something that the socket has not taken.
  func deadline(isStuck: Bool, _ limits: WebSocketLimits) -> Duration? {
    let stuck = isStuck ? lastWritten + limits.sendTimeout : nil
    let oldest = (encoded.first ?? waiting.first)?.deadline
    return [stuck, oldest].compactMap { $0 }.min()
  }

  /// Fills the codec's output up to `limit` bytes.
  mutating func encode(with codec: FrameCodec, limit: Int, at now: Duration) {
    if codec.output.isEmpty { lastWritten = now }
    while codec.output.count < limit, var next = waiting.popFirst() {
      switch next.content {
      case .message(let message): codec.send(message)
      case .raw(let bytes): codec.output.append(bytes)
      }
      next.mark = codec.output.appended
      encoded.append(next)
    }
  }

  /// The reason of the close frame, once everything before it is encoded.
  mutating func takeCloseReason() -> String? {
    guard waiting.isEmpty else { return nil }
    defer { closeReason = nil }
    return closeReason
  }

  /// The socket has taken the codec's output up to `position`.
  mutating func noteWritten(_ position: Int, at now: Duration) {
    lastWritten = now
    while let next = encoded.first, next.mark <= position {
      _ = encoded.popFirst()
      next.sent.complete(.success(()))
    }
  }

  /// Nothing of it is sent any more.
  mutating func fail(_ error: TransportError) {
    while let next = encoded.popFirst() ?? waiting.popFirst() {
      next.sent.complete(.failure(error))
    }
  }
}
