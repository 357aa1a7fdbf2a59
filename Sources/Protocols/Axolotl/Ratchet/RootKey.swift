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
