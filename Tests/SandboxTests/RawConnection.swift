import Clocks
import Sandbox
import TestSupport
import Testing
import Transport

/// A connection that speaks raw text, so that nothing of a client stands between test and server.
final class RawConnection: Sendable {
  let connection: WebSocketConnection

  init(_ url: String, network: Network, origin: String? = "https://web.max.ru") async throws {
    var request = WebSocketRequest(url: url)
    request.headers["Origin"] = origin
    request.limits.messageBytes = 16 << 20
    request.limits.pingInterval = nil
    // Beyond what a busy machine may take: no test is about this.
    request.limits.connectTimeout = .seconds(60)
    request.limits.handshakeTimeout = .seconds(60)
    request.limits.sendTimeout = .seconds(60)
    connection = try await network.connect(request)
  }

  func send(_ text: String) async throws { try await connection.send(.text(text)) }

  /// The next message; nil at the end. Fails instead of waiting for ever.
  func next() async throws -> WebSocketMessage? {
    try await withDeadline(Patience.span, time: SystemTime(), error: Silence() as any Error) {
      [connection] in
      var iterator = connection.messages.makeAsyncIterator()
      return await iterator.next()
    }
  }

  /// The next message as JSON.
  func json() async throws -> JSON {
    guard case .text(let text) = try await next() else { throw Ended() }
    return try JSON(text)
  }

  /// How the server ended the connection; what it still says before is skipped.
  func closure() async throws -> WebSocketClosure {
    while try await next() != nil {}
    return await connection.closure
  }

  struct Silence: Error {}
  struct Ended: Error {}
}
