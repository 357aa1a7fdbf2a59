import Clocks
import Cryptography
import TestSupport
import Testing
import Transport

@testable import OneMe

/// A call that rings: its signaling line, and declining it.
@Suite(.timeLimit(.minutes(10)))
struct CallSignalingTests {
  static let connection = """
    {"type":"notification","notification":"connection","stamp":1795000000103000000,"peerId":
     {"id":1111111111111111111,"type":"WEB_SOCKET"},"conversationParams":{"turn":{"urls":
     ["turn:127.0.0.1:3479"],"username":"1795086400:900000000001","credential":"cGFzcw=="},"stun":
     {"urls":["stun:127.0.0.1:3478"]},"activityTimeout":120000},"conversation":{"id":"11AA22BB",
     "state":"ACTIVE","participants":[{"id":900000000002,"externalId":{"type":"ONE_ME","id":
     "67890022"},"state":"ACCEPTED","roles":["CREATOR"]},{"id":900000000001,"externalId":
     {"type":"ONE_ME","id":"54321001"},"state":"CALLED"},{"state":"?"}]},"isConcurrent":false}
    """

  @Test func listensWithoutAccepting() async throws {
    let server = try SignalingServer { line, target in
      #expect(target.hasPrefix("/ws2?userId=900000000001&entityType=USER&deviceIdx=0"))
      #expect(target.contains("&conversationId=11AA22BB&token=t%2Bk%2F%3D&platform=WEB&"))
      #expect(target.hasSuffix("&capabilities=2A03F&clientType=ONE_ME&tgt=accept"))
      try await line.send(.text(Self.connection))
      try await line.send(.text("ping"))
      #expect(await line.next() == .text("pong"))
      try await line.send(.binary(Array("ping".utf8)))
      #expect(await line.next() == .text("pong"))
      try await line.send(.text("not JSON"))
      try await line.send(.text(#"{"type":"surprise"}"#))
      try await line.send(.text(#"{"type":"notification","notification":"settings-update"}"#))
      try await line.send(
        .text(#"{"type":"notification","notification":"closed-conversation","reason":"CANCELED"}"#))
      _ = await line.next()
    }
    let line = try await server.connect()
    let events = await line.events.reduce(into: []) { $0.append($1) }
    #expect(
      events == [
        .joined(
          CallRoom(
            participants: [
              .init(id: 900_000_000_002, userId: 67_890_022, state: "ACCEPTED", isCreator: true),
              .init(id: 900_000_000_001, userId: 54_321_001, state: "CALLED"),
            ], stun: ["stun:127.0.0.1:3478"], turn: ["turn:127.0.0.1:3479"],
            turnUser: "1795086400:900000000001", turnPassword: Secret("cGFzcw=="))),
        .unreadable("it is not as expected"), .notification("settings-update"),
        .ended(CallEnding(reason: "CANCELED")),
      ])
    await server.stop()
  }

  @Test(arguments: [
    (#"{"type":"notification","notification":"hungup","reason":"HUNGUP"}"#, Optional("HUNGUP")),
    (#"{"type":"error","code":0,"message":"conversation-ended","reason":"HUNGUP"}"#, "HUNGUP"),
    (#"{"type":"error","error":"conversation-not-found"}"#, nil),
    (#"{"type":"error","error":"no-call","message":"no such call"}"#, nil),
  ])
  func endsInManyWords(frame: String, reason: String?) async throws {
    let server = try SignalingServer { line, _ in
      try await line.send(.text(frame))
      _ = await line.next()
    }
    let line = try await server.connect()
    #expect(
      await line.events.reduce(into: []) { $0.append($1) } == [.ended(CallEnding(reason: reason))])
    // There is nothing left to hang up.
    try await line.hangUp()
    await server.stop()
  }

  @Test func tellsALostLineFromAnEndedCall() async throws {
    let server = try SignalingServer { line, _ in
      try await line.send(.text(#"{"type":"error","message":"invalid-token","code":4}"#))
      _ = await line.next()
    }
    let line = try await server.connect()
    let refusal = OneMeError.refused(OneMeRefusal(code: "invalid-token"))
    #expect(await line.events.first { _ in true } == .lost(refusal))
    await server.stop()

    let closing = try SignalingServer { _, _ in }
    let second = try await closing.connect()
    #expect(
      await second.events.first { _ in true }
        == .lost(.transport(.closed(.byPeer(code: 1000, reason: "")))))
    await #expect(throws: OneMeError.transport(.closed(.byPeer(code: 1000, reason: "")))) {
      try await second.hangUp()
    }
    await closing.stop()
  }

  @Test func silenceIsALostLine() async throws {
    let server = try SignalingServer { line, _ in _ = await line.next() }
    let line = try await server.connect()
    await server.time.release(CallSignaling.patience)
    #expect(
      await line.events.first { _ in true } == .lost(.transport(.timedOut(.pong))))
    await server.stop()
  }

  @Test(arguments: [
    #"{"type":"response","response":"hangup","sequence":1,"stamp":1}"#,
    #"{"type":"notification","notification":"hungup","reason":"REJECTED"}"#, nil,
  ])
  func hangsUp(answer: String?) async throws {
    let server = try SignalingServer { line, _ in
      try await line.send(.text(Self.connection))
      guard case .text(let text)? = await line.next() else { throw Unexpected(text: "nothing") }
      #expect(
        ComparableJSON(text)
          == ComparableJSON(#"{"command":"hangup","reason":"REJECTED","sequence":1}"#))
      // Without an answer the server ends the line, which says as much.
      guard let answer else { return }
      try await line.send(.text(answer))
      _ = await line.next()
    }
    let line = try await server.connect()
    try await line.hangUp(.rejected)
    let last = await line.events.reduce(nil) { $1 as CallSignalingEvent? }
    let ended = CallSignalingEvent.ended(CallEnding(reason: "REJECTED"))
    let lost = CallSignalingEvent.lost(.transport(.closed(.byPeer(code: 1000, reason: ""))))
    #expect(last == (answer == nil ? lost : ended))
    await server.stop()
  }

  @Test func saysWhenAHangUpFailed() async throws {
    let server = try SignalingServer { line, target in
      guard target.contains("conversationId=heard") else {
        _ = await line.next()
        return
      }
      try await line.send(.text(Self.connection))
      _ = await line.next()
      try await line.send(
        .text(#"{"type":"error","message":"illegal-participant-state","sequence":1}"#))
      _ = await line.next()
    }
    let heard = try await server.connect(conversationId: "heard")
    await #expect(throws: OneMeError.refused(OneMeRefusal(code: "illegal-participant-state"))) {
      try await heard.hangUp()
    }
    let silent = try await server.connect(conversationId: "silent")
    async let hangUp: Void = silent.hangUp()
    await server.time.release(.seconds(15))
    do {
      try await hangUp
      Issue.record("hung up with a server that says nothing")
    } catch {
      #expect(error as? OneMeError == .timedOut(.incomingCall))
    }
    await heard.close()
    await silent.close()
    await server.stop()
  }

  @Test func twoHangUpsAreOne() async throws {
    let server = try SignalingServer { line, _ in
      guard case .text? = await line.next() else { return }
      _ = await line.next()
    }
    let line = try await server.connect()
    let first = Task { try await line.hangUp() }
    await server.time.untilSleeping(2)
    let second = Task { try await line.hangUp() }
    // The second takes the place of the first, which is told so.
    await #expect(throws: OneMeError.cancelled) { try await first.value }
    await line.close()
    await #expect(throws: OneMeError.transport(.closed(.byUs(code: 1000)))) {
      try await second.value
    }
    await server.stop()
  }

  @Test(arguments: ["", "nobody", "1795086400:", "1795086400:9&x=1"])
  func needsToKnowWhoIsCalled(user: String) async throws {
    let call = try SignalingServer.call(url: "ws://127.0.0.1:1/ws2", user: user)
    #expect(throws: OneMeError.self) { try SignalingAddress(call, conversationId: "c") }
  }

  @Test func aFarServerCannotNameThisMachine() async throws {
    let call = try SignalingServer.call(url: "WS://127.0.0.1:1/ws2")
    await #expect(throws: OneMeError.transport(.insecure("the call server"))) {
      try await CallSignaling.connect(
        to: call, conversationId: "c", configuration: OneMeConfiguration(deviceId: "d"),
        network: Network(), time: ManualTime())
    }
  }

  @Test func doesNotRepeatTheTokenInAnError() async throws {
    let call = try SignalingServer.call(url: "wss://bad host/ws2")
    do {
      _ = try await CallSignaling.connect(
        to: call, conversationId: "c", configuration: OneMeConfiguration(deviceId: "d"),
        network: Network(), time: ManualTime())
      Issue.record("connected to nowhere")
    } catch {
      #expect(!error.message.contains("t%2Bk"))
    }
  }

  @Test func declinesByTheSecondWayWhenTheFirstIsUnknown() async throws {
    let (declined, sink) = AsyncStream<String>.makeStream()
    let calls = try SignalingServer { line, _ in
      try await line.send(.text(Self.connection))
      if case .text(let text)? = await line.next() { sink.yield(text) }
      try await line.send(.text(#"{"type":"response","response":"hangup","sequence":1}"#))
      _ = await line.next()
    }
    let server = try ScriptedServer { line in
      try await line.serve(6)
      try await line.serve(19)
      for error in ["proto.opcode", "not.found"] {
        let request = try await line.next(167)
        try await line.answer(request, #"{"error":"\#(error)"}"#, command: 3)
      }
      try await line.serve(167, "null")
      try await line.untilEnd()
    }
    let session = OneMeSession(
      configuration: server.configuration, token: Secret("t"), network: server.network,
      time: server.time, random: SeededRandom(seed: 1))
    await session.start()
    _ = await session.events.first { if case .state(.online) = $0 { true } else { false } }
    let call = IncomingCall(
      conversationId: "11AA22BB", callerId: 5, kind: .audio,
      configuration: .success(try calls.call()))
    try await session.decline(call)
    #expect(await declined.first { _ in true }?.contains("REJECTED") == true)
    // A call that is over needs no second way.
    await #expect(throws: OneMeError.refused(OneMeRefusal(code: "not.found"))) {
      try await session.decline(call)
    }
    try await session.decline(call)
    await session.stop()
    await server.stop()
    await calls.stop()
  }
}

/// A call's server that does what a test's script says.
private final class SignalingServer: Sendable {
  typealias Script = @Sendable (Line, String) async throws -> Void

  /// The server's end.
  struct Line: Sendable {
    let connection: WebSocketConnection

    func send(_ message: WebSocketMessage) async throws { try await connection.send(message) }

    func next() async -> WebSocketMessage? {
      var messages = connection.messages.makeAsyncIterator()
      return await messages.next()
    }
  }

  let network = Network()
  let time = ManualTime()
  private let server: HTTPServer

  init(_ script: @escaping Script) throws {
    server = try HTTPServer(HTTPServer.Configuration(), network: network) { request in
      let target = request.target
      return .webSocket { connection in
        do { try await script(Line(connection: connection), target) } catch { Issue.record(error) }
      }
    }
  }

  func call() throws -> CallConfiguration {
    try Self.call(url: "ws://127.0.0.1:\(server.port)/ws2")
  }

  func connect(conversationId: String = "11AA22BB") async throws -> CallSignaling {
    var configuration = OneMeConfiguration(deviceId: "d")
    configuration.url = "ws://127.0.0.1:\(server.port)"
    return try await .connect(
      to: try call(), conversationId: conversationId, configuration: configuration,
      network: network, time: time)
  }

  static func call(
    url: String, user: String = "1795086400:900000000001"
  ) throws -> CallConfiguration {
    let json = #"{"tkn":"t+k/=","wse":"\#(url)","trnu":"\#(user)"}"#
    return try CallConfiguration(json: Array(json.utf8))
  }

  func stop() async { await server.stop() }
}
