import Transport

/// A TextSecure relay on loopback that knows everybody, has keys enough and never says anything.
final class QuietRelay: Sendable {
  private let server: HTTPServer

  init(network: Network) throws {
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      if request.isWebSocketUpgrade {
        return .webSocket { connection in
          // Until the other side hangs up.
          for await _ in connection.messages {}
        }
      }
      let isCount = request.target.hasPrefix("/v1/keys")
      return .response(status: 200, body: Array((isCount ? #"{"count":100}"# : "{}").utf8))
    }
  }

  var url: String { "http://127.0.0.1:\(server.port)" }

  func stop() async { await server.stop() }
}
