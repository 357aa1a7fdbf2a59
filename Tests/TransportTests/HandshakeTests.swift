import Testing
import Transport

/// Servers that answer the opening handshake in every wrong way, and in odd but right ones.
@Suite(.timeLimit(.minutes(10)))
struct HandshakeTests {
  private let network = Network()

  /// Connects to a server that reads the request and then answers with `answer`.
  private func connect(
    _ answer: String, limits: WebSocketLimits = .init()
  ) async throws -> WebSocketConnection {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write(answer)
      _ = peer.awaitEnd()
    }
    return try await connect(server, limits: limits)
  }

  private func connect(
    _ server: RawServer, limits: WebSocketLimits = .init()
  ) async throws -> WebSocketConnection {
    var request = WebSocketRequest(url: server.url)
    request.limits = limits
    return try await network.connect(request)
  }

  @Test(arguments: [
    ("HTTP/1.1 301 Moved\r\nLocation: ws://127.0.0.1:1/\r\n\r\n", 301),
    ("HTTP/1.1 401 Unauthorized\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nno", 401),
    ("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>", 200),
    ("HTTP/1.0 503\r\n\r\n", 503),
  ])
  func aRefusalIsToldWithItsStatus(answer: String, status: Int) async {
    await #expect {
      _ = try await connect(answer)
    } throws: { error in
      guard case .upgradeRefused(status, _) = error as? TransportError else { return false }
      return true
    }
  }

  @Test func aRefusalKeepsItsHeaders() async {
    await #expect {
      _ = try await connect("HTTP/1.1 429 Slow\r\nretry-after:  7 \r\n\r\n")
    } throws: { error in
      guard case .upgradeRefused(429, let headers) = error as? TransportError else { return false }
      return headers["Retry-After"] == "7"
    }
  }

  @Test(arguments: [
    "<html>not HTTP at all</html>",
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
      + "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/1.1 xyz\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\nno colon\r\n\r\n",
    "HTTP/1.1 200 OK\r\nX: " + String(repeating: "x", count: 70_000),
  ])
  func aWrongAnswerIsAViolation(answer: String) async {
    await #expect {
      _ = try await connect(answer)
    } throws: { error in
      guard case .protocolViolation = error as? TransportError else { return false }
      return true
    }
  }

  @Test(arguments: ["Sec-WebSocket-Extensions: permessage-deflate", "Sec-WebSocket-Protocol: chat"])
  func whatWasNotOfferedMustNotBeChosen(field: String) async {
    let server = RawServer { peer in
      let right = RawPeer.acceptance(of: peer.readHead())
      peer.write(right.dropLast(2) + field + "\r\n\r\n")
      _ = peer.awaitEnd()
    }
    await #expect {
      _ = try await connect(server)
    } throws: { error in
      guard case .protocolViolation = error as? TransportError else { return false }
      return true
    }
  }

  @Test func endlessHeadersAreCutOff() async {
    let server = RawServer { peer in
      _ = peer.readHead()
      peer.write("HTTP/1.1 101 Switching Protocols\r\n")
      for number in 0..<5000 { peer.write("X-Filler-\(number): \(number)\r\n") }
      _ = peer.awaitEnd()
    }
    await #expect(
      throws: TransportError.protocolViolation("the answer's head is longer than 65536 bytes")
    ) { try await connect(server) }
  }

  @Test func aSilentServerTimesOut() async {
    var limits = WebSocketLimits()
    limits.handshakeTimeout = .milliseconds(50)
    let server = RawServer { peer in _ = peer.awaitEnd() }
    await #expect(throws: TransportError.timedOut(.handshake)) {
      try await connect(server, limits: limits)
    }
  }

  @Test func anEndDuringTheHandshakeIsTold() async {
    let server = RawServer { peer in _ = peer.readHead() }
    await #expect(throws: TransportError.closed(.endOfFile)) { try await connect(server) }
  }

  @Test func anAnswerMayComeByteByByte() async throws {
    let server = RawServer { peer in
      for byte in RawPeer.acceptance(of: peer.readHead()).utf8 { peer.write([byte]) }
      peer.write([0x81, 2, 0x6f, 0x6b])
      _ = peer.awaitEnd()
    }
    let connection = try await connect(server)
    var messages = connection.messages.makeAsyncIterator()
    #expect(await messages.next() == .text("ok"))
  }

  @Test func framesGluedToTheAnswerAreNotLost() async throws {
    let server = RawServer { peer in
      let acceptance = Array(RawPeer.acceptance(of: peer.readHead()).utf8)
      peer.write(acceptance + [0x81, 2, 0x6f, 0x6b, 0x82, 1, 7, 0x88, 2, 0x03, 0xe8])
      _ = peer.awaitEnd()
    }
    let connection = try await connect(server)
    var received: [WebSocketMessage] = []
    for await message in connection.messages { received.append(message) }
    #expect(received == [.text("ok"), .binary([7])])
    #expect(await connection.closure == .byPeer(code: 1000, reason: ""))
  }

  @Test func theRequestIsExactlyWhatWasAskedFor() async throws {
    let head = Promise<String>()
    let server = RawServer { peer in
      let request = peer.readHead()
      head.keep(request)
      peer.write(RawPeer.acceptance(of: request))
      _ = peer.awaitEnd()
    }
    var request = WebSocketRequest(url: server.url + "a%2Fb/../c?x=1%2B2#fragment")
    request.headers = ["Origin": "https://example.org", "User-Agent": "Made Up/1.0"]
    _ = try await network.connect(request)
    let lines = await head.value.split(separator: "\r\n")
    #expect(lines.first == "GET /a%2Fb/../c?x=1%2B2 HTTP/1.1")
    #expect(lines.contains("Host: 127.0.0.1:\(server.port)"))
    #expect(lines.contains("Origin: https://example.org"))
    #expect(lines.contains("User-Agent: Made Up/1.0"))
    #expect(lines.contains("Sec-WebSocket-Version: 13"))
    #expect(lines.count == 8)
  }

  @Test func aHeaderCannotSmuggleInAnother() async {
    var request = WebSocketRequest(url: "ws://127.0.0.1:1/")
    request.headers = ["Origin": "x\r\nCookie: y"]
    await #expect(throws: TransportError.badAddress("header field \"Origin\" cannot be sent")) {
      try await network.connect(request)
    }
  }

  @Test func nobodyListeningIsRefused() async {
    // A port that was free a moment ago, on a loopback address that nothing else uses.
    await #expect {
      _ = try await network.connect(WebSocketRequest(url: "ws://127.83.12.9:9/"))
    } throws: { error in
      guard case .refused = error as? TransportError else { return false }
      return true
    }
  }

  @Test(arguments: ["ws://example.org/", "ws://127.0.0.1.example.org/", "ws://10.0.0.1/"])
  func plainTextStaysOnThisMachine(url: String) async {
    await #expect {
      _ = try await network.connect(WebSocketRequest(url: url))
    } throws: { error in
      guard case .insecure = error as? TransportError else { return false }
      return true
    }
  }

  @Test func aConnectThatIsNotAcceptedTimesOut() async throws {
    // The queue of a server that never accepts holds few connections; then nobody answers.
    let server = RawServer(backlog: 0, script: nil)
    var limits = WebSocketLimits()
    limits.connectTimeout = .milliseconds(100)
    limits.handshakeTimeout = .milliseconds(100)
    let (port, network, used) = (server.port, network, limits)
    let errors = await withTaskGroup(of: TransportError?.self) { group in
      for _ in 0..<6 {
        group.addTask {
          var request = WebSocketRequest(url: "ws://127.0.0.1:\(port)/")
          request.limits = used
          do throws(TransportError) { _ = try await network.connect(request) } catch {
            return error
          }
          return nil
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(errors.contains(.timedOut(.connect)))
    #expect(!errors.contains(nil))
  }
}
