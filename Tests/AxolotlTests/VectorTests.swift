import Cryptography
import Testing

@testable import Axolotl

@Suite("Published keys")
struct VectorTests {
  /// A message of which only the keys matter.
  private func firstMessage(baseKey: PublicKey, identityKey: PublicKey) -> PreKeyWhisperMessage {
    let message = WhisperMessage(
      ratchetKey: baseKey, counter: 0, previousCounter: 0, encrypting: [],
      with: MessageKeys(seed: SecretBytes([])))
    return PreKeyWhisperMessage(
      registrationID: 1, preKeyID: 1, baseKey: baseKey, identityKey: identityKey, message: message)
  }

  @Test("A chain key gives two message keys and the next chain key")
  func chainKey() throws {
    let vector = try Fixtures.keys("chain-key")
    let chain = ChainKey(key: try #require(vector["chain_key"]).secret)
    let keys = MessageKeys(seed: chain.messageSeed)
    #expect(keys.cipher.revealed == vector["cipher_key"]?.bytes)
    #expect(keys.mac.revealed == vector["mac_key"]?.bytes)
    #expect(chain.next.key.revealed == vector["next_chain_key"]?.bytes)
    #expect(chain.next.index == 1)
  }

  @Test(
    "A turn of the ratchet gives a root key and a chain key",
    arguments: ["root-key-unclamped", "root-key-clamped"])
  func rootKey(name: String) throws {
    let vector = try Fixtures.keys(name)
    let root = RootKey(key: try #require(vector["root_key"]).secret)
    let turned = root.turned(try #require(vector["shared"]).secret)
    #expect(turned.root.key.revealed == vector["next_root"]?.bytes)
    #expect(turned.chain.key.revealed == vector["next_chain"]?.bytes)
    #expect(turned.chain.index == 0)
  }

  @Test("X25519 finds the secret of that turn")
  func rootKeyAgreement() throws {
    let vector = try Fixtures.keys("root-key-clamped")
    let pair = try KeyPair(privateKey: try #require(vector["our_private"]).secret)
    let theirs = try #require(vector["their_public"]).publicKey
    #expect(try Curve.x25519.agree(pair, theirs).revealed == vector["shared"]?.bytes)
  }

  @Test(
    "The secret of the three-way agreement gives a root key and a chain key",
    arguments: ["alice-unclamped", "alice-clamped", "bob-unclamped", "bob-clamped"])
  func initialKeys(name: String) throws {
    let vector = try Fixtures.keys(name)
    let initial = RootKey.initial(try #require(vector["master_secret"]).secret)
    #expect(initial.root.key.revealed == vector["root_key"]?.bytes)
    let chain = vector["sender_chain_key"] ?? vector["receiver_chain_key"]
    #expect(initial.chain.key.revealed == chain?.bytes)
  }

  @Test("Bob agrees on the published keys")
  func bob() throws {
    let vector = try Fixtures.keys("bob-clamped")
    let message = firstMessage(
      baseKey: try #require(vector["their_base_public"]).publicKey,
      identityKey: try #require(vector["their_identity_public"]).publicKey)
    let state = try SessionState.answering(
      message, preKey: try KeyPair(privateKey: try #require(vector["our_prekey_private"]).secret),
      identity: try KeyPair(privateKey: try #require(vector["our_identity_private"]).secret),
      curve: .x25519)
    #expect(state.rootKey.key.revealed == vector["root_key"]?.bytes)
    #expect(state.sender.chainKey.key.revealed == vector["sender_chain_key"]?.bytes)
  }

  @Test("Alice agrees on the published keys")
  func alice() throws {
    let vector = try Fixtures.keys("alice-clamped")
    let bundle = PreKeyBundle(
      registrationID: 1, preKeyID: 1,
      preKey: try #require(vector["their_prekey_public"]).publicKey,
      identityKey: try #require(vector["their_identity_public"]).publicKey)
    let base = try #require(vector["our_base_private"]).bytes
    let state = try SessionState.initiated(
      with: bundle,
      identity: try KeyPair(privateKey: try #require(vector["our_identity_private"]).secret),
      random: ScriptedRandom([base, [UInt8](repeating: 7, count: 32)]), curve: .x25519)
    #expect(state.receivers.map(\.ratchetKey) == [bundle.preKey])
    #expect(state.receivers[0].chainKey.key.revealed == vector["receiver_chain_key"]?.bytes)
  }
}
