import Cryptography
import Testing

@testable import Axolotl

/// Bytes that nobody meant: they may be refused, but must not harm.
@Suite("Damaged bytes")
struct FuzzTests {
  /// Some bytes changed, cut out, doubled or added.
  private func damage(_ bytes: [UInt8], _ random: SeededRandom) -> [UInt8] {
    func number(below limit: Int) -> Int {
      random.bytes(3).reduce(0) { $0 << 8 | Int($1) } % max(1, limit)
    }
    var bytes = bytes
    for _ in 0...number(below: 4) {
      let place = number(below: bytes.count)
      switch number(below: 5) {
      case 0: bytes.insert(contentsOf: random.bytes(number(below: 9)), at: place)
      case 1 where !bytes.isEmpty: bytes.remove(at: place)
      case 2: bytes += bytes.suffix(place)
      case 3: bytes = Array(bytes.prefix(place + 1))
      default: if !bytes.isEmpty { bytes[place] = random.bytes(1)[0] }
      }
    }
    return bytes
  }

  @Test("Messages: none that differs from the true one is believed", arguments: 1...4)
  func messages(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    var (alice, bob) = try Device.pair(seed: seed)
    var carol = Device(seed: seed + 50)
    try carol.cipher.startSession(with: try bob.bundle(2), in: &carol.record)
    let message = try alice.write("true")
    guard case .preKey(let first) = try carol.write("true") else { return }
    for _ in 0..<400 {
      let damaged = damage(message.serialized, random)
      guard damaged != message.serialized else { continue }
      #expect(throws: AxolotlError.self) {
        try bob.read(try CiphertextMessage(envelopeType: 1, damaged))
      }
    }
    for _ in 0..<400 {
      let damaged = damage(first.serialized, random)
      guard let decoded = try? PreKeyWhisperMessage(damaged) else { continue }
      // The outer message has no MAC: only what the inner one covers, or derives from, must hold.
      if decoded.message == first.message, decoded.baseKey == first.baseKey,
        decoded.identityKey == first.identityKey
      {
        continue
      }
      #expect(throws: AxolotlError.self) { try bob.read(.preKey(decoded)) }
    }
    #expect(try bob.read(message) == "true")
  }

  @Test("Random bytes are no message and no record", arguments: 1...4)
  func noise(seed: UInt64) {
    let random = SeededRandom(seed: seed)
    for _ in 0..<500 {
      let bytes = random.bytes(Int(random.bytes(1)[0]))
      #expect(throws: AxolotlError.self) { try WhisperMessage([0x22] + bytes) }
      #expect(throws: AxolotlError.self) { try PreKeyWhisperMessage([0x22] + bytes) }
      if let message = try? ProtobufMessage(bytes, maximumSize: 300) {
        #expect((try? ProtobufMessage(message.serialized, maximumSize: 600)) == message)
      }
    }
  }

  @Test("Records: one that can be read can be used without harm", arguments: 1...4)
  func records(seed: UInt64) throws {
    let random = SeededRandom(seed: seed)
    var (alice, bob) = try Device.pair(seed: seed)
    _ = try alice.write("skipped")
    _ = try bob.read(try alice.write("read"))
    try bob.cipher.startSession(with: try alice.bundle(), in: &bob.record)
    let message = try alice.write("x")
    var readable = 0
    for _ in 0..<400 {
      let damaged = damage(bob.record.serialized, random)
      guard var record = try? SessionRecord(serialized: damaged) else { continue }
      readable += 1
      #expect(try SessionRecord(serialized: record.serialized) == record)
      _ = try? bob.cipher.decrypt(message, in: &record)
      _ = try? bob.cipher.encrypt([1], in: &record)
    }
    #expect(readable > 20)
  }
}
