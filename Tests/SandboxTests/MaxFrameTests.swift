import Sandbox
import Testing
import Transport

@Suite struct MaxFrameTests {
  @Test(arguments: [
    (RawMaxConnection.frame(ver: 10, seq: 9, opcode: 1, #"{"interactive":true}"#), "ver"),
    (RawMaxConnection.frame(seq: 0, opcode: 1, #"{"interactive":true}"#), "seq"),
    (RawMaxConnection.frame(cmd: 3, seq: 9, opcode: 1, "{}"), "cmd"),
    (RawMaxConnection.frame(seq: 9, opcode: 1, "[]"), "payload"),
    (#"{"ver":11,"cmd":0,"seq":9,"opcode":1}"#, "payload"),
    (RawMaxConnection.frame(seq: 9, opcode: 1, "{}"), "interactive"),
  ])
  func aFrameIsWellFormed(frame: String, complaint: String) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.greet()
    try await line.line.send(frame)
    let answer = try await line.line.json()
    #expect(answer.cmd == 3)
    #expect(answer.payload.error == "proto.payload")
    #expect(answer.payload.message.string?.contains(complaint) == true)
  }

  @Test(arguments: [nil, "https://example.org"])
  func theOriginIsDemanded(origin: String?) async throws {
    let fixture = try await SandboxFixture()
    let url = fixture.sandbox.endpoints.maxURL
    do throws(TransportError) {
      var request = WebSocketRequest(url: url)
      request.headers["Origin"] = origin
      _ = try await fixture.network.connect(request)
      Issue.record("it was accepted")
    } catch {
      guard case .upgradeRefused(status: 403, _) = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  /// Numbers at the edge must not overflow inside the server.
  @Test(arguments: [Int64.min, -1, 0, 1, Int64.max])
  func extremeNumbersAreBorne(number: Int64) async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    let login = try await line.logIn(Cast.numbers.main)
    let message =
      login.payload.chats.items.first { $0.id == .integer(Cast.dialog) }?
      .lastMessage.id.string ?? ""
    let n = "\(number)"
    for (opcode, payload) in [
      (49, #"{"chatId":\#(Cast.dialog),"from":\#(n),"forward":\#(n),"backward":\#(n)}"#),
      (49, #"{"chatId":\#(n),"from":\#(n),"forward":1,"backward":1}"#),
      (
        50,
        #"{"type":"SET_AS_UNREAD","chatId":\#(Cast.dialog),"messageId":"\#(message)","mark":\#(n)}"#
      ),
      (32, #"{"contactIds":[\#(n)]}"#), (35, #"{"contactIds":[\#(n)]}"#),
      (53, #"{"marker":\#(n),"count":\#(n)}"#),
      (64, #"{"userId":\#(n),"message":{"text":"x","cid":\#(n)}}"#),
      (64, #"{"chatId":\#(Cast.dialog),"message":{"text":"x","cid":\#(n)}}"#),
      (66, #"{"chatId":\#(Cast.dialog),"messageIds":[\#(n)],"forMe":true}"#),
      (163, #"{"callHistorySync":\#(n)}"#),
    ] {
      _ = try await line.ask(opcode, payload)
    }
    #expect(try await line.ask(1, #"{"interactive":true}"#).cmd == 1)
  }

  @Test func anUnknownOpcodeIsRefusedByNumber() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    let answer = try await line.ask(9999)
    #expect(answer.payload.error == "proto.opcode")
  }

  @Test(arguments: [
    "", "hello", "[]", "7", #"{"ver":11}"#, #"{"ver":11,"cmd":0,"seq":1.5,"opcode":1}"#,
  ])
  func whatIsNoFrameEndsItsConnectionAlone(text: String) async throws {
    let fixture = try await SandboxFixture()
    let calm = try await RawMaxConnection(fixture)
    _ = try await calm.greet()
    let line = try await RawMaxConnection(fixture)
    try await line.line.send(text)
    #expect(try await line.line.closure() == .byPeer(code: 1003, reason: "malformed frame"))
    #expect(try await calm.ask(1, #"{"interactive":false}"#).payload == .null)
  }

  @Test func hugeAndBrokenFramesEndTheirConnectionAlone() async throws {
    let fixture = try await SandboxFixture()
    let calm = try await RawMaxConnection(fixture)
    _ = try await calm.greet()
    let huge = try await RawMaxConnection(fixture)
    try? await huge.line.send(String(repeating: "[", count: (1 << 20) + 1))
    #expect(try await huge.line.closure() == .byPeer(code: 1009, reason: ""))
    let binary = try await RawMaxConnection(fixture)
    try await binary.line.connection.send(.binary([10, 0, 0, 5, 0, 1, 0, 0, 0, 0]))
    #expect(try await binary.line.closure() == .byPeer(code: 1003, reason: "malformed frame"))
    #expect(try await calm.ask(1, #"{"interactive":false}"#).cmd == 1)
  }

  @Test func aMessageIsAcknowledgedAsAnAnswerNeverAsARequest() async throws {
    let line = try await RawMaxConnection(SandboxFixture())
    _ = try await line.logIn(Cast.numbers.main)
    let payload = #"{"chatId":1,"messageId":"1"}"#
    try await line.line.send(RawMaxConnection.frame(cmd: 1, seq: 0, opcode: 128, payload))
    #expect(try await line.ask(1, #"{"interactive":true}"#).cmd == 1)
    try await line.line.send(RawMaxConnection.frame(seq: 100, opcode: 128, payload))
    #expect(try await line.line.closure() == .reset)
  }

  @Test func theServerPingsAndBearsTheAnswer() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.logIn(Cast.numbers.main)
    _ = try await line.logIn(Cast.numbers.main)
    await fixture.pass(.seconds(45))
    let ping = try await line.push(1)
    #expect(ping.cmd == 0)
    #expect(ping.seq == 0)
    try await line.line.send(
      RawMaxConnection.frame(cmd: 1, seq: Int(ping.seq.integer ?? 0), opcode: 1, "null"))
    #expect(try await line.ask(1, #"{"interactive":true}"#).payload == .null)
    // One each interval, however often the session logged in.
    #expect(await line.waitingPushes == 0)
  }

  @Test func fiveMinutesOfSilenceEndTheConnection() async throws {
    let fixture = try await SandboxFixture()
    let line = try await RawMaxConnection(fixture)
    _ = try await line.greet()
    await fixture.pass(.seconds(300))
    #expect(try await line.line.closure() == .byPeer(code: 1001, reason: "idle"))
  }
}
