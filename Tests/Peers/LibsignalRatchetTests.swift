import Axolotl
import Cryptography
import Testing

/// Debian's libsignal-protocol-c, which shares nothing with this project, at the other end.
@Suite struct LibsignalRatchetTests {
  private let random = SeededRandom(seed: 2014)

  @Test func talksToItWhoeverBegins() async throws {
    if let obstacle = try await RatchetPeer.build() {
      Issue.record("is the package libsignal-protocol-c-dev installed? \(obstacle)")
      return
    }
    try await weBegin()
    try await itBegins()
  }

  private func weBegin() async throws {
    let (ours, theirs) = (KeyPair(random: random), try clampedPair())
    let preKey = PreKey(id: PreKey.lastResortID, keyPair: try clampedPair())
    let cipher = SessionCipher(identity: ours, registrationID: 1, random: random)
    var record = SessionRecord()
    try cipher.startSession(
      with: PreKeyBundle(
        registrationID: 2, preKeyID: preKey.id, preKey: preKey.keyPair.publicKey,
        identityKey: theirs.publicKey), in: &record)
    let first = try cipher.encrypt(Array("hello".utf8), in: &record)
    let fields = try ProtobufMessage(first.serialized.dropFirst(), maximumSize: 1000)
    var peer = try await RatchetPeer(
      answeringWith: theirs.privateKey, preKey: preKey.keyPair.privateKey,
      to: ours.publicKey.serialized, baseKey: Array(try #require(fields.bytes(2))))
    let inner = Array(try #require(fields.bytes(4)))
    #expect(try await peer.decrypt(inner) == Array("hello".utf8))
    let answer = try await peer.encrypt([1, 2, 3])
    #expect(try read(answer, cipher, &record) == [1, 2, 3])
    try await converse(&peer, cipher, &record)
  }

  private func itBegins() async throws {
    let (ours, theirs) = (KeyPair(random: random), try clampedPair())
    let preKey = PreKey.lastResort(random: random)
    let cipher = SessionCipher(identity: ours, registrationID: 1, random: random)
    var (peer, baseKey) = try await RatchetPeer.initiating(
      with: theirs.privateKey, theirIdentity: ours.publicKey.serialized,
      preKey: preKey.keyPair.publicKey.serialized)
    var fields = ProtobufMessage()
    fields.append(1, preKey.id)
    fields.append(2, baseKey)
    fields.append(3, theirs.publicKey.serialized)
    fields.append(4, try await peer.encrypt(Array("hello".utf8)))
    let first = try CiphertextMessage(envelopeType: 3, [0x23] + fields.serialized)
    var record = SessionRecord()
    let decrypted = try cipher.decrypt(first, preKey: preKey, in: &record)
    #expect(decrypted.plaintext == Array("hello".utf8))
    #expect(decrypted.senderIdentity == theirs.publicKey)
    try await converse(&peer, cipher, &record)
  }

  /// A pair for the library, which takes private keys as they are where X25519 clamps them.
  private func clampedPair() throws -> KeyPair {
    var key = random.bytes(32)
    key[0] &= 0xf8
    key[31] = key[31] & 0x7f | 0x40
    return try KeyPair(privateKey: SecretBytes(key))
  }

  /// Both sides write by turns; the last message of each turn arrives before the others.
  private func converse(
    _ peer: inout RatchetPeer, _ cipher: SessionCipher, _ record: inout SessionRecord
  ) async throws {
    for turn in 1...3 {
      let texts = (1...turn + 1).map { random.bytes($0 * 17) }
      var sent: [[UInt8]] = []
      for text in texts { sent.append(try cipher.encrypt(text, in: &record).serialized) }
      for (message, text) in zip(sent, texts).reversed() {
        #expect(try await peer.decrypt(message) == text)
      }
      var received: [[UInt8]] = []
      for text in texts { received.append(try await peer.encrypt(text)) }
      for (message, text) in zip(received, texts).reversed() {
        #expect(try read(message, cipher, &record) == text)
      }
      // Neither reads one twice.
      let (before, message) = (peer, sent[0])
      await #expect(throws: RatchetPeer.Failure.self) {
        var copy = before
        _ = try await copy.decrypt(message)
      }
      #expect(throws: AxolotlError.duplicate) { try read(received[0], cipher, &record) }
    }
  }

  private func read(
    _ message: [UInt8], _ cipher: SessionCipher, _ record: inout SessionRecord
  ) throws -> [UInt8] {
    let message = try CiphertextMessage(envelopeType: 1, message)
    return try cipher.decrypt(message, in: &record).plaintext
  }
}
