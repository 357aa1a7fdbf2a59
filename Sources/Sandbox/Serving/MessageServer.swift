import Transport

/// A server that speaks over connections, one message at a time.
protocol MessageServer: Actor {
  /// Takes in a connection that answers through `outbox`; returns its number.
  func join(_ outbox: Outbox) -> Int
  /// Takes one message; nil stands for a binary one.
  func receive(_ bytes: [UInt8]?, from id: Int)
  func leave(_ id: Int)
}

extension MessageServer {
  /// Carries messages between `connection` and this server until the connection ends.
  nonisolated func serve(_ connection: WebSocketConnection) async {
    let outbox = Outbox()
    let id = await join(outbox)
    await withTaskGroup { group in
      group.addTask { await outbox.deliver(to: connection) }
      for await message in connection.messages {
        switch message {
        case .text(let text): await receive(Array(text.utf8), from: id)
        case .binary: await receive(nil, from: id)
        }
      }
      group.cancelAll()
    }
    await leave(id)
  }
}

extension MaxServer: MessageServer {
  nonisolated func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    guard request.path == MaxServer.path else { return .response(status: 404) }
    guard admits(origin: request.headers["Origin"]) else { return .response(status: 403) }
    return .webSocket { [weak self] connection in await self?.serve(connection) }
  }
}

extension TradingServer: MessageServer {
  func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    guard request.path == TradingServer.path else { return .response(status: 404) }
    if let status = refusalOfUpgrade() { return .response(status: status) }
    return .webSocket { [weak self] connection in await self?.serve(connection) }
  }
}

extension HTTPServer.Request {
  /// The target without its query.
  fileprivate var path: Substring { target.prefix { $0 != "?" } }
}
