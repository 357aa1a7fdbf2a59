import Synchronization
import Transport

/// A relay with a backlog for one device: it sends without waiting for acknowledgements, as servers do,
/// and counts those.
final class BacklogRelay: Sendable {
  private let server: HTTPServer
  private let acknowledged = AsyncStream<Void>.makeStream()

  var url: String { "http://127.0.0.1:\(server.port)" }

  /// - Parameter frames: the messages as the device gets them.
  init(_ frames: [WebSocketMessage], network: Network) throws {
    let acknowledged = acknowledged.continuation
    let isTaken = Mutex(false)
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      guard request.target.hasPrefix("/v1/websocket") else {
        // There are keys enough.
        return .response(
          status: 200, headers: ["Content-Type": "application/json"],
          body: Array("{\"count\":100}".utf8))
      }
      let isFirst = isTaken.withLock { isTaken in
        defer { isTaken = true }
        return !isTaken
      }
      return .webSocket { connection in
        guard isFirst else { return }
        async let sending: Void = BacklogRelay.send(frames, on: connection)
        var left = frames.count
        while left > 0 {
          let answers = await connection.nextMessages(atMost: 1024)
          if answers.isEmpty { break }
          left -= answers.count
        }
        await sending
        if left == 0 { acknowledged.finish() }
        for await _ in connection.messages {}
      }
    }
  }

  private static func send(_ frames: [WebSocketMessage], on connection: WebSocketConnection) async {
    for start in stride(from: 0, to: frames.count, by: 256) {
      do {
        try await connection.send(Array(frames[start..<min(start + 256, frames.count)]))
      } catch {
        // The device has gone; who waits for its acknowledgements waits for ever.
        return
      }
    }
  }

  /// Returns when every message was acknowledged.
  func waitUntilAcknowledged() async { for await _ in acknowledged.stream {} }

  func stop() async { await server.stop() }
}
