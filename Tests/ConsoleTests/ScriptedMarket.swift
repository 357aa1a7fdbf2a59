import FoundationEssentials
import Synchronization
import Transport

/// A trading server that answers what the test has set down for each operation, pushes what it is
/// told to, and can be out of order.
final class ScriptedMarket: Sendable {
  private struct Request: Decodable {
    struct Fields: Decodable {
      var id: String?
    }
    var op: String
    var ch: String?
    var data: Fields?
  }

  private struct State {
    var answers = [
      "auth": #"{"op":"auth","data":{"status":"authenticated"}}"#,
      "estimate": #"{"op":"estimate","data":{"route":[],"expectedOut":"100"}}"#,
    ]
    var isClosed = false
    var lines: [ObjectIdentifier: WebSocketConnection] = [:]
  }

  private let state: Mutex<State>
  private let server: HTTPServer

  /// - Parameter rows: JSON of `[{"asset","total","locked"}]`.
  init(network: Network, balances rows: String) throws {
    let holder = ProfileOwner()
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      guard let market = holder.market, !market.state.withLock({ $0.isClosed }) else {
        return .response(status: 403)
      }
      return .webSocket { await market.serve($0) }
    }
    state = Mutex(State())
    holder.set(self)
    set(balances: rows)
  }

  /// Breaks the circle between the server and what it calls.
  private final class ProfileOwner: Sendable {
    private struct Weak { weak var value: ScriptedMarket? }
    private let weak = Mutex(Weak())
    var market: ScriptedMarket? { weak.withLock { $0.value } }
    func set(_ market: ScriptedMarket) { weak.withLock { $0.value = market } }
  }

  var url: String { "ws://127.0.0.1:\(server.port)/ws/v1/stream" }

  func stop() async { await server.stop() }

  func set(balances rows: String) {
    set("balances", #"{"op":"balances","data":{"balances":\#(rows)}}"#)
  }

  /// What is said of an order when it is asked for, or when its swap is answered.
  func set(_ operation: String, order id: String, _ fields: String) {
    let key = operation == "order_status" ? "\(operation) \(id)" : operation
    set(key, #"{"op":"\#(operation)","data":{"orderId":"\#(id)",\#(fields)}}"#)
  }

  /// - Parameter request: an operation; `order_status` with the order's id.
  func set(_ request: String, _ answer: String) { state.withLock { $0.answers[request] = answer } }

  /// Whether whoever connects is turned away.
  func set(closed isClosed: Bool) { state.withLock { $0.isClosed = isClosed } }

  /// Sends a message over every connection.
  func push(_ text: String) async {
    for line in state.withLock({ Array($0.lines.values) }) {
      // Whoever has hung up is forgotten by `serve`.
      do { try await line.send(.text(text)) } catch { continue }
    }
  }

  private func serve(_ connection: WebSocketConnection) async {
    state.withLock { $0.lines[ObjectIdentifier(connection)] = connection }
    do {
      for try await case .text(let text) in connection.messages {
        let request = try JSONDecoder().decode(Request.self, from: Data(text.utf8))
        try await connection.send(.text(answer(request)))
      }
    } catch {
      // The line is gone; that is all there is to know about it.
    }
    state.withLock { $0.lines[ObjectIdentifier(connection)] = nil }
  }

  private func answer(_ request: Request) -> String {
    let key = [request.op, request.data?.id].compactMap(\.self).joined(separator: " ")
    return state.withLock { $0.answers[key] ?? $0.answers[request.op] }
      ?? #"{"op":"\#(request.op)","ch":"\#(request.ch ?? "")","data":{"status":"ok"}}"#
  }
}
