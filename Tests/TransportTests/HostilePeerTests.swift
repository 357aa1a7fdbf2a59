import Testing
import Transport

/// What a client does with frames that no honest server sends; the peer's view is checked too.
@Suite(.timeLimit(.minutes(10)))
struct HostilePeerTests {
  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let code: UInt16
    let bytes: [UInt8]

    init(_ name: String, _ code: UInt16, _ bytes: [UInt8]) {
      testDescription = name
      self.code = code
      self.bytes = bytes
    }
  }

  static let attacks = [
    Attack("2 MB message", 1009, frame(0x82, count: 2 << 20)),
    Attack(
      "30 fragments of 60 kB", 1009,
      frame(0x02, count: 60_000) + (0..<29).flatMap { _ in frame(0x00, count: 60_000) }),
    Attack("length of 2^62", 1009, [0x82, 127, 0x40, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3]),
    Attack("length of 2^63", 1002, [0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0]),
    Attack("length not in its shortest form", 1002, [0x82, 126, 0, 5, 1, 2, 3, 4, 5]),
    Attack("invalid UTF-8", 1007, [0x81, 2, 0xc3, 0x28]),
    Attack("UTF-8 cut at the end", 1007, [0x81, 1, 0xc3]),
    Attack("900 kB of invalid UTF-8", 1007, frame(0x81, count: 900_000, byte: 0xff)),
    Attack("reserved bit", 1002, [0xc1, 1, 0x61]),
    Attack("opcode 3", 1002, [0x83, 1, 0x61]),
    Attack("opcode 11", 1002, [0x8b, 1, 0x61]),
    Attack("continuation first", 1002, [0x80, 1, 0x61]),
    Attack("text within a fragmented text", 1002, [0x01, 1, 0x61, 0x81, 1, 0x62]),
    Attack("masked frame", 1002, [0x81, 0x81, 1, 2, 3, 4, 0x60]),
    Attack("close code 1005", 1002, [0x88, 2, 0x03, 0xed]),
    Attack("close reason not UTF-8", 1007, [0x88, 4, 0x03, 0xe8, 0xc3, 0x28]),
    Attack("ping of 126 bytes", 1002, frame(0x89, count: 126)),
    Attack("fragmented ping", 1002, [0x09, 1, 0x61]),
  ]

  @Test(arguments: attacks)
  func anAttackEndsTheConnectionAndNothingElse(attack: Attack) async throws {
    let network = Network()
    let seen = Promise<WebSocketClosure>()
    let server = try HTTPServer(.init(), network: network) { _ in
      .webSocket { connection in
        try? await connection.writeRaw(attack.bytes)
        seen.keep(await connection.closure)
      }
    }
    let connection = try await network.connect(
      WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/"))
    var count = 0
    for await _ in connection.messages { count += 1 }
    #expect(count == 0)
    guard case .violation(attack.code, _) = await connection.closure else {
      Issue.record("ended by \(await connection.closure)")
      return
    }
    #expect(await seen.value == .byPeer(code: attack.code, reason: ""))
  }

  @Test func fragmentsAreJoinedAndAPingBetweenIsAnswered() async throws {
    let pong = Promise<[UInt8]>()
    let payload = [UInt8](repeating: 0x70, count: 125)
    let server = RawServer { peer in
      peer.write(RawPeer.acceptance(of: peer.readHead()))
      // "ü" split over two fragments, a full ping between, an empty final fragment.
      peer.write([0x01, 2, 0x67, 0xc3] + [0x89, 125] + payload + [0x00, 1, 0xbc, 0x80, 0])
      let frame = peer.read(2 + 4 + 125)
      let mask = frame[2..<6]
      pong.keep(zip(frame[6...], (0..<125).map { mask[2 + $0 % 4] }).map { $0 ^ $1 })
      _ = peer.awaitEnd()
    }
    var request = WebSocketRequest(url: server.url)
    request.limits.pingInterval = nil
    let connection = try await Network().connect(request)
    var messages = connection.messages.makeAsyncIterator()
    #expect(await messages.next() == .text("gü"))
    #expect(await pong.value == payload)
  }

  @Test func aFloodOfPingsFromAPeerThatDoesNotReadIsCutOff() async throws {
    let server = RawServer { peer in
      peer.write(RawPeer.acceptance(of: peer.readHead()))
      let pings = (0..<1000).flatMap { _ in frame(0x89, count: 125) }
      for _ in 0..<200 { peer.write(pings) }
    }
    let connection = try await Network().connect(WebSocketRequest(url: server.url))
    let closure = await connection.closure
    #expect(closure == .violation(code: 1008, "pings without reading pongs"))
  }

  @Test func clientFramesMustBeMasked() async throws {
    let network = Network()
    let seen = Promise<WebSocketClosure>()
    let server = try HTTPServer(.init(), network: network) { _ in
      .webSocket { seen.keep(await $0.closure) }
    }
    let connection = try await network.connect(
      WebSocketRequest(url: "ws://127.0.0.1:\(server.port)/"))
    try await connection.writeRaw([0x81, 1, 0x61])
    #expect(await seen.value == .violation(code: 1002, "a frame against the protocol"))
    #expect(await connection.closure == .byPeer(code: 1002, reason: ""))
  }
}

/// An unmasked frame: first byte as given, `count` payload bytes of `byte`.
func frame(_ first: UInt8, count: Int, byte: UInt8 = 0x61) -> [UInt8] {
  let length: [UInt8] =
    switch count {
    case ..<126: [UInt8(count)]
    case ..<65_536: [126, UInt8(count >> 8), UInt8(count & 0xff)]
    default: [127] + (0..<8).map { UInt8(count >> (56 - 8 * $0) & 0xff) }
    }
  return [first] + length + [UInt8](repeating: byte, count: count)
}
