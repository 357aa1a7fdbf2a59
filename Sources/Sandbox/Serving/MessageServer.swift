import Transport

/// A server that speaks over connections, one message at a time.
protocol MessageServer: Actor {
  /// Takes in a connection that answers through `queue`; returns its number.
  func join(_ queue: SendQueue) -> Int
  func receive(_ message: WebSocketMessage, from id: Int)
  func leave(_ id: Int)
}

extension MessageServer {
  /// Carries messages between `connection` and this server until the connection ends.
  nonisolated func serve(_ connection: WebSocketConnection) async {
    let queue = SendQueue()
    let id = await join(queue)
    await converse(connection, through: queue) { await self.receive($0, from: id) }
    await leave(id)
  }
}

/// Hands over what comes in and sends what goes out until the connection ends.
func converse(
  _ connection: WebSocketConnection, through queue: SendQueue,
  receive: @escaping @Sendable (WebSocketMessage) async -> Void
) async {
  await withTaskGroup { group in
    group.addTask { await queue.deliver(to: connection) }
    for await message in connection.messages { await receive(message) }
    group.cancelAll()
  }
}

/// The connections of all clients, by number.
struct Sessions<Session: Sendable>: Sendable {
  private var sessions: [Int: Session] = [:]
  private var lastID = 0

  var keys: Dictionary<Int, Session>.Keys { sessions.keys }
  var values: Dictionary<Int, Session>.Values { sessions.values }

  subscript(id: Int) -> Session? {
    get { sessions[id] }
    set { sessions[id] = newValue }
  }

  /// A number for a new connection; they count up.
  mutating func newID() -> Int {
    lastID += 1
    return lastID
  }
}
