import Synchronization
import Testing
import Transport

/// The ways a connection ends are told apart, on both sides.
@Suite(.timeLimit(.minutes(10)))
struct ClosureTests {
  private let network = Network()

  /// Connects to a server whose side runs `serve`; gives the client's end.
  private func connect(
    limits: WebSocketLimits = .init(), serverLimits: WebSocketLimits = .init(),
    serve: @escaping @Sendable (WebSocketConnection) async -> Void
  ) async throws -> WebSocketConnection {
    var configuration = HTTPServer.Configuration()
    configuration.webSocketLimits = serverLimits
    let server = try HTTPServer(configuration, network: network) { _ in .webSocket(serve: serve) }
    servers.append(server)
    var request = WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/")
    request.limits = limits
    return try await network.connect(request)
  }

  private let servers = Keeper()

  @Test func aCloseByThePeer() async throws {
    let connection = try await connect { await $0.close(code: 4001, reason: "grüße") }
    #expect(await connection.closure == .byPeer(code: 4001, reason: "grüße"))
    await #expect(throws: TransportError.closed(.byPeer(code: 4001, reason: "grüße"))) {
      try await connection.send(.text("late"))
    }
  }

  @Test func aReturnOfTheServersTask() async throws {
    let connection = try await connect { _ in }
    #expect(await connection.closure == .byPeer(code: 1000, reason: ""))
  }

  @Test func aCloseWithoutCode() async throws {
    let connection = try await connect { connection in
      try? await connection.writeRaw([0x88, 0])
      _ = await connection.closure
    }
    #expect(await connection.closure == .byPeer(code: 1005, reason: ""))
  }

  @Test func aCloseByUs() async throws {
    let seen = Promise<WebSocketClosure>()
    let connection = try await connect { seen.keep(await $0.closure) }
    await connection.close(code: 1001, reason: String(repeating: "ü", count: 100))
    #expect(await connection.closure == .byUs(code: 1001))
    let cut = String(repeating: "ü", count: 61)
    #expect(await seen.value == .byPeer(code: 1001, reason: cut))
  }

  @Test func aReset() async throws {
    let connection = try await connect { connection in
      _ = await connection.messages.first { _ in true }
      await connection.reset()
    }
    try await connection.send(.text("now"))
    #expect(await connection.closure == .reset)
  }

  @Test func anEndWithoutAClose() async throws {
    let server = RawServer { peer in
      peer.write(RawPeer.acceptance(of: peer.readHead()))
      peer.write([0x81, 1, 0x61, 0x81])
      peer.endWriting()
      _ = peer.awaitEnd()
    }
    let connection = try await network.connect(WebSocketRequest(url: server.url))
    var messages = connection.messages.makeAsyncIterator()
    #expect(await messages.next() == .text("a"))
    #expect(await messages.next() == nil)
    #expect(await connection.closure == .endOfFile)
  }

  @Test func aPeerThatNoLongerAnswers() async throws {
    var limits = WebSocketLimits()
    limits.pingInterval = .milliseconds(20)
    limits.pongTimeout = .milliseconds(40)
    let connection = try await connect(limits: limits) { connection in
      await connection.stall()
      _ = await connection.closure
    }
    #expect(await connection.closure == .timedOut(.pong))
  }

  @Test func aPeerThatDoesNotConfirmTheClose() async throws {
    var limits = WebSocketLimits()
    limits.closeTimeout = .milliseconds(40)
    let connection = try await connect(limits: limits) { connection in
      await connection.stall()
      _ = await connection.closure
    }
    try await connection.send(.text("x"))
    await connection.close()
    // The stall may have come after the close frame: then the close is clean.
    let closure = await connection.closure
    #expect(closure == .timedOut(.close) || closure == .byUs(code: 1000))
  }

  @Test func aPeerThatTakesNothing() async throws {
    var limits = WebSocketLimits()
    limits.sendTimeout = .milliseconds(50)
    let connection = try await connect(limits: limits) { connection in
      await connection.stall()
      _ = await connection.closure
    }
    await #expect(throws: TransportError.closed(.timedOut(.send))) {
      while true { try await connection.send(.binary([UInt8](repeating: 1, count: 1 << 19))) }
    }
    #expect(await connection.closure == .timedOut(.send))
  }

  @Test func messagesBeforeTheEndAreStillRead() async throws {
    let connection = try await connect { connection in
      for number in 0..<10 { try? await connection.send(.text("\(number)")) }
    }
    _ = await connection.closure
    var texts: [WebSocketMessage] = []
    for await message in connection.messages { texts.append(message) }
    #expect(texts == (0..<10).map { .text("\($0)") })
  }

  @Test func anAbandonedConnectionClosesItself() async throws {
    let seen = Promise<WebSocketClosure>()
    _ = try await connect { seen.keep(await $0.closure) }
    #expect(await seen.value == .byPeer(code: 1001, reason: ""))
  }

  @Test func theFirstPingGoesOutAtOnce() async throws {
    let first = Promise<UInt8?>()
    let server = RawServer { peer in
      peer.write(RawPeer.acceptance(of: peer.readHead()))
      first.keep(peer.read(1).first)
    }
    let connection = try await network.connect(WebSocketRequest(url: server.url))
    #expect(await first.value == 0x89)
    await connection.close()
  }

  @Test func pingsMeasureTheRoundTrip() async throws {
    var limits = WebSocketLimits()
    limits.pingInterval = nil
    let connection = try await connect(limits: limits) { _ = await $0.closure }
    #expect(connection.roundTrip == nil)
    let duration = try await connection.ping()
    #expect(duration > .zero)
    #expect(connection.roundTrip == duration)
    await connection.close()
    await #expect(throws: TransportError.closed(.byUs(code: 1000))) { try await connection.ping() }
  }
}

/// Keeps servers alive as long as the test that started them.
final class Keeper: Sendable {
  private let kept = Mutex<[HTTPServer]>([])
  func append(_ server: HTTPServer) { kept.withLock { $0.append(server) } }
}
