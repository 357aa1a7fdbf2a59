import Cryptography

/// The key from which each turn of the ratchet makes a new chain (TextSecure protocol notes §1.3).
struct RootKey: Sendable, Equatable {
  let key: SecretBytes

  /// The first root key and chain, made from the secret of the three-way agreement (96 bytes).
  static func initial(_ agreed: SecretBytes) -> (root: RootKey, chain: ChainKey) {
    split(HKDF.countingFromZero.derive(64, from: agreed, info: "WhisperText".utf8))
  }

  /// The root key and chain after a turn, made from what two ratchet keys agree on (32 bytes).
  func turned(_ agreed: SecretBytes) -> (root: RootKey, chain: ChainKey) {
    RootKey.split(
      HKDF.countingFromZero.derive(64, from: agreed, salt: key, info: "WhisperRatchet".utf8))
  }

  private static func split(_ keys: SecretBytes) -> (root: RootKey, chain: ChainKey) {
    (RootKey(key: keys[0..<32]), ChainKey(key: keys[32..<64]))
  }
}

/// The key from which one side's messages get theirs, one after the other
/// (TextSecure protocol notes §1.3).
struct ChainKey: Sendable, Equatable {
  let key: SecretBytes
  /// The counter of the message whose keys it gives.
  let index: UInt32

  init(key: SecretBytes, index: UInt32 = 0) {
    self.key = key
    self.index = index
  }

  /// What the message's keys are made from. It tells nothing about any other message.
  var messageSeed: SecretBytes { Digest.sha256.authenticate([0x01], key: key) }

  /// The key of the next message. The way back is closed.
  var next: ChainKey {
    ChainKey(key: Digest.sha256.authenticate([0x02], key: key), index: index &+ 1)
  }
}

/// The two keys of one message (TextSecure protocol notes §1.3 and §1.5).
struct MessageKeys: Sendable, Equatable {
  /// For AES-256 in the mode CTR.
  let cipher: SecretBytes
  /// For HMAC-SHA-256.
  let mac: SecretBytes

  /// The keys made from a chain key's seed.
  init(seed: SecretBytes) {
    let keys = HKDF.countingFromZero.derive(64, from: seed, info: "WhisperMessageKeys".utf8)
    cipher = keys[0..<32]
    mac = keys[32..<64]
  }

  /// Encrypts the message with this counter, or decrypts it.
  ///
  /// The first block is the counter, big-endian in 4 bytes, and 12 zero bytes.
  func apply(to text: [UInt8], counter: UInt32) -> [UInt8] {
    let number = (0..<4).map { UInt8(truncatingIfNeeded: counter >> (24 - 8 * $0)) }
    return AES256(key: cipher).applyCTR(
      text, counterBlock: number + [UInt8](repeating: 0, count: 12))
  }
}
