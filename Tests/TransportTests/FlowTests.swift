import Synchronization
import Testing
import Transport

/// Back-pressure, cancellation and many connections at once.
@Suite(.timeLimit(.minutes(10)))
struct FlowTests {
  private let network = Network()

  private func connect(
    _ server: HTTPServer, limits: WebSocketLimits = .init()
  ) async throws -> WebSocketConnection {
    var request = WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/")
    request.limits = limits
    return try await network.connect(request)
  }

  @Test func aSlowReaderGetsEverythingInOrder() async throws {
    let total = 1000
    let server = try HTTPServer(.init(), network: network) { _ in
      .webSocket { connection in
        let payload = [UInt8](repeating: 7, count: 10_000)
        for number in 0..<total {
          try? await connection.send(.binary(payload + [UInt8(number & 0xff)]))
        }
      }
    }
    var limits = WebSocketLimits()
    limits.incomingMessages = 8
    let connection = try await connect(server, limits: limits)
    var count = 0
    for await message in connection.messages {
      guard case .binary(let bytes) = message, bytes.last == UInt8(count & 0xff) else { break }
      count += 1
    }
    #expect(count == total)
    #expect(await connection.closure == .byPeer(code: 1000, reason: ""))
    await server.stop()
  }

  @Test func aReaderThatStopsBlocksTheSenderUntilItsDeadline() async throws {
    let outcome = Promise<WebSocketClosure>()
    let sent = Mutex(0)
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits.sendTimeout = .milliseconds(100)
    configuration.webSocketLimits.outgoingBytes = 1 << 16
    let server = try HTTPServer(configuration, network: network) { _ in
      .webSocket { connection in
        let message = WebSocketMessage.binary([UInt8](repeating: 7, count: 100_000))
        while (try? await connection.send(message)) != nil { sent.withLock { $0 += 1 } }
        outcome.keep(await connection.closure)
      }
    }
    let connection = try await connect(server)
    #expect(await outcome.value == .timedOut(.send))
    // What was taken is bounded by the incoming and the system's buffers, far from endless.
    #expect(sent.withLock { $0 } < 400)
    _ = connection
    await server.stop()
  }

  @Test func aCancelledConnectLetsGoOfItsSocket() async throws {
    let arrived = Promise<Void>()
    let ended = Promise<Bool>()
    let server = RawServer { peer in
      _ = peer.readHead()
      arrived.keep(())
      ended.keep(peer.awaitEnd())
    }
    let url = server.url
    let task = Task {
      try await network.connect(WebSocketRequest(url: url))
    }
    await arrived.value
    task.cancel()
    await #expect(throws: TransportError.cancelled) { try await task.value }
    #expect(await ended.value)
  }

  @Test func aCancelledRequestLetsGoOfItsSocket() async throws {
    let arrived = Promise<Void>()
    let ended = Promise<Bool>()
    let server = RawServer { peer in
      _ = peer.readHead()
      arrived.keep(())
      ended.keep(peer.awaitEnd())
    }
    let url = "http://127.0.0.1:\(server.port)/"
    let task = Task { try await network.send(HTTPRequest(url: url)) }
    await arrived.value
    task.cancel()
    await #expect(throws: TransportError.cancelled) { try await task.value }
    #expect(await ended.value)
  }

  @Test func aTaskCancelledBeforeItStartsDoesNotConnect() async throws {
    let server = try echoServer(network)
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try await connectPlainly(server.port)
    }
    await #expect(throws: TransportError.cancelled) { try await task.value }
    await server.stop()
  }

  private func connectPlainly(_ port: UInt16) async throws(TransportError) -> WebSocketConnection {
    try await network.connect(WebSocketRequest(url: "ws://127.0.0.1:\(port)/"))
  }

  @Test func aCancelledReaderGetsTheEndAndTheConnectionLives() async throws {
    let server = try echoServer(network)
    let connection = try await connect(server)
    let reader = Task { await connection.messages.first { _ in true } }
    reader.cancel()
    #expect(await reader.value == nil)
    try await connection.send(.text("still here"))
    #expect(await connection.messages.first { _ in true } == .text("still here"))
    await server.stop()
  }

  @Test func aCancelledSendEndsAtOnceAndTheConnectionLives() async throws {
    let server = try HTTPServer(.init(), network: network) { _ in
      .webSocket { connection in
        await connection.stall()
        _ = await connection.closure
      }
    }
    var limits = WebSocketLimits()
    limits.closeTimeout = .milliseconds(40)
    let connection = try await connect(server, limits: limits)
    let sender = Task {
      while true { try await connection.send(.binary([UInt8](repeating: 1, count: 1 << 20))) }
    }
    sender.cancel()
    await #expect(throws: TransportError.cancelled) { try await sender.value }
    await connection.close()
    // Had the cancellation ended the connection, its close would have had nothing to wait for.
    #expect(await connection.closure == .timedOut(.close))
    await server.stop()
  }

  @Test func twoHundredConnectionsTalkAtOnce() async throws {
    let server = try echoServer(network)
    let port = server.port
    let network = network
    let correct = try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<200 {
        group.addTask {
          let connection = try await network.connect(
            WebSocketRequest(url: "ws://127.0.0.1:\(port)/\(number)"))
          var messages = connection.messages.makeAsyncIterator()
          for round in 0..<5 {
            let message = WebSocketMessage.text("\(number)/\(round)")
            try await connection.send(message)
            guard await messages.next() == message else { return false }
          }
          await connection.close()
          return await connection.closure == .byUs(code: 1000)
        }
      }
      return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
    }
    #expect(correct == 200)
    await server.stop()
  }

  @Test func newConnectionsDoNotDisturbOldOnesWithUnreadBytes() async throws {
    let server = try HTTPServer(.init(), network: network) { _ in
      .webSocket { connection in
        let text = String(repeating: "unread", count: 10_000)
        for _ in 0..<20 { try? await connection.send(.text(text)) }
        _ = await connection.closure
      }
    }
    var limits = WebSocketLimits()
    limits.incomingMessages = 1
    let old = try await connect(server, limits: limits)
    for _ in 0..<10 { _ = try await connect(server) }
    var count = 0
    var messages = old.messages.makeAsyncIterator()
    while count < 20, await messages.next() != nil { count += 1 }
    #expect(count == 20)
    await server.stop()
  }

  @Test func stoppingClosesEveryConnection() async throws {
    let server = try echoServer(network)
    let connections = [try await connect(server), try await connect(server)]
    await server.stop()
    for connection in connections {
      #expect(await connection.closure == .byPeer(code: 1001, reason: ""))
    }
    await server.stop()
    await #expect(throws: TransportError.self) { try await connect(server) }
  }
}
