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
  var messageSeed: SecretBytes { step(0x01, HMACEngine(.sha256)) }

  /// The key of the next message. The way back is closed.
  var next: ChainKey { next(HMACEngine(.sha256)) }

  /// The next message's key, and the seed of this one's.
  func advance(_ hash: borrowing HMACEngine) -> (seed: SecretBytes, next: ChainKey) {
    (step(0x01, hash), next(hash))
  }

  private func next(_ hash: borrowing HMACEngine) -> ChainKey {
    ChainKey(key: step(0x02, hash), index: index &+ 1)
  }

  private func step(_ number: UInt8, _ hash: borrowing HMACEngine) -> SecretBytes {
    withUnsafeBytes(of: number) { hash.code(of: $0, key: key) }
  }
}

/// The two keys of one message (TextSecure protocol notes §1.3 and §1.5).
struct MessageKeys: Sendable, Equatable {
  private static let keySize = 32
  private static let macSize = 32

  /// The key of AES-256 in the mode CTR, then that of HMAC-SHA-256.
  private let both: SecretBytes

  /// The keys made from a chain key's seed.
  init(seed: SecretBytes) {
    both = HKDF.countingFromZero.derive(
      2 * MessageKeys.keySize, from: seed, info: "WhisperMessageKeys".utf8)
  }

  /// For AES-256 in the mode CTR.
  var cipher: SecretBytes { both[0..<MessageKeys.keySize] }
  /// For HMAC-SHA-256.
  var mac: SecretBytes { both[MessageKeys.keySize..<2 * MessageKeys.keySize] }

  /// Encrypts the message with this counter, or decrypts it, from one place to another.
  ///
  /// The first block is the counter, big-endian in 4 bytes, and 12 zero bytes.
  func apply(
    to text: UnsafeRawBufferPointer, counter: UInt32, into output: UnsafeMutableRawBufferPointer
  ) {
    let block = SIMD4<UInt32>(counter.bigEndian, 0, 0, 0)
    both.withUnsafeBytes { keys in
      withUnsafeBytes(of: block) { block in
        AES256.applyCTR(
          text, key: UnsafeRawBufferPointer(rebasing: keys[..<MessageKeys.keySize]),
          counterBlock: block, into: output)
      }
    }
  }

  /// Lends the code of HMAC-SHA-256 of some bytes.
  func withCode<Result>(
    of bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    withUnsafeTemporaryAllocation(byteCount: MessageKeys.macSize, alignment: 1) { code in
      both.withUnsafeBytes {
        HMACEngine(.sha256).authenticate(
          bytes, key: UnsafeRawBufferPointer(rebasing: $0[MessageKeys.keySize...]), into: code)
      }
      return body(UnsafeRawBufferPointer(code))
    }
  }
}
