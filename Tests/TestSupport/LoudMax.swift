import FoundationEssentials
import Synchronization
import Transport

/// A MAX server on loopback that lets everybody in, says what a test wants it to say, and pushes what
/// it is given as fast as it is read.
public final class LoudMax: Sendable {
  private struct Request: Decodable {
    var cmd: Int
    var seq: Int
    var opcode: Int
  }

  private struct State {
    var lines: [Int: WebSocketConnection] = [:]
    var loggedIn: Set<Int> = []
    var requests: [Int: Int] = [:]
    var next = 0
  }

  private let state = Mutex(State())
  private let server: HTTPServer
  private let answers: @Sendable (Int) -> String?

  /// - Parameter answers: the payload of an answer by opcode; nil is an empty object.
  public init(network: Network, answers: @escaping @Sendable (Int) -> String?) throws {
    self.answers = answers
    let handler = Handler()
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      .webSocket { connection in await handler.owner?.serve(connection) }
    }
    handler.set(self)
  }

  /// Breaks the circle between the server and what it calls.
  private final class Handler: Sendable {
    private struct Weak { weak var value: LoudMax? }
    private let weak = Mutex(Weak())
    var owner: LoudMax? { weak.withLock { $0.value } }
    func set(_ owner: LoudMax) { weak.withLock { $0.value = owner } }
  }

  public var url: String { "ws://127.0.0.1:\(server.port)/websocket" }

  /// How often an opcode was asked for.
  public func requests(_ opcode: Int) -> Int { state.withLock { $0.requests[opcode] ?? 0 } }

  /// Whether somebody is signed in now.
  public var hasGuests: Bool { state.withLock { !$0.loggedIn.isEmpty } }

  public func stop() async { await server.stop() }

  /// Pushes a payload to everybody who is signed in; false if there is nobody.
  @discardableResult
  public func push(_ opcode: Int, _ payload: String) async -> Bool {
    let lines = state.withLock { state in
      state.next += 1
      return (
        state.next % 30_000, state.loggedIn.compactMap { state.lines[$0] }
      )
    }
    let frame = LoudMax.frame(command: 0, sequence: lines.0, opcode: opcode, payload)
    for line in lines.1 {
      // Whoever has hung up is forgotten by `serve`.
      do { try await line.send(.text(frame)) } catch { continue }
    }
    return !lines.1.isEmpty
  }

  /// Pushes of these payloads as they go over the line, to be made before anything is measured.
  public static func pushes(_ opcode: Int, _ payloads: [String]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, payload) in payloads.enumerated() {
      let text = frame(command: 0, sequence: index % 30_000, opcode: opcode, payload)
      append(text, to: &bytes)
    }
    return bytes
  }

  /// Sends what `pushes` gave to everybody who is signed in; false if there is nobody.
  @discardableResult
  public func send(_ pushes: [UInt8]) async -> Bool {
    let lines = state.withLock { state in state.loggedIn.compactMap { state.lines[$0] } }
    for line in lines {
      // Whoever has hung up is forgotten by `serve`.
      do { try await line.writeRaw(pushes) } catch { continue }
    }
    return !lines.isEmpty
  }

  /// A whole text message as a server's WebSocket frame (RFC 6455, 5.2).
  private static func append(_ text: String, to bytes: inout [UInt8]) {
    let count = text.utf8.count
    bytes.append(0x81)
    switch count {
    case ..<126: bytes.append(UInt8(count))
    case ..<65_536: bytes += [126, UInt8(count >> 8), UInt8(count & 0xff)]
    default:
      bytes.append(127)
      bytes += (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }
    }
    bytes += Array(text.utf8)
  }

  private func serve(_ connection: WebSocketConnection) async {
    let id = state.withLock { state in
      state.next += 1
      state.lines[state.next] = connection
      return state.next
    }
    do {
      for try await message in connection.messages {
        guard case .text(let text) = message else { continue }
        let request = try JSONDecoder().decode(Request.self, from: Data(text.utf8))
        guard request.cmd == 0 else { continue }
        let answer = LoudMax.frame(
          command: 1, sequence: request.seq, opcode: request.opcode,
          answers(request.opcode) ?? "{}")
        try await connection.send(.text(answer))
        state.withLock { state in
          state.requests[request.opcode, default: 0] += 1
          if request.opcode == 19 { state.loggedIn.insert(id) }
        }
      }
    } catch {
      // The line is gone; that is all there is to know about it.
    }
    state.withLock { state in
      state.lines[id] = nil
      state.loggedIn.remove(id)
    }
  }

  private static func frame(
    command: Int, sequence: Int, opcode: Int, _ payload: String
  ) -> String {
    #"{"ver":11,"cmd":\#(command),"seq":\#(sequence),"opcode":\#(opcode),"payload":\#(payload)}"#
  }
}

extension LoudMax {
  /// The owner of every account here.
  public static let owner = 54_321_001

  /// What a login is answered with: so many dialogs, each with a last message and a partner who is
  /// online.
  public static func snapshot(chats count: Int, at time: Int64 = 1_795_000_000_000) -> String {
    let people = (0..<count).map { 60_000_000 + $0 }
    let chats = people.map { id in
      """
      {"id":\(id ^ owner),"type":"DIALOG","status":"ACTIVE","owner":\(owner),\
      "participants":{"\(owner)":\(time),"\(id)":\(time)},\
      "lastMessage":{"id":"\(117_000_000_000_000_000 + id)","time":\(time + Int64(id % 100_000)),\
      "type":"USER","sender":\(id),"text":"Привет из чата \(id)","attaches":[]},\
      "lastEventTime":\(time + Int64(id % 100_000)),"newMessages":\(id % 3)}
      """
    }
    let contacts = people.map { #"{"id":\#($0),"names":[{"name":"Гость \#($0)","type":"ONEME"}]}"# }
    let presence = people.map { #""\#($0)":{"seen":\#(time / 1000),"status":1}"# }
    return """
      {"profile":{"contact":{"id":\(owner),"names":[{"name":"Ира","type":"ONEME"}],\
      "phone":79990001122}},"chats":[\(chats.joined(separator: ","))],\
      "contacts":[\(contacts.joined(separator: ","))],\
      "presence":{\(presence.joined(separator: ","))},"chatMarker":0,"time":\(time + 999_999)}
      """
  }
}
