import FoundationEssentials
import Synchronization
import Transport

/// A trading server on loopback that agrees to everything, and pushes what it is given as fast as it is
/// read.
public final class LoudTrading: Sendable {
  private struct Request: Decodable {
    struct Fields: Decodable {
      var id: String?
    }
    var op: String
    var ch: String?
    var data: Fields?
  }

  private let lines = Mutex<[ObjectIdentifier: WebSocketConnection]>([:])
  private let server: HTTPServer

  public init(network: Network) throws {
    let handler = Handler()
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      .webSocket { connection in await handler.owner?.serve(connection) }
    }
    handler.set(self)
  }

  /// Breaks the circle between the server and what it calls.
  private final class Handler: Sendable {
    private struct Weak { weak var value: LoudTrading? }
    private let weak = Mutex(Weak())
    var owner: LoudTrading? { weak.withLock { $0.value } }
    func set(_ owner: LoudTrading) { weak.withLock { $0.value = owner } }
  }

  public var url: String { "ws://127.0.0.1:\(server.port)/ws/v1/stream" }

  public func stop() async { await server.stop() }

  /// Sends a message over every connection; false if there is none.
  @discardableResult
  public func push(_ text: String) async -> Bool {
    let lines = lines.withLock { Array($0.values) }
    for line in lines {
      // Whoever has hung up is forgotten by `serve`.
      do { try await line.send(.text(text)) } catch { continue }
    }
    return !lines.isEmpty
  }

  private func serve(_ connection: WebSocketConnection) async {
    lines.withLock { $0[ObjectIdentifier(connection)] = connection }
    do {
      for try await message in connection.messages {
        guard case .text(let text) = message else { continue }
        let request = try JSONDecoder().decode(Request.self, from: Data(text.utf8))
        try await connection.send(.text(answer(request)))
      }
    } catch {
      // The line is gone; that is all there is to know about it.
    }
    lines.withLock { $0[ObjectIdentifier(connection)] = nil }
  }

  private func answer(_ request: Request) -> String {
    switch request.op {
    case "auth": return #"{"op":"auth","data":{"status":"authenticated"}}"#
    case "balances":
      let rows = #"[{"asset":"ETH","total":"2.5","locked":"0.5"}]"#
      return #"{"op":"balances","data":{"balances":\#(rows)}}"#
    case "swap": return #"{"op":"swap","data":{"orderId":"ord_1","status":"PENDING"}}"#
    case "order_status":
      return """
        {"op":"order_status","data":{"orderId":"\(request.data?.id ?? "ord_1")",\
        "status":"PROCESSING","updatedAt":5}}
        """
    default:
      return #"{"op":"\#(request.op)","ch":"\#(request.ch ?? "")","data":{"status":"ok"}}"#
    }
  }
}
