import Testing
import Transport

@testable import Sandbox

/// The faults that strike between a request and its answer, and around pushes.
@Suite struct MaxMischiefTests {
  private static let ping = #"{"interactive":true}"#

  private func online(
    _ faults: String, _ notation: MaxWire.Notation = .text
  ) async throws -> (SandboxFixture, RawMaxConnection) {
    let fixture = try await SandboxFixture(faults: faults)
    let line = try await RawMaxConnection(fixture, notation)
    _ = try await line.logIn(Cast.numbers.main)
    return (fixture, line)
  }

  @Test(arguments: [
    "late-answer", "late-answer=49", "late-answer=49:x", "late-answer=99999:5", "refuse=64",
    "refuse=64:", "refuse=x:y", "vcp=z", "outage=0", "stun=loud", "zstd=1", "zstd@1",
    "duplicate-message=2", "out-of-order", "drop-after",
  ])
  func aPlanIsReadStrictly(text: String) {
    #expect(throws: SandboxError.self) { try FaultPlan(parsing: text) }
  }

  @Test(arguments: MaxOpcodeTests.notations)
  func answersCanComeLateTwiceOrInAnotherOrder(notation: MaxWire.Notation) async throws {
    let (fixture, line) = try await online(
      "late-answer=32:1500,answer-twice=35,out-of-order=158", notation)
    try await line.send(seq: 50, opcode: 32, #"{"contactIds":[]}"#)
    try await line.send(seq: 51, opcode: 158)
    try await line.send(seq: 52, opcode: 35, #"{"contactIds":[]}"#)
    var seqs: [JSON] = []
    for _ in 1...3 { seqs.append(try await line.frame().seq) }
    #expect(seqs == [52, 52, 51])
    await fixture.pass(.milliseconds(1500))
    #expect(try await line.frame().seq == 50)
  }

  @Test func anAnswerCanBeEmpty() async throws {
    let (_, line) = try await online("null-payload=49,bare-login")
    let answer = try await line.ask(
      49, #"{"chatId":0,"from":1,"forward":0,"backward":1}"#)
    #expect(answer.cmd == 1 && answer.payload == .null)
    let login = try await line.logIn(Cast.numbers.main)
    #expect(login.payload == .object(["token": .null]))
  }

  @Test func anOpcodeCanBeRefusedOnce() async throws {
    let (_, line) = try await online("refuse=158:error.limit.violate@2,refuse=167:proto.opcode")
    #expect(try await line.ask(158).cmd == 1)
    let refused = try await line.ask(158).payload
    #expect(refused.error == "error.limit.violate")
    #expect(refused.localizedMessage.string?.isEmpty == false)
    #expect(try await line.ask(158).cmd == 1)
    #expect(try await line.ask(167, "{}").payload.error == "proto.opcode")
  }

  @Test func pushesComeBetweenAndWithoutNumber() async throws {
    let (_, line) = try await online("push-between,push-without-seq")
    _ = try await line.ask(1, Self.ping)
    let push = try await line.push(132)
    #expect(push.seq == .null && push.cmd == 0)
  }

  @Test func aMessageCanComeTwice() async throws {
    let (fixture, line) = try await online("duplicate-message@1")
    for text in ["раз", "два"] {
      await fixture.sandbox.write(text, from: Cast.numbers.second, to: Cast.numbers.main)
    }
    var texts: [String?] = []
    for _ in 1...3 { texts.append(try await line.push(128).payload.message.text.string) }
    #expect(texts == ["раз", "раз", "два"])
  }

  @Test(arguments: MaxOpcodeTests.notations)
  func whatIsNotAcknowledgedComesAgain(notation: MaxWire.Notation) async throws {
    let (fixture, line) = try await online("repeat-unacked=5", notation)
    await fixture.sandbox.write("слышно?", from: Cast.numbers.second, to: Cast.numbers.main)
    let first = try await line.push(128)
    await fixture.pass(.seconds(5))
    let second = try await line.push(128)
    #expect(second.payload.message.id == first.payload.message.id)
    #expect(second.seq != first.seq)
    let seq = Int(second.seq.integer ?? 0)
    let id = first.payload.message.id.id64 ?? 0
    try await line.send(
      cmd: 1, seq: seq, opcode: 128, #"{"chatId":\#(Cast.dialog),"messageId":"\#(id)"}"#)
    _ = try await line.ask(1, Self.ping)
    await fixture.pass(.seconds(5))
    _ = try await line.ask(1, Self.ping)
    #expect(await line.waitingPushes == 0)
  }

  @Test func deletionsCanBeMessages() async throws {
    let (fixture, line) = try await online("delete-as-message")
    let tablet = try await RawMaxConnection(fixture)
    _ = try await tablet.logIn(Cast.numbers.main)
    let sent = try await line.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"ой","cid":1}}"#
    ).payload.message
    _ = try await tablet.push(128)
    _ = try await line.ask(
      66,
      #"{"chatId":\#(Cast.dialog),"messageIds":["\#(sent.id.id64 ?? 0)"],"forMe":false}"#)
    let removed = try await tablet.push(128).payload.message
    #expect(removed.id == sent.id && removed.status == "REMOVED")
  }

  @Test func nobodyKnowsWhatComes() async throws {
    let (_, line) = try await online("unknown-kinds,delete-unknown")
    #expect(try await line.push(142).payload.messageIds[0] == "1")
    #expect(try await line.push(9001).payload.mystery == 1)
    #expect(try await line.push(135).payload.chat.type == "SPACE")
    #expect(try await line.push(128).payload == .null)
    #expect(try await line.ask(1, Self.ping).cmd == 1)
  }

  @Test func idsCanHaveTheOtherForm() async throws {
    for (notation, isText) in [(MaxWire.Notation.text, false), (.binary, true)] {
      let (_, line) = try await online("swap-ids,wrap-integers", notation)
      let page = try await line.ask(
        49, #"{"chatId":\#(Cast.dialog),"from":4000000000000,"forward":0,"backward":1}"#)
      #expect((page.payload.messages[0].id.string != nil) == isText)
    }
  }

  /// A frame that is compressed with zstd has the flag for it and, here, stores its body as it is.
  @Test func binaryAnswersCanBeCompressedOtherwise() async throws {
    let (_, line) = try await online("zstd", .binary)
    try await line.send(seq: 90, opcode: 158)
    guard case .binary(let bytes) = try await line.line.next() else {
      Issue.record("no binary frame")
      return
    }
    #expect(bytes[6] == 0xff)
    #expect(Array(bytes[10..<14]) == [0x28, 0xb5, 0x2f, 0xfd])
    // Magic number, descriptor, size in four bytes and the block's head stand before the body.
    let body = try MessagePackReader.value(of: Array(bytes[22...]))
    guard case .map(let members) = body else {
      Issue.record("no map: \(body)")
      return
    }
    #expect(members["token"] != nil)
  }

  @Test func aLineCanBreakInTime() async throws {
    let (fixture, line) = try await online("drop-after=40")
    await fixture.pass(.seconds(40))
    #expect(try await line.line.closure() == .reset)
  }
}
