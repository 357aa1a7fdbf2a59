import Synchronization
import Transport

/// Stands between people and a relay, and passes on what it is told to.
final class RelayFront: Sendable {
  /// What becomes of a request.
  enum Treatment: Sendable {
    case pass
    /// As if nobody were there.
    case hangUp
    /// The relay does what is asked; its answer is lost.
    case loseAnswer
    /// Something else than the relay answers.
    case answer(HTTPServer.Reply)
    /// The answer is another when it comes.
    case alter(@Sendable ([UInt8]) -> [UInt8])
  }

  let url: String
  private let server: HTTPServer
  private let passage: Passage

  init(
    before relay: String, network: Network,
    _ treat: @escaping @Sendable (HTTPServer.Request) -> Treatment
  ) throws {
    let passage = Passage(relay: relay, network: network, treat: treat)
    self.passage = passage
    var configuration = HTTPServer.Configuration()
    configuration.requestBytes = 8 << 20
    server = try HTTPServer(configuration, network: network) { await passage.answer($0) }
    url = "http://127.0.0.1:\(server.port)"
  }

  /// From now on nobody comes through, and who is through already is cut off; or the way is free.
  func setDown(_ isDown: Bool) async { await passage.setDown(isDown) }

  func stop() async {
    await passage.setDown(true)
    await server.stop()
  }
}

private actor Passage {
  private let relay: String
  private let network: Network
  private let treat: @Sendable (HTTPServer.Request) -> RelayFront.Treatment
  private var isDown = false
  private var lines: [Int: WebSocketConnection] = [:]
  private var next = 0

  init(
    relay: String, network: Network,
    treat: @escaping @Sendable (HTTPServer.Request) -> RelayFront.Treatment
  ) {
    (self.relay, self.network, self.treat) = (relay, network, treat)
  }

  func setDown(_ isDown: Bool) async {
    self.isDown = isDown
    guard isDown else { return }
    for line in lines.values { await line.reset() }
  }

  func answer(_ request: HTTPServer.Request) async -> HTTPServer.Reply {
    guard !isDown else { return .hangUp }
    let treatment = treat(request)
    switch treatment {
    case .hangUp: return .hangUp
    case .answer(let reply): return reply
    case .pass, .loseAnswer, .alter: break
    }
    guard !request.isWebSocketUpgrade else { return await open(request) }
    var onward = HTTPRequest(method: request.method, url: relay + request.target)
    for name in ["Authorization", "Content-Type", "Host"] {
      onward.headers[name] = request.headers[name]
    }
    if !request.body.isEmpty { onward.body = .bytes(request.body) }
    onward.responseBytes = 8 << 20
    do {
      let answer = try await network.send(onward)
      if case .loseAnswer = treatment { return .hangUp }
      var body = answer.body
      if case .alter(let change) = treatment { body = change(body) }
      var headers: HTTPHeaders = [:]
      headers["Content-Type"] = answer.headers["Content-Type"]
      return .response(status: answer.status, headers: headers, body: body)
    } catch {
      return .hangUp
    }
  }

  private func open(_ request: HTTPServer.Request) async -> HTTPServer.Reply {
    let behind: WebSocketConnection
    do {
      behind = try await network.connect(
        WebSocketRequest(url: "ws" + relay.dropFirst(4) + request.target))
    } catch .upgradeRefused(let status, _) {
      return .response(status: status)
    } catch {
      return .hangUp
    }
    return .webSocket { client in await self.join(client, behind) }
  }

  private func join(_ client: WebSocketConnection, _ behind: WebSocketConnection) async {
    next += 1
    let id = next
    lines[id] = client
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await Passage.carry(from: client, to: behind) }
      group.addTask { await Passage.carry(from: behind, to: client) }
      await group.next()
      await behind.close()
      await client.close()
    }
    lines[id] = nil
  }

  private static func carry(
    from source: WebSocketConnection, to target: WebSocketConnection
  ) async {
    for await message in source.messages {
      do { try await target.send(message) } catch { return }
    }
  }
}

/// Counts what a test's closure sees.
final class Tally: Sendable {
  private let count = Mutex(0)
  var value: Int { count.withLock { $0 } }

  /// Adds one; returns the sum.
  @discardableResult
  func add() -> Int {
    count.withLock { count in
      count += 1
      return count
    }
  }
}
