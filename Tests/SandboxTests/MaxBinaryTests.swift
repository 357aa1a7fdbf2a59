import Cryptography
import Testing
import Transport

@testable import Sandbox

/// The binary notation by itself (OneMe notes §2.2).
@Suite struct MaxBinaryTests {
  private func bytes(_ text: String) throws -> [UInt8] {
    try #require(Hexadecimal.decode(text.filter { $0 != " " }))
  }

  @Test func theNotesVectorsAreWritten() throws {
    func frame(_ cmd: Int, _ seq: Int, _ opcode: Int, _ payload: WireValue?) -> [UInt8] {
      MaxBinary.frame(cmd: cmd, seq: seq, opcode: opcode, payload, style: .init())
    }
    #expect(
      frame(0, 5, 1, ["interactive": true])
        == (try bytes("0a00 0005 0001 00 00000e 81ab696e746572616374697665c3")))
    #expect(frame(1, 5, 1, nil) == (try bytes("0a01 0005 0001 00 000000")))
    #expect(
      frame(3, 7, 19, ["error": "login.token", "message": "FAIL_LOGIN_TOKEN"])
        == (try bytes(
          """
          0a0300070013 01 00002e f01d82a56572726f72ab6c6f67696e2e746f6b656e\
          a76d657373616765b04641494c5f4c4f47494e5f544f4b454e
          """)))
  }

  @Test func theNotesVectorsAreRead() throws {
    let history = try RawMaxConnection.frame(
      of: bytes(
        """
        0a0000090031 01 000039 f02885a663686174496403a466726f6dcf000001a0c4506fe7a7666f727761726400\
        a86261636b776172641eab6765744d65737361676573c3
        """))
    #expect(history.seq == 9 && history.opcode == 49 && history.cmd == 0)
    #expect(
      history.payload
        == .object([
          "chatId": 3, "from": 1_790_000_000_999, "forward": 0, "backward": 30,
          "getMessages": true,
        ]))
  }

  @Test func numbersTextsAndContainersKeepTheirValue() throws {
    var members: [String: WireValue] = [:]
    for exponent in 0..<63 {
      for offset in [-1, 0, 1] as [Int64] {
        let number = (Int64(1) << Int64(exponent)) + offset
        members["\(exponent) \(offset)"] = [.integer(number), .integer(-number)]
      }
    }
    for length in [0, 31, 32, 255, 256, 65_535, 65_536] {
      members["text \(length)"] = .text(String(repeating: "я", count: length / 2))
      members["bytes \(length)"] = .bytes(.init(repeating: 7, count: length))
      members["array \(length)"] = .array(.init(repeating: .null, count: length))
    }
    members["extremes"] = [.integer(.min), .integer(.max), .real(-0.5), .bool(false)]
    for wrapsIntegers in [false, true] {
      var writer = MessagePackWriter(wrapsIntegers: wrapsIntegers)
      writer.write(.map(members))
      #expect(try MessagePackReader.value(of: writer.bytes) == .map(members))
    }
  }

  @Test(arguments: [
    "", "c1", "81", "81a161", "8101", "82a16101a16102", "91", "dcffff", "dfffffffff", "a2ff",
    "a161c0",
    "cfffffffffffffffff", "d40200", "c70201c0c0", "dd7fffffff", "d9ff41",
  ])
  func whatIsNoMessagePackIsRefused(text: String) throws {
    let bytes = try bytes(text)
    #expect(throws: MessagePackReader.Malformed.self) { try MessagePackReader.value(of: bytes) }
  }

  @Test func deepNestingEnds() {
    let bytes = [UInt8](repeating: 0x91, count: 100_000) + [0xc0]
    #expect(throws: MessagePackReader.Malformed.self) { try MessagePackReader.value(of: bytes) }
  }

  @Test func anyBytesAreBorne() {
    let random = SeededRandom(seed: 7)
    var readable = 0
    for _ in 0..<20_000 {
      let bytes = random.bytes(1 + random.below(40))
      if MaxBinary.frame(of: bytes) != nil { readable += 1 }
      do {
        _ = try MessagePackReader.value(of: bytes)
        readable += 1
      } catch {
        #expect(type(of: error) == MessagePackReader.Malformed.self)
      }
    }
    #expect(readable < 20_000)
  }

  @Test(arguments: [
    "0a00000500010000000e81", "0a0000050001000000", "0a00000500010000000081",
    "0a000005000101000002ffff", "0a0000050001ff00000428b52ffd", "0a000005000100000001c1",
  ])
  func aBrokenFrameEndsItsConnectionAlone(text: String) async throws {
    let fixture = try await SandboxFixture()
    let calm = try await RawMaxConnection(fixture, .binary)
    _ = try await calm.greet()
    let line = try await RawMaxConnection(fixture, .binary)
    try await line.line.connection.send(.binary(try bytes(text)))
    #expect(try await line.line.closure() == .byPeer(code: 1003, reason: "malformed frame"))
    let words = try await RawMaxConnection(fixture, .binary)
    try await words.line.send(RawMaxConnection.frame(seq: 0, opcode: 6, RawMaxConnection.hello))
    #expect(try await words.line.closure() == .byPeer(code: 1003, reason: "malformed frame"))
    #expect(try await calm.ask(1, #"{"interactive":false}"#).payload == .null)
  }

  @Test func aBlockThatGrowsBeyondTheLimitIsRefused() throws {
    let body = LZ4Block.compress([UInt8](repeating: 0xc0, count: 5 << 20))
    var frame: [UInt8] = [10, 0, 0, 1, 0, 1, 200]
    for shift in [16, 8, 0] { frame.append(UInt8(truncatingIfNeeded: body.count >> shift)) }
    #expect(MaxBinary.frame(of: frame + body) == nil)
  }

  @Test func requestNumbersStartOverAfterTheLast() async throws {
    let line = try await RawMaxConnection(SandboxFixture(), .binary)
    _ = try await line.greet()
    for seq in [0xffff, 0, 1] {
      try await line.send(seq: seq, opcode: 1, #"{"interactive":true}"#)
      let answer = try await line.frame()
      #expect(answer.seq == .integer(Int64(seq)))
      #expect(answer.cmd == 1)
    }
    try await line.send(seq: 1, opcode: 1, #"{"interactive":true}"#)
    #expect(try await line.frame().payload.error == "proto.payload")
  }

  @Test func bothNotationsMeetInOneChat() async throws {
    let fixture = try await SandboxFixture()
    let ira = try await RawMaxConnection(fixture, .binary)
    _ = try await ira.logIn(Cast.numbers.main)
    let pavel = try await RawMaxConnection(fixture)
    _ = try await pavel.logIn(Cast.numbers.second)
    let sent = try await ira.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"👋🏽 по-двоичному","cid":1}}"#)
    let heard = try await pavel.push(128).payload
    #expect(heard.message.text == "👋🏽 по-двоичному")
    #expect(heard.message.id.id64 == sent.payload.message.id.id64)
    _ = try await pavel.ask(
      64, #"{"chatId":\#(Cast.dialog),"message":{"text":"словами","cid":1}}"#)
    #expect(try await ira.push(128).payload.message.text == "словами")
  }
}
