import Cryptography

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
