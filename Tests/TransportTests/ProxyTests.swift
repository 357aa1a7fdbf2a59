import Testing

@testable import Transport

/// WebSocket and HTTP through proxies; TLS goes through them unopened.
@Suite(.timeLimit(.minutes(10)))
struct ProxyTests {
  /// A proxy that does what `answer` lets it: `answer` talks to the client and gives the port to
  /// connect to, or nil to end.
  private func proxy(_ answer: @escaping @Sendable (RawPeer) -> UInt16?) -> RawServer {
    RawServer { peer in
      guard let port = answer(peer), let target = RawPeer(connectingTo: port) else { return }
      target.pump(with: peer)
    }
  }

  private func server() throws -> HTTPServer {
    var configuration = HTTPServer.Configuration()
    configuration.tls = try Certificates.shared.get().identity
    return try HTTPServer(configuration, network: Network()) { request in
      guard request.isWebSocketUpgrade else { return .response(status: 204) }
      return .webSocket { connection in
        for await message in connection.messages { try? await connection.send(message) }
      }
    }
  }

  private func talk(through proxy: String, to server: HTTPServer) async throws {
    let network = Network(proxy: proxy)
    let authority = try Certificates.shared.get().authorityFile
    var request = WebSocketRequest(url: "wss://localhost:\(server.port)/")
    request.certificateAuthorityFile = authority
    let connection = try await network.connect(request)
    try await connection.send(.text("through"))
    #expect(await connection.messages.first { _ in true } == .text("through"))
    var plain = HTTPRequest(url: "https://localhost:\(server.port)/")
    plain.certificateAuthorityFile = authority
    #expect(try await network.send(plain).status == 204)
  }

  @Test func anHTTPProxyTunnels() async throws {
    let server = try server()
    let port = server.port
    let proxy = proxy { peer in
      guard peer.readHead().hasPrefix("CONNECT localhost:\(port) HTTP/1.1\r\n") else { return nil }
      peer.write("HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n")
      return port
    }
    try await talk(through: "http://127.0.0.1:\(proxy.port)", to: server)
    await server.stop()
  }

  @Test func aSOCKSProxyResolvesTheName() async throws {
    let server = try server()
    let port = server.port
    let proxy = proxy { peer in
      let greeting = peer.read(2)
      guard greeting.first == 5 else { return nil }
      _ = peer.read(Int(greeting[1]))
      peer.write([5, 0])
      let name = Array("localhost".utf8)
      let expected =
        [5, 1, 0, 3, UInt8(name.count)] + name + [UInt8(port >> 8), UInt8(port & 255)]
      guard peer.read(expected.count) == expected else { return nil }
      peer.write([5, 0, 0, 1, 127, 0, 0, 1, 0, 0])
      return port
    }
    try await talk(through: "socks5h://127.0.0.1:\(proxy.port)", to: server)
    await server.stop()
  }

  @Test func aProxyThatRefusesIsTold() async throws {
    let proxy = proxy { peer in
      _ = peer.readHead()
      peer.write("HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
      return nil
    }
    let network = Network(proxy: "http://127.0.0.1:\(proxy.port)")
    await #expect {
      try await network.connect(WebSocketRequest(url: "wss://localhost:9/"))
    } throws: { error in
      guard case .proxy(let text) = error as? TransportError else { return false }
      return text.contains("407")
    }
  }

  @Test func aProxyThatIsNotThereIsToBlame() async throws {
    let network = Network(proxy: "http://127.0.0.1:9")
    await #expect {
      try await network.connect(WebSocketRequest(url: "wss://localhost:8/"))
    } throws: { error in
      guard case .proxy(let text) = error as? TransportError else { return false }
      return text.contains("port 9")
    }
  }

  @Test func plainTextDoesNotGoThroughAProxy() async throws {
    let server = try HTTPServer(.init(), network: Network()) { _ in .response(status: 204) }
    // Nothing listens at this proxy: a request that reached for it would fail.
    let network = Network(proxy: "http://127.83.12.9:9")
    let response = try await network.send(HTTPRequest(url: "http://127.0.0.1:\(server.port)/"))
    #expect(response.status == 204)
    await server.stop()
  }
}
