import Cryptography
import Testing

@testable import Axolotl

@Suite("Messages on the wire")
struct WireTests {
  private let keys = MessageKeys(seed: SecretBytes([1]))
  private let key = KeyPair(random: SeededRandom(seed: 5)).publicKey

  /// A message of the given fields, as a foreign client might write them.
  private func whisper(
    version: UInt8 = 0x22, _ fill: (inout ProtobufMessage) -> Void
  ) throws(AxolotlError) -> WhisperMessage {
    var fields = ProtobufMessage()
    fill(&fields)
    let content = [version] + fields.serialized
    let mac = Digest.sha256.authenticate(content, key: keys.mac).revealed
    return try WhisperMessage(content + mac.prefix(8))
  }

  @Test("The high half of the version byte decides", arguments: [UInt8(0x22), 0x23, 0x2f, 0x20])
  func version2(byte: UInt8) throws {
    let message = try whisper(version: byte) {
      $0.append(1, key.serialized)
      $0.append(2, UInt32(7))
      $0.append(4, [1, 2, 3])
    }
    #expect(message.counter == 7)
    #expect(message.isAuthentic(keys))
  }

  @Test("Other versions are refused by name", arguments: [UInt8(0x12), 0x33, 0x02, 0xf2])
  func otherVersions(byte: UInt8) throws {
    let error = AxolotlError.unsupportedVersion(Int(byte >> 4))
    #expect(throws: error) { try whisper(version: byte) { _ in } }
    #expect(throws: error) { try PreKeyWhisperMessage([byte, 0]) }
  }

  @Test("Fields in any order, unknown ones and a missing previousCounter do not harm")
  func foreignForm() throws {
    let message = try whisper {
      $0.append(99, "from the future")
      $0.append(4, [9])
      $0.append(2, UInt32(0))
      $0.append(17, fixed64: 4)
      $0.append(1, [1, 2, 3])
      $0.append(1, key.serialized)
    }
    #expect(message.ratchetKey == key)
    #expect(message.previousCounter == 0)
    #expect(message.ciphertext == [9])
    // The MAC covers what came, not what we would have written.
    #expect(message.isAuthentic(keys))
    #expect(!message.isAuthentic(MessageKeys(seed: SecretBytes([2]))))
  }

  @Test("The previousCounter of clients that went below zero is accepted")
  func previousCounter() throws {
    let message = try whisper {
      $0.append(1, key.serialized)
      $0.append(2, UInt32(0))
      $0.append(3, UInt32.max)
      $0.append(4, [9])
    }
    #expect(message.previousCounter == .max)
  }

  @Test("A message needs key, counter and text", arguments: [1, 2, 4])
  func missing(field: Int) {
    #expect(throws: AxolotlError.malformed("a message without key, counter or text")) {
      try whisper {
        if field != 1 { $0.append(1, key.serialized) }
        if field != 2 { $0.append(2, UInt32(0)) }
        if field != 4 { $0.append(4, [9]) }
      }
    }
  }

  @Test("A first message needs prekey id, keys and message; the rest may be missing")
  func missingInFirst() throws {
    let inner = try whisper {
      $0.append(1, key.serialized)
      $0.append(2, UInt32(0))
      $0.append(4, [9])
    }
    func first(without field: Int) throws -> PreKeyWhisperMessage {
      var fields = ProtobufMessage()
      if field != 1 { fields.append(1, UInt32(41)) }
      for key in 2...3 where key != field { fields.append(UInt32(key), self.key.serialized) }
      if field != 4 { fields.append(4, inner.serialized) }
      if field != 5 { fields.append(5, UInt32(42)) }
      fields.append(6, UInt32(0))
      return try PreKeyWhisperMessage([0x23] + fields.serialized)
    }
    #expect(try first(without: 0).registrationID == 42)
    #expect(try first(without: 5).registrationID == 0)
    #expect(try first(without: 5).preKeyID == 41)
    for field in 1...4 {
      #expect(throws: AxolotlError.self) { try first(without: field) }
    }
  }

  @Test("Only the two types of envelope hold messages", arguments: [UInt32(0), 2, 4, 5])
  func envelopes(type: UInt32) {
    #expect(throws: AxolotlError.malformed("an envelope of type \(type)")) {
      try CiphertextMessage(envelopeType: type, [0x22])
    }
  }

  @Test("Too long, too short")
  func sizes() {
    for count in [0, 1, 8, 9, 70_000, 1_000_000] {
      #expect(throws: AxolotlError.self) {
        try WhisperMessage([UInt8](repeating: 0x22, count: count))
      }
      #expect(throws: AxolotlError.self) {
        try PreKeyWhisperMessage([UInt8](repeating: 0x22, count: count))
      }
    }
  }
}
