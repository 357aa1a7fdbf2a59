import Cryptography
import Testing

@testable import Transport

/// The codec alone, without sockets: what one end writes the other reads, and no bytes crash it.
struct FrameCodecTests {
  private func feed(_ codec: FrameCodec, _ bytes: [UInt8]) -> [FrameCodec.Event] {
    var events: [FrameCodec.Event] = []
    for start in stride(from: 0, to: bytes.count, by: 4096) {
      bytes[start..<min(start + 4096, bytes.count)].withUnsafeBytes {
        events += codec.receive($0)
      }
    }
    return events
  }

  @Test(arguments: [0, 1, 125, 126, 65_535, 65_536, 200_000])
  func everyLengthCrossesBothWays(count: Int) throws {
    let client = try FrameCodec(role: .client, messageBytes: 1 << 20)
    let server = try FrameCodec(role: .server, messageBytes: 1 << 20)
    let message = WebSocketMessage.binary([UInt8](repeating: 5, count: count))
    client.send(message)
    #expect(feed(server, Array(client.output.unread)) == [.message(message)])
    server.send(message)
    #expect(feed(client, Array(server.output.unread)) == [.message(message)])
  }

  @Test func masksDifferFromFrameToFrame() throws {
    let client = try FrameCodec(role: .client, messageBytes: 100)
    client.send(.text("same"))
    client.send(.text("same"))
    let output = Array(client.output.unread)
    #expect(output.count == 20)
    #expect(output[2..<6] != output[12..<16])
  }

  @Test(
    "A close may have any registered code, and is answered with it",
    arguments: [1011, 1012, 1014] as [UInt16])
  func closes(code: UInt16) throws {
    let codec = try FrameCodec(role: .client, messageBytes: 100)
    let payload = [UInt8(code >> 8), UInt8(code & 0xff)]
    let frame = [0x88, 7] + payload + Array("later".utf8)
    #expect(feed(codec, frame) == [.close(code: code, reason: "later")])
    let answer = Array(codec.output.unread)
    #expect(answer.first == 0x88 && answer.count >= 8)
    #expect(zip(answer[6...7], answer[2...3]).map { $0 ^ $1 } == payload)
    #expect(feed(codec, [0x81, 0]) == [], "nothing is read after it")
  }

  @Test(arguments: [999, 1004, 1005, 1006, 1015, 2000] as [UInt16])
  func refusesACloseWithACodeThatIsNone(code: UInt16) throws {
    let codec = try FrameCodec(role: .client, messageBytes: 100)
    let events = feed(codec, [0x88, 2, UInt8(code >> 8), UInt8(code & 0xff)])
    #expect(events == [.violation(code: 1002, "a frame against the protocol")])
  }

  @Test func noBytesCrashIt() throws {
    let random = SeededRandom(seed: 7)
    for round in 0..<2000 {
      let role: FrameCodec.Role = round % 2 == 0 ? .client : .server
      let codec = try FrameCodec(role: role, messageBytes: 1000)
      var bytes = random.bytes(64)
      // Steer some rounds past the first header, where most random bytes end.
      if round % 3 == 0 { bytes[0] = [0x81, 0x82, 0x01, 0x89, 0x88][round % 5] }
      if round % 4 == 0 { bytes[1] = (role == .server ? 0x80 : 0) | bytes[1] & 0x1f }
      let events = feed(codec, bytes)
      // Nothing follows the end.
      let end = events.firstIndex { event in
        switch event {
        case .close, .violation: true
        default: false
        }
      }
      if let end { #expect(end == events.count - 1) }
      #expect(codec.output.count < 1000)
    }
  }
}
