import FoundationEssentials
import Synchronization
import Testing
import Transport

/// A MAX server on loopback that answers by the book, but for what a test writes into its payloads.
final class HostileMax: Sendable {
  /// What requests are answered with, by opcode; `{}` for all others.
  typealias Answers = [Int: String]

  let url: String
  private let server: HTTPServer

  /// - Parameters:
  ///   - refusals: errors that requests are answered with, by opcode.
  ///   - pushes: sent one after another once a login is answered.
  init(
    _ answers: Answers, refusals: Answers = [:], pushes: [(opcode: Int, payload: String)] = [],
    network: Network
  ) throws {
    let counts = Counts()
    self.counts = counts
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      counts.count(-1)
      return .webSocket { connection in
        do {
          for await message in connection.messages {
            guard case .text(let text) = message else { continue }
            let head = try JSONDecoder().decode(Head.self, from: Data(text.utf8))
            guard head.cmd == 0 else { continue }
            counts.count(head.opcode)
            let refusal = refusals[head.opcode]
            let payload = refusal ?? answers[head.opcode] ?? "{}"
            try await connection.send(
              .text(
                #"{"ver":11,"cmd":\#(refusal == nil ? 1 : 3),"seq":\#(head.seq),"opcode":\#(head.opcode),"payload":\#(payload)}"#
              ))
            guard head.opcode == 19 else { continue }
            for (number, push) in pushes.enumerated() {
              try await connection.send(
                .text(
                  #"{"ver":11,"cmd":0,"seq":\#(number),"opcode":\#(push.opcode),"payload":\#(push.payload)}"#
                ))
            }
          }
        } catch {
          // The client has hung up; tests look at what it kept.
        }
      }
    }
    url = "ws://127.0.0.1:\(server.port)/websocket"
  }

  private let counts: Counts

  /// How often an opcode was asked for.
  func requests(_ opcode: Int) -> Int { counts[opcode] }

  /// How often somebody connected.
  var connections: Int { counts[-1] }

  func stop() async { await server.stop() }

  private struct Head: Decodable { var cmd, seq, opcode: Int }

  private final class Counts: Sendable {
    private let numbers = Mutex<[Int: Int]>([:])
    func count(_ opcode: Int) { numbers.withLock { $0[opcode, default: 0] += 1 } }
    subscript(_ opcode: Int) -> Int { numbers.withLock { $0[opcode] ?? 0 } }
  }
}
