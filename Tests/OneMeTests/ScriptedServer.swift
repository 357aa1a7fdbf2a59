import Clocks
import Synchronization
import TestSupport
import Testing
import Transport

@testable import OneMe

/// A MAX server on loopback that does what a test's script says, once for each connection.
///
/// A connection is closed when its script returns, or fails.
final class ScriptedServer: Sendable {
  typealias Script = @Sendable (ServerOutput) async throws -> Void

  let network = Network()
  let time = ManualTime()
  let configuration: OneMeConfiguration
  private let server: HTTPServer

  init(_ script: @escaping Script) throws {
    let connections = Counter()
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      let number = connections.next()
      return .webSocket { connection in
        let line = ServerOutput(connection, number: number, headers: request.headers)
        do {
          try await script(line)
        } catch is ServerOutput.Ended {
          // The client hung up before the script was over; tests look at what the client says.
        } catch {
          Issue.record(error)
        }
      }
    }
    var configuration = OneMeConfiguration(deviceId: "550e8400-e29b-41d4-a716-446655440000")
    configuration.url = "ws://127.0.0.1:\(server.port)/websocket"
    self.configuration = configuration
  }

  var port: UInt16 { server.port }

  func connect(
    _ configure: (inout OneMeConfiguration) -> Void = { _ in }
  ) async throws -> OneMeClient {
    var configuration = configuration
    configure(&configuration)
    return try await OneMeClient.connect(configuration, network: network, time: time)
  }

  func stop() async { await server.stop() }
}

private final class Counter: Sendable {
  private let value = Mutex(0)

  func next() -> Int {
    value.withLock {
      $0 += 1
      return $0
    }
  }
}

/// The server's end of one connection.
actor ServerOutput {
  struct Ended: Error {}

  /// A frame from the client.
  struct Request: Sendable {
    var command: Int64
    var sequence: Int64
    var opcode: Int64
    var payload: ComparableJSON
    var whole: ComparableJSON

    /// A number in the payload.
    func number(_ key: String) throws -> Int64 {
      guard case .object(let fields)? = payload.value, let number = fields[key]?.integer else {
        throw Unexpected(text: payload.description)
      }
      return number
    }

    /// A number in an object in the payload.
    func nested(_ key: String, _ inner: String) throws -> Int64 {
      guard case .object(let fields)? = payload.value, case .object(let object)? = fields[key],
        let number = object[inner]?.integer
      else { throw Unexpected(text: payload.description) }
      return number
    }
  }

  /// The first connection is 1.
  nonisolated let number: Int
  nonisolated let headers: HTTPHeaders
  private let connection: WebSocketConnection
  /// Whether the client writes binary frames; then it gets such.
  private(set) var isBinary = false

  init(_ connection: WebSocketConnection, number: Int, headers: HTTPHeaders) {
    self.connection = connection
    self.number = number
    self.headers = headers
  }

  /// The client's next frame, which has to have `opcode` if one is given.
  @discardableResult
  func next(_ opcode: Int64? = nil) async throws -> Request {
    var messages = connection.messages.makeAsyncIterator()
    guard let message = await messages.next() else { throw Ended() }
    if case .binary = message { isBinary = true }
    let whole = try ComparableJSON(frame: message)
    guard case .object(let frame)? = whole.value, let found = frame["opcode"]?.integer else {
      throw Unexpected(text: whole.description)
    }
    if let opcode { #expect(found == opcode) }
    return Request(
      command: frame["cmd"]?.integer ?? -1, sequence: frame["seq"]?.integer ?? -1,
      opcode: found, payload: ComparableJSON(frame["payload"]?.text(pretty: false) ?? "absent"),
      whole: whole)
  }

  /// Waits for a request with `opcode` and answers it.
  @discardableResult
  func serve(_ opcode: Int64, _ payload: String = "{}") async throws -> Request {
    let request = try await next(opcode)
    try await answer(request, payload)
    return request
  }

  func answer(_ request: Request, _ payload: String, command: Int = 1) async throws {
    try await send(
      #"{"ver":11,"cmd":\#(command),"seq":\#(request.sequence),"opcode":\#(request.opcode),"payload":\#(payload)}"#
    )
  }

  func push(_ opcode: Int, _ payload: String, sequence: Int64 = 0, command: Int = 0) async throws {
    try await send(
      #"{"ver":11,"cmd":\#(command),"seq":\#(sequence),"opcode":\#(opcode),"payload":\#(payload)}"#)
  }

  func send(_ text: String) async throws {
    try await send(isBinary ? ComparableJSON(text).binary ?? .text(text) : .text(text))
  }

  func send(_ message: WebSocketMessage) async throws {
    do {
      try await connection.send(message)
    } catch {
      throw Ended()
    }
  }

  /// Reads on until the client hangs up.
  func untilEnd() async throws {
    while true { _ = try await next() }
  }
}

struct Unexpected: Error {
  var text: String
}
