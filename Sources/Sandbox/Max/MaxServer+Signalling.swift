import Transport

/// The second WebSocket, on which calls are negotiated (OneMe notes §5.1, §5.2). Nothing is ever
/// transported: a telephone here can be heard ringing, taken, and hung up.
extension MaxServer {
  static let signalPath = "/ws2"
  static let signalPing: Duration = .seconds(15)
  static let signalIdleLimit: Duration = .seconds(120)

  nonisolated func serveSignal(
    _ connection: WebSocketConnection, query: [Substring: Substring]
  ) async {
    let queue = SendQueue()
    guard let id = await joinSignal(queue, query) else {
      await queue.deliver(to: connection)
      return
    }
    await converse(connection, through: queue) { await self.signal($0, from: id) }
    await leaveSignal(id)
  }

  /// Lets somebody in whose telephone rings; nil if the call is not his or over.
  private func joinSignal(_ queue: SendQueue, _ query: [Substring: Substring]) -> Int? {
    func fail(_ error: String) -> Int? {
      events.report(.refused(.max, connection: 0, error: error))
      queue.send(.text(JSONText.encode(CallSignal.Failure(message: error, reason: nil))))
      queue.close(code: 1000)
      return nil
    }
    func value(_ name: Substring) -> String {
      query[name].map { PercentEncoding.decode($0) } ?? ""
    }
    guard let call = state.book[value("conversationId")] else {
      return fail("conversation-not-found")
    }
    let names = ["platform", "appVersion", "version", "device", "capabilities", "clientType"]
    guard value("entityType") == "USER", names.allSatisfy({ !value(Substring($0)).isEmpty }),
      ["start", "accept"].contains(value("tgt")), Int(value("capabilities"), radix: 16) != nil,
      value("clientType").lowercased() == "one_me"
    else { return fail("invalid-request") }
    guard value("token") == call.token,
      value("userId") == "\(CallConfiguration.user(of: call.callee))"
    else { return fail("invalid-token") }
    guard call.hangup == nil else { return fail("conversation-ended") }
    let id = sessions.newID()
    state.book.signals[id] = .init(
      queue: queue, call: call.id, user: call.callee, lastMessage: time.uptime)
    events.report(.connected(.max, connection: id))
    queue.send(
      .text(
        JSONText.encode(
          CallSignal.Connection(call, configuration(of: call), now: time.wallTime, peer: id))))
    schedule(.pingSignal(id), after: MaxServer.signalPing)
    return id
  }

  private func leaveSignal(_ id: Int) {
    state.book.signals[id] = nil
    duties.remove { if case .pingSignal(id) = $0 { true } else { false } }
    events.report(.disconnected(.max, connection: id))
  }

  /// The server pings with text; who is silent for two minutes is dropped.
  func pingSignal(_ id: Int, at moment: Duration) {
    guard let signal = state.book.signals[id] else { return }
    guard moment - signal.lastMessage < MaxServer.signalIdleLimit else {
      signal.queue.close(code: 1001, reason: "idle")
      return
    }
    signal.queue.send(.text("ping"))
    schedule(.pingSignal(id), at: moment + MaxServer.signalPing)
  }

  private func signal(_ message: WebSocketMessage, from id: Int) {
    guard let signal = state.book.signals[id], let call = state.book[signal.call] else { return }
    state.book.signals[id]?.lastMessage = time.uptime
    let bytes: [UInt8]
    switch message {
    case .text(let text): bytes = Array(text.utf8)
    case .binary(let data): bytes = data
    }
    if bytes == Array("pong".utf8) || bytes == Array("ping".utf8) { return }
    let command: CallSignal.Command
    do {
      command = try JSONText.decode(CallSignal.Command.self, from: bytes)
    } catch {
      refuse(signal, "invalid-request", nil)
      return
    }
    guard command.sequence == signal.lastSequence + 1 else {
      refuse(signal, "invalid-request", command.sequence)
      return
    }
    state.book.signals[id]?.lastSequence = command.sequence
    events.report(.request(.max, connection: id, name: "ws2 \(command.command)"))
    perform(command, of: call, signal)
  }

  private func perform(_ command: CallSignal.Command, of call: Call, _ signal: CallBook.Signal) {
    switch command.command {
    case "accept-call":
      guard command.mediaSettings != nil else {
        return refuse(signal, "invalid-request", command.sequence)
      }
      respond(signal, command)
      accept(call)
    case "hangup":
      guard let reason = command.reason, !reason.isEmpty else {
        return refuse(signal, "invalid-request", command.sequence)
      }
      respond(signal, command)
      endCall(call.id, hangup: reason)
    case "change-media-settings", "update-media-modifiers", "change-participant-state",
      "transmit-data", "custom-data", "switch-topology":
      respond(signal, command)
    default: refuse(signal, "invalid-request", command.sequence)
    }
  }

  private func respond(_ signal: CallBook.Signal, _ command: CallSignal.Command) {
    let response = CallSignal.Response(
      response: command.command, sequence: command.sequence, stamp: stamp)
    signal.queue.send(.text(JSONText.encode(response)))
  }

  private func refuse(_ signal: CallBook.Signal, _ error: String, _ sequence: Int?) {
    events.report(.refused(.max, connection: 0, error: error))
    let failure = CallSignal.Failure(message: error, reason: nil, sequence: sequence)
    signal.queue.send(.text(JSONText.encode(failure)))
  }

  /// Nobody took it: `closed-conversation`; somebody had: `hungup`, then an error (notes §5.1, 6).
  func tellSignals(of call: Call, _ reason: String) {
    for signal in state.book.signals.values where signal.call == call.id {
      if call.acceptedAt == nil {
        let closed = CallSignal.Notification(
          notification: "closed-conversation", reason: reason, stamp: stamp)
        signal.queue.send(.text(JSONText.encode(closed)))
      } else {
        let hungup = CallSignal.Notification(
          notification: "hungup", reason: reason, stamp: stamp, participantType: "USER",
          participantId: CallConfiguration.user(of: call.caller))
        signal.queue.send(.text(JSONText.encode(hungup)))
        let ended = CallSignal.Failure(message: "conversation-ended", reason: reason)
        signal.queue.send(.text(JSONText.encode(ended)))
      }
      signal.queue.close(code: 1000)
    }
  }

  /// Nanoseconds since 1970.
  private var stamp: Int64 { time.wallTime * 1_000_000 }
}
