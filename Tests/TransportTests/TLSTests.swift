import Testing

@testable import Transport

/// TLS on both ends: trusted and untrusted authorities, WebSocket and HTTP.
@Suite(.timeLimit(.minutes(10)))
struct TLSTests {
  private let network = Network()

  private func server(_ certificates: Certificates) throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    configuration.tls = certificates.identity
    configuration.requestBytes = 32 << 20
    return try HTTPServer(configuration, network: network) { request in
      guard request.isWebSocketUpgrade else { return .response(status: 200, body: request.body) }
      return .webSocket { connection in
        for await message in connection.messages { try? await connection.send(message) }
      }
    }
  }

  private func request(_ server: HTTPServer, host: String = "localhost") throws -> WebSocketRequest
  {
    var request = WebSocketRequest(url: "wss://\(host):\(server.port)/")
    request.certificateAuthorityFile = try Certificates.shared.get().authorityFile
    request.limits.messageBytes = 8 << 20
    return request
  }

  @Test(arguments: ["localhost", "127.0.0.1"])
  func aNamedAuthorityIsTrusted(host: String) async throws {
    let server = try server(Certificates.shared.get())
    let connection = try await network.connect(request(server, host: host))
    var messages = connection.messages.makeAsyncIterator()
    for count in [0, 5, 40_000] {
      let message = WebSocketMessage.binary([UInt8](repeating: 3, count: count))
      try await connection.send(message)
      #expect(await messages.next() == message)
    }
    await connection.close()
    #expect(await connection.closure == .byUs(code: 1000))
    await server.stop()
  }

  @Test func aServerThatReadsSlowlyGetsEverything() async throws {
    // libmicrohttpd passes upgraded TLS on in small pieces: our writes have to wait and be repeated.
    let server = try server(Certificates.shared.get())
    let connection = try await network.connect(request(server))
    let payload = [UInt8](repeating: 5, count: 200_000)
    async let sending: Void = {
      for _ in 0..<3 { try await connection.send(.binary(payload)) }
    }()
    var messages = connection.messages.makeAsyncIterator()
    for _ in 0..<3 { #expect(await messages.next() == .binary(payload)) }
    try await sending
    await connection.close()
    await server.stop()
  }

  @Test func theServersCloseArrives() async throws {
    let server = try server(Certificates.shared.get())
    let connection = try await network.connect(request(server))
    await server.stop()
    #expect(await connection.closure == .byPeer(code: 1001, reason: ""))
  }

  @Test func anUnknownAuthorityIsRefused() async throws {
    let server = try server(Certificates.shared.get())
    var request = try request(server)
    request.certificateAuthorityFile = nil
    await #expect {
      try await network.connect(request)
    } throws: { error in
      guard case .tls(let text)? = error as? TransportError,
        let hint = (error as? TransportError)?.hint
      else { return false }
      #expect(text.contains("its certificate is signed by “"), "the issuer is named")
      #expect(hint.contains("If you trust") && hint.contains("--ca-file"))
      return text.contains("self-signed") || text.contains("self signed")
    }
    await server.stop()
  }

  @Test func aCertificateForAnotherHostIsRefused() async throws {
    let server = try server(Certificates.foreign.get())
    var request = try request(server)
    request.certificateAuthorityFile = try Certificates.foreign.get().authorityFile
    await #expect {
      try await network.connect(request)
    } throws: { error in
      if case .tls = error as? TransportError { true } else { false }
    }
    await server.stop()
  }

  @Test func aServerWithoutTLSIsRefused() async throws {
    let server = RawServer { peer in
      peer.write("HTTP/1.1 400 Bad Request\r\n\r\n")
      _ = peer.awaitEnd()
    }
    await #expect(throws: TransportError.noTLS(nil)) {
      try await network.connect(WebSocketRequest(url: "wss://127.0.0.1:\(server.port)/"))
    }
    await #expect(throws: TransportError.noTLS(nil)) {
      try await network.send(HTTPRequest(url: "https://127.0.0.1:\(server.port)/"))
    }
  }

  private static let broken = TransportError.closed(
    .failed("it ended before TLS was agreed on; perhaps the server has no TLS there"))

  /// Words of curl and OpenSSL, as they were seen.
  @Test(arguments: [
    ("error:0A00010B:SSL routines::wrong version number", TransportError.noTLS(nil)),
    ("TLS connect error: error:0A0000C6:SSL routines::packet length too long", .noTLS(nil)),
    ("Recv failure: Connection reset by peer", Self.broken),
    ("OpenSSL SSL_connect: Connection reset by peer in connection to h:1", Self.broken),
    ("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to 127.0.0.1:1 ", Self.broken),
    ("error:0A000126:SSL routines::unexpected eof while reading", Self.broken),
    (
      "error:0A00042E:SSL routines::tlsv1 alert protocol version",
      .noTLS("error:0A00042E:SSL routines::tlsv1 alert protocol version")
    ),
    (
      "error:0A00045C:SSL routines::tlsv13 alert certificate required",
      .noTLS("error:0A00045C:SSL routines::tlsv13 alert certificate required")
    ),
    ("SSL certificate problem: odd", .tls("SSL certificate problem: odd")),
  ])
  func everyCauseOfAFailedHandshakeIsToldApart(words: String, error: TransportError) {
    #expect(TransportError.handshake(words) == error)
    if case .tls = error { return }
    #expect(!error.message.contains("trusted") && error.hint?.contains("clock") == false)
  }

  @Test func aServerSilentInTheTLSHandshakeTimesOut() async throws {
    let server = RawServer { peer in _ = peer.awaitEnd() }
    var request = WebSocketRequest(url: "wss://127.0.0.1:\(server.port)/")
    request.limits.connectTimeout = .milliseconds(80)
    await #expect(throws: TransportError.timedOut(.connect)) { try await network.connect(request) }
  }

  @Test func aRequestGoesOverTLS() async throws {
    let server = try server(Certificates.shared.get())
    var request = HTTPRequest(method: "PUT", url: "https://localhost:\(server.port)/")
    request.body = .bytes([UInt8](repeating: 9, count: 20 << 20))
    request.responseBytes = 20 << 20
    request.certificateAuthorityFile = try Certificates.shared.get().authorityFile
    let response = try await network.send(request)
    #expect(response.status == 200)
    #expect(response.body.count == 20 << 20)
    await server.stop()
  }

  @Test func anIdentityThatIsNoneIsRefused() {
    var configuration = HTTPServer.Configuration()
    configuration.tls = TLSIdentity(certificate: "none", privateKey: "none")
    #expect(throws: TransportError.tls("the server's certificate or key cannot be used")) {
      try echoServer(network, configuration)
    }
    #expect(!"\(configuration)".contains("none"))
  }
}
