import FoundationEssentials
import Synchronization
import Transport

/// A trading server that agrees to everything, whatever the amounts, and writes down what it reads.
///
/// Prices are what the test says; a swap is filled at once.
final class MarketStub: Sendable {
  private struct State {
    var frames: [String] = []
    var price = "1"
    var balances = "[]"
    var orders = 0
  }

  private let state = Mutex(State())
  private let http: HTTPServer

  var url: String { "ws://127.0.0.1:\(http.port)/ws/v1/stream" }
  /// Everything that was read, in order.
  var frames: [String] { state.withLock { $0.frames } }

  /// How much comes out of any swap.
  func set(output: String) { state.withLock { $0.price = output } }

  /// - Parameter balances: JSON of `[{"asset","total","locked"}]`.
  init(network: Network, balances: String) throws {
    let holder = Box()
    http = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      .webSocket { connection in
        for await case .text(let text) in connection.messages {
          guard let answer = holder.stub?.answer(text) else { return }
          do { try await connection.send(.text(answer)) } catch { return }
        }
      }
    }
    state.withLock { $0.balances = balances }
    holder.set(self)
  }

  func stop() async { await http.stop() }

  private struct Head: Decodable {
    struct Fields: Decodable {
      var id: String?
    }
    var op: String
    var ch: String?
    var data: Fields?
  }

  private func answer(_ text: String) -> String {
    guard let head = try? JSONDecoder().decode(Head.self, from: Data(text.utf8)) else {
      return #"{"error":"unreadable"}"#
    }
    return state.withLock { state in
      state.frames.append(text)
      switch head.op {
      case "auth": return #"{"op":"auth","data":{"status":"authenticated"}}"#
      case "balances": return #"{"op":"balances","data":{"balances":\#(state.balances)}}"#
      case "estimate":
        return #"{"op":"estimate","data":{"route":[],"expectedOut":"\#(state.price)"}}"#
      case "swap":
        state.orders += 1
        return #"{"op":"swap","data":{"orderId":"ord_\#(state.orders)","status":"PENDING"}}"#
      case "order_status":
        let id = head.data?.id ?? ""
        return
          #"{"op":"order_status","data":{"orderId":"\#(id)","status":"FILLED","#
          + #""filledOut":"\#(state.price)","txHash":"0xabc","updatedAt":5}}"#
      default:
        return #"{"op":"\#(head.op)","ch":"\#(head.ch ?? "")","data":{"status":"ok"}}"#
      }
    }
  }
}

/// The stub, for its server that is made before it.
private final class Box: Sendable {
  private let value = Mutex<MarketStub?>(nil)
  var stub: MarketStub? { value.withLock { $0 } }
  func set(_ stub: MarketStub) { value.withLock { $0 = stub } }
}
