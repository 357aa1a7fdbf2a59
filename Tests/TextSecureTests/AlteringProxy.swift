import TestSupport
import Transport

@testable import TextSecure

/// A way to a relay on which answers and lines may be changed: a server of another kind, or a bad day.
final class AlteringProxy: Sendable {
  /// What becomes of a request, counted from 1.
  enum Treatment: Sendable {
    case pass
    /// Answered here; the relay hears nothing of it.
    case answer(HTTPServer.Reply)
    /// The relay does it, and the client is told something else.
    case afterwards(HTTPServer.Reply)
  }

  let url: String
  private let server: HTTPServer

  /// - Parameter frame: What becomes of a line's text frames on their way to the client.
  init(
    to relay: String, network: Network, frame: @escaping @Sendable (String) -> String = { $0 },
    _ treat: @escaping @Sendable (Int, HTTPServer.Request) -> Treatment
  ) throws {
    let count = Counter()
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      let treatment = treat(count.next(), request)
      if case .answer(let reply) = treatment { return reply }
      let reply = await AlteringProxy.forward(request, to: relay, network, frame)
      if case .afterwards(let reply) = treatment { return reply }
      return reply
    }
    url = "http://127.0.0.1:\(server.port)"
  }

  func stop() async { await server.stop() }

  private static func forward(
    _ request: HTTPServer.Request, to relay: String, _ network: Network,
    _ frame: @escaping @Sendable (String) -> String
  ) async -> HTTPServer.Reply {
    do {
      if request.isWebSocketUpgrade {
        let url = relay.replacing("http", with: "ws", maxReplacements: 1) + request.target
        let line = try await network.connect(WebSocketRequest(url: url))
        return .webSocket { await join($0, line, frame) }
      }
      var onward = HTTPRequest(method: request.method, url: relay + request.target)
      for name in ["Authorization", "Content-Type"] {
        onward.headers[name] = request.headers[name]
      }
      if !request.body.isEmpty { onward.body = .bytes(request.body) }
      let response = try await network.send(onward)
      return .response(status: response.status, headers: [:], body: response.body)
    } catch TransportError.upgradeRefused(let status, _) {
      return .response(status: status)
    } catch {
      return .hangUp
    }
  }

  private static func join(
    _ client: WebSocketConnection, _ relay: WebSocketConnection,
    _ frame: @escaping @Sendable (String) -> String
  ) async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        for await message in client.messages {
          do { try await relay.send(message) } catch { return }
        }
      }
      group.addTask {
        for await message in relay.messages {
          var message = message
          if case .text(let text) = message { message = .text(frame(text)) }
          do { try await client.send(message) } catch { return }
        }
      }
      await group.next()
      group.cancelAll()
    }
    await relay.close()
  }
}
