/// One open WebSocket connection, client or server side.
///
/// A connection whose last reference goes away closes itself (1001).
public final class WebSocketConnection: Sendable {
  /// Headers of the upgrade's answer (`Date` among them); empty on the server side.
  public let responseHeaders: HTTPHeaders

  private let identifier: Int
  private let network: Network
  private let incoming: MessageBuffer

  init(
    identifier: Int, network: Network, incoming: MessageBuffer, responseHeaders: HTTPHeaders = [:]
  ) {
    self.identifier = identifier
    self.network = network
    self.incoming = incoming
    self.responseHeaders = responseHeaders
  }

  deinit { post { $0.close(code: 1001, reason: "") } }

  /// Incoming messages in order; ends when the connection does. A task that reads and is cancelled
  /// gets the end too. One reader at a time.
  public var messages: Messages { Messages(connection: self) }

  /// The next incoming message and all that have arrived behind it, at most `limit`: nothing is waited
  /// for once there is one. None after the end, or when the task is cancelled.
  public func nextMessages(atMost limit: Int) async -> [WebSocketMessage] {
    await incoming.nextBatch(limit: limit) { post { $0.resumeReading() } }
  }

  /// How the connection ended; waits until it has, cancelled or not.
  public var closure: WebSocketClosure { get async { await incoming.closure } }

  /// Round-trip time of the newest answered ping; nil before the first.
  public var roundTrip: Duration? { incoming.roundTrip }

  /// Sends one message; returns when its last byte was handed to the operating system.
  ///
  /// Throws `.closed` when the connection ends first (`.timedOut(.send)` inside it when the socket
  /// took too long), `.cancelled` when the task is cancelled: then the message is taken back, or, if
  /// its bytes are already on their way, may still arrive.
  public func send(_ message: WebSocketMessage) async throws(TransportError) {
    let sent = Promise<Void>()
    post(sent) { $0.send(message, sent) }
    try await sent.value { [self] in post { $0.withdraw(sent) } }
  }

  /// Sends messages one after the other; returns when the last byte was handed to the operating
  /// system. Throws as the sending of one does.
  public func send(_ messages: [WebSocketMessage]) async throws(TransportError) {
    guard !messages.isEmpty else { return }
    let sent = Promise<Void>()
    post(sent) { $0.send(messages, sent) }
    try await sent.value { [self] in post { $0.withdraw(sent) } }
  }

  /// Sends a ping now and waits for its pong, at most for the limits' `pongTimeout`.
  public func ping() async throws(TransportError) -> Duration {
    let answered = Promise<Duration>()
    post(answered) { $0.ping(answered) }
    return try await answered.value {}
  }

  /// Sends what waits and a close frame, awaits the peer's within the limit, then closes the socket.
  /// Messages that arrive meanwhile are dropped. `reason` is cut to 123 bytes of UTF-8.
  public func close(code: UInt16 = 1000, reason: String = "") async {
    post { $0.close(code: code, reason: reason) }
    _ = await incoming.closure
  }

  /// Runs `action` on the network thread if the connection still exists there.
  func post(_ action: @escaping @Sendable (WebSocketEngine) -> Void) {
    let identifier = identifier
    network.thread.post { core in
      if let engine = core.member(identifier) as? WebSocketEngine { action(engine) }
    }
  }

  /// The same for an action that answers `waiter`, which fails if the connection has ended.
  func post<Value>(
    _ waiter: Promise<Value>, _ action: @escaping @Sendable (WebSocketEngine) -> Void
  ) {
    let (identifier, incoming) = (identifier, incoming)
    network.thread.post { core in
      if let engine = core.member(identifier) as? WebSocketEngine {
        action(engine)
      } else {
        waiter.complete(.failure(.closed(incoming.ended ?? .endOfFile)))
      }
    }
  }

  /// Incoming messages as an async sequence.
  public struct Messages: AsyncSequence, Sendable {
    /// Whole messages.
    public typealias Element = WebSocketMessage
    let connection: WebSocketConnection

    /// Goes on where an earlier iterator stopped: the messages are there once.
    public func makeAsyncIterator() -> Iterator { Iterator(connection: connection) }

    /// Takes messages from the connection one by one.
    public struct Iterator: AsyncIteratorProtocol {
      let connection: WebSocketConnection

      /// The next message; nil after the end or when the task is cancelled.
      public mutating func next() async -> WebSocketMessage? {
        let connection = connection
        return await connection.incoming.next { connection.post { $0.resumeReading() } }
      }
    }
  }
}

// Ways to misbehave, for servers that try how clients bear it.

extension WebSocketConnection {
  /// Writes `bytes` to the socket as they stand, in order with the messages sent.
  public func writeRaw(_ bytes: [UInt8]) async throws(TransportError) {
    let sent = Promise<Void>()
    post(sent) { $0.writeRaw(bytes, sent) }
    try await sent.value { [self] in post { $0.withdraw(sent) } }
  }

  /// Ends the connection with a TCP reset, without a close frame. Over TLS, where the socket is not
  /// the network's, it is an end of file.
  public func reset() async {
    post { $0.reset() }
    _ = await closure
  }

  /// Leaves the connection half open: from now on nothing is read, written or answered and no
  /// deadline applies, until `close`, which then ends it without a close frame.
  public func stall() async {
    let stalled = Promise<Void>()
    post(stalled) { engine in
      engine.stall()
      stalled.complete(.success(()))
    }
    // Ended before or cancelled: there is nothing left to stall.
    _ = try? await stalled.value {}
  }
}
