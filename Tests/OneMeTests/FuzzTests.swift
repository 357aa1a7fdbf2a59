import Cryptography
import JSON
import Testing
import Transport

@testable import OneMe

/// Bytes that no server sends: nothing may crash, and what is read has to be whole.
struct FuzzTests {
  private static let frame = """
    {"ver":11,"cmd":0,"seq":4,"opcode":128,"payload":{"chatId":121058319,"message":{"id":"117637120006750208","time":1795000000103,"sender":67890022,"text":"Ты","elements":[{"type":"LINK","from":8,"length":19,"attributes":{"url":"u"}}],"attaches":[{"_type":"CALL","contactIds":[1]}],"link":{"type":"REPLY","message":{"id":1}}},"unread":1}}
    """

  @Test(arguments: 0..<8)
  func framesOfDamagedText(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    for _ in 0..<400 {
      let bytes = damage(Array(Self.frame.utf8), random)
      decode(.text(String(decoding: bytes, as: UTF8.self)))
    }
  }

  @Test(arguments: 0..<8, [true, false])
  func framesOfDamagedBytes(seed: UInt64, isCompressed: Bool) throws {
    let random = SeededRandom(seed: seed)
    let tree = try #require(ComparableJSON(Self.frame).value)
    let content = MessagePackWriter.write(tree)
    let header = FrameHeader(command: .request, sequence: 4, opcode: .message)
    for _ in 0..<400 {
      let body: [UInt8]
      if isCompressed {
        body = damage(try #require(LZ4Block.compress(content)), random)
      } else {
        body = damage(content, random)
      }
      guard body.count < 1 << 16 else { continue }
      let head: [UInt8] = [
        10, 0, 0, 4, 0, UInt8(header.opcode.rawValue), isCompressed ? 2 : 0, 0,
        UInt8(body.count >> 8), UInt8(body.count & 255),
      ]
      decode(.binary(head + body))
    }
  }

  @Test func framesOfRandomBytes() {
    let random = SeededRandom(seed: 7)
    for _ in 0..<5000 {
      let content = random.bytes(1 + Int(random.bytes(1)[0]))
      _ = try? MessagePackReader.read(content)
    }
  }

  private func decode(_ message: WebSocketMessage) {
    guard let payload = try? Frame(message).payload else { return }
    for decode in PushDecoders.table.values { _ = try? decode(payload) }
    _ = try? Snapshot(from: payload)
    _ = try? SignIn(from: payload)
  }

  @Test(arguments: 0..<4)
  func callConfigurationsOfDamagedText(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    var readable = 0
    for _ in 0..<2000 {
      let bytes = damage(Array(CallConfigurationTests.vectorB.utf8), random)
      if let call = try? CallConfiguration(vcp: String(decoding: bytes, as: UTF8.self)) {
        readable += 1
        #expect(!call.token.revealed.isEmpty && !call.signalingURL.isEmpty)
      }
    }
    #expect(readable < 2000)
  }

  @Test(arguments: 0..<4)
  func signalingOfDamagedText(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let bytes = damage(Array(CallSignalingTests.connection.utf8), random)
      _ = try? SignalingFrame(from: JSONReader.read(bytes).root)
    }
  }

  @Test func callConfigurationsOfRandomBlocks() {
    let random = SeededRandom(seed: 99)
    for _ in 0..<3000 {
      let block = random.bytes(1 + Int(random.bytes(1)[0]))
      #expect(throws: VCPError.self) {
        try CallConfiguration(vcp: "4096:\(Base64.encode(block))")
      }
    }
  }

  /// One to four bytes changed, dropped, doubled or cut off.
  private func damage(_ bytes: [UInt8], _ random: SeededRandom) -> [UInt8] {
    var bytes = bytes
    for _ in 0...random.bytes(1)[0] % 4 {
      let dice = random.bytes(4)
      let place = (Int(dice[0]) << 8 | Int(dice[1])) % max(1, bytes.count)
      guard place < bytes.count else { return bytes }
      switch dice[2] % 8 {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[place], at: place)
      case 2: bytes.removeLast(bytes.count - place)
      case 3: bytes[place] = UInt8(ascii: "0") + dice[3] % 10
      default: bytes[place] = dice[3]
      }
    }
    return bytes
  }
}
