import FoundationEssentials
import Synchronization
import Transport

@testable import Trading

/// A trading server on loopback that answers as a test says, and otherwise agrees to everything.
struct ScriptedServer: Sendable {
  typealias Script = @Sendable (Message) -> Action

  /// A message as it arrived.
  struct Message: Sendable {
    let text: String
    let operation: String
    let channel: String?
    let id: String?
    let timestamp: Int64?
    let nonce: String?
    let clientOrderId: String?
    /// Which connection it came over, from 0 in order of arrival.
    var connection = 0
    /// How many of this operation came before it.
    var ordinal = 0

    /// `op`, with the channel or the id it is about.
    var summary: String { [operation, channel ?? id].compactMap { $0 }.joined(separator: " ") }
  }

  enum Action: Sendable {
    /// Sends these messages over the connection.
    case send([String])
    /// Sends a message over the connection of the subscriptions, then these.
    case push(String, then: [String])
    case silence
    case hangUp(code: UInt16)
    /// What the server does without a script.
    case usual

    static func error(_ text: String) -> Action { .send([#"{"error":"\#(text)"}"#]) }
  }

  let log = Log()
  private let http: HTTPServer

  var url: String { "ws://127.0.0.1:\(http.port)/ws/v1/stream" }

  init(
    network: Network, headers: HTTPHeaders = [:], upgradeStatus: Int = 101,
    script: @escaping Script = { _ in .usual }
  ) throws {
    let log = log
    http = try HTTPServer(HTTPServer.Configuration(), network: network) { _ in
      guard upgradeStatus == 101 else {
        log.note(refusedUpgrade: ())
        return .response(status: upgradeStatus)
      }
      return .webSocket(headers: headers) { await log.serve($0, script) }
    }
  }

  func stop() async { await http.stop() }

  /// All that a server saw, with a way to wait for it.
  final class Log: Sendable {
    private struct State {
      var messages: [Message] = []
      var connections: [WebSocketConnection] = []
      var stream: WebSocketConnection?
      var ended = 0
      var refusedUpgrades = 0
      var waiters:
        [(condition: @Sendable (Log) -> Bool, waiter: CheckedContinuation<Void, Never>)] =
          []
    }

    private let state = Mutex(State())

    var messages: [Message] { state.withLock { $0.messages } }
    var summaries: [String] { messages.map(\.summary) }
    /// Connections that were accepted so far.
    var connections: Int { state.withLock { $0.connections.count } }
    /// Connections that have ended.
    var ended: Int { state.withLock { $0.ended } }
    var refusedUpgrades: Int { state.withLock { $0.refusedUpgrades } }

    func count(_ operation: String) -> Int { messages.count { $0.operation == operation } }

    /// Waits until what the server saw fulfils `condition`.
    func until(_ condition: @escaping @Sendable (Log) -> Bool) async {
      await withCheckedContinuation { waiter in
        state.withLock { $0.waiters.append((condition, waiter)) }
        check()
      }
    }

    /// Sends a message over the newest connection that subscribed.
    func push(_ text: String) async {
      await send(text, over: state.withLock { $0.stream })
    }

    /// Sends a message over the connection with this number.
    func send(_ text: String, over connection: Int) async {
      await send(text, over: state.withLock { $0.connections[connection] })
    }

    /// Closes the connection with this number.
    func hangUp(_ connection: Int) async {
      await state.withLock { $0.connections[connection] }.close(code: 1012)
    }

    func note(refusedUpgrade: Void) {
      state.withLock { $0.refusedUpgrades += 1 }
      check()
    }

    func serve(_ connection: WebSocketConnection, _ script: Script) async {
      let number = state.withLock { state in
        state.connections.append(connection)
        return state.connections.count - 1
      }
      var code: UInt16 = 1000
      reading: for await frame in connection.messages {
        guard case .text(let text) = frame, var message = Message(text) else { continue }
        message.connection = number
        message = note(message, connection)
        var action = script(message)
        if case .usual = action { action = .send([message.usualAnswer]) }
        check()
        switch action {
        case .send(let answers):
          await send(answers, over: connection)
        case .push(let update, let answers):
          await push(update)
          await send(answers, over: connection)
        case .silence, .usual: break
        case .hangUp(let closing):
          code = closing
          break reading
        }
      }
      await connection.close(code: code)
      state.withLock { $0.ended += 1 }
      check()
    }

    private func note(_ message: Message, _ connection: WebSocketConnection) -> Message {
      state.withLock { state in
        var message = message
        message.ordinal = state.messages.count { $0.operation == message.operation }
        state.messages.append(message)
        if message.operation == "subscribe" { state.stream = connection }
        return message
      }
    }

    /// Several messages go out in one write: nothing comes between them, not even a pong.
    private func send(_ texts: [String], over connection: WebSocketConnection) async {
      guard texts.count > 1 else {
        for text in texts { await send(text, over: connection) }
        return
      }
      var frames: [UInt8] = []
      for body in texts.map({ Array($0.utf8) }) {
        // A whole text frame, not masked, with a length of 16 bits (RFC 6455 §5.2).
        let length = UInt16(body.count)
        let isShort = length < 126
        frames += [0x81, isShort ? UInt8(length) : 126]
        if !isShort { frames += [UInt8(length >> 8), UInt8(truncatingIfNeeded: length)] }
        frames += body
      }
      _ = try? await connection.writeRaw(frames)
    }

    /// A client that has gone does not hear any more, which is no concern of the server's.
    private func send(_ text: String, over connection: WebSocketConnection?) async {
      _ = try? await connection?.send(.text(text))
    }

    private func check() {
      let waiting = state.withLock { state in
        defer { state.waiters = [] }
        return state.waiters
      }
      for (condition, waiter) in waiting {
        if condition(self) {
          waiter.resume()
        } else {
          state.withLock { $0.waiters.append((condition, waiter)) }
        }
      }
    }
  }
}

extension ScriptedServer.Message {
  private struct Wire: Decodable {
    struct Data: Decodable {
      let id: String?
      let clientOrderId: String?
    }
    let op: String
    let ch: String?
    let ts: Int64?
    let nonce: String?
    let data: Data?
  }

  init?(_ text: String) {
    guard let wire = try? JSONDecoder().decode(Wire.self, from: Data(text.utf8)) else { return nil }
    self.text = text
    operation = wire.op
    channel = wire.ch
    id = wire.data?.id
    timestamp = wire.ts
    nonce = wire.nonce
    clientOrderId = wire.data?.clientOrderId
  }

  /// The seed's sample answers.
  var usualAnswer: String {
    switch operation {
    case "auth": #"{"op":"auth","data":{"status":"authenticated"}}"#
    case "subscribe", "unsubscribe":
      #"{"op":"\#(operation)","ch":"\#(channel ?? "")","data":{"status":"\#(operation)d"}}"#
    case "balances":
      #"{"op":"balances","data":{"balances":[{"asset":"ETH","total":"2.5","locked":"0.5"}]}}"#
    case "estimate":
      #"{"op":"estimate","data":{"route":[],"price":"2163.78","expectedOut":"3245.67"}}"#
    case "swap": #"{"op":"swap","data":{"orderId":"ord_1","status":"PENDING"}}"#
    default: ScriptedServer.order(id ?? "", "PROCESSING", at: 1000)
    }
  }
}

extension ScriptedServer {
  /// An `order_status` reply.
  static func order(_ id: String, _ status: String, at time: Int64, filled: String = "") -> String {
    #"{"op":"order_status","data":{"orderId":"\#(id)","status":"\#(status)","filledOut":"\#(filled)","updatedAt":\#(time)}}"#
  }

  /// An update of an order's channel.
  static func push(_ id: String, _ status: String, at time: Int64, filled: String = "") -> String {
    #"{"ch":"orders:\#(id)","data":{"orderId":"\#(id)","status":"\#(status)","filledOut":"\#(filled)","updatedAt":\#(time)}}"#
  }
}
