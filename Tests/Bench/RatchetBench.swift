import Axolotl
import Cryptography

/// Two devices with a session; as in use, each message reads the session as it is stored and writes
/// it back.
struct RatchetBench {
  /// One end: what it encrypts with, and its session as stored.
  struct End {
    let cipher: SessionCipher
    var stored: [UInt8] = SessionRecord().serialized

    mutating func encrypt(_ text: [UInt8]) throws -> [UInt8] {
      var record = try SessionRecord(serialized: stored)
      let message = try cipher.encrypt(text, in: &record)
      stored = record.serialized
      return message.serialized
    }

    mutating func decrypt(_ message: [UInt8]) throws -> [UInt8] {
      var record = try SessionRecord(serialized: stored)
      let text = try cipher.decrypt(
        try CiphertextMessage(envelopeType: 1, message), in: &record
      ).plaintext
      stored = record.serialized
      return text
    }
  }

  var alice: End
  var bob: End

  /// Both have heard of each other: no more messages that start a session.
  init() throws {
    let random = SystemRandom()
    let (ours, theirs) = (KeyPair(random: random), KeyPair(random: random))
    let preKey = PreKey.lastResort(random: random)
    alice = End(cipher: SessionCipher(identity: ours, registrationID: 1, random: random))
    bob = End(cipher: SessionCipher(identity: theirs, registrationID: 2, random: random))
    var record = SessionRecord()
    try alice.cipher.startSession(
      with: PreKeyBundle(
        registrationID: 2, preKeyID: preKey.id, preKey: preKey.keyPair.publicKey,
        identityKey: theirs.publicKey), in: &record)
    var answering = SessionRecord()
    let first = try alice.cipher.encrypt([1], in: &record)
    _ = try bob.cipher.decrypt(first, preKey: preKey, in: &answering)
    _ = try alice.cipher.decrypt(try bob.cipher.encrypt([2], in: &answering), in: &record)
    (alice.stored, bob.stored) = (record.serialized, answering.serialized)
  }
}
