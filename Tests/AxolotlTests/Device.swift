import Cryptography
import Testing

@testable import Axolotl

/// A device that writes to one other: what a program above would keep.
struct Device {
  let identity: KeyPair
  let cipher: SessionCipher
  var preKeys: [UInt32: PreKey] = [:]
  var record = SessionRecord()

  init(seed: UInt64, registrationID: UInt32 = 100) {
    let random = SeededRandom(seed: seed)
    identity = KeyPair(random: random)
    cipher = SessionCipher(identity: identity, registrationID: registrationID, random: random)
    let keys = PreKey.batch(startingAt: 1, random: random).prefix(5)
    for key in keys + [PreKey.lastResort(random: random)] { preKeys[key.id] = key }
  }

  /// What the server would give of it.
  func bundle(_ id: UInt32 = 1) throws -> PreKeyBundle {
    let key = try #require(preKeys[id])
    return PreKeyBundle(
      registrationID: 100, preKeyID: id, preKey: key.keyPair.publicKey,
      identityKey: identity.publicKey)
  }

  mutating func write(_ text: String) throws -> CiphertextMessage {
    let message = try cipher.encrypt(Array(text.utf8), in: &record)
    return try CiphertextMessage(envelopeType: message.envelopeType, message.serialized)
  }

  /// Reads a message; what a failure leaves is checked to be what was before.
  mutating func read(_ message: CiphertextMessage) throws -> String {
    let before = record
    do {
      let id: UInt32? = if case .preKey(let first) = message { first.preKeyID } else { nil }
      let decrypted = try cipher.decrypt(
        message, preKey: id.flatMap { preKeys[$0] }, in: &record)
      if let spent = decrypted.spentPreKeyID { preKeys[spent] = nil }
      record = try SessionRecord(serialized: record.serialized)
      return String(decoding: decrypted.plaintext, as: UTF8.self)
    } catch {
      #expect(record == before)
      throw error
    }
  }

  /// Two devices of which the first has written to the second and got an answer.
  static func pair(seed: UInt64 = 1) throws -> (alice: Device, bob: Device) {
    var alice = Device(seed: seed)
    var bob = Device(seed: seed + 1000)
    try alice.cipher.startSession(with: try bob.bundle(), in: &alice.record)
    _ = try bob.read(try alice.write("hello"))
    _ = try alice.read(try bob.write("hello yourself"))
    return (alice, bob)
  }
}
