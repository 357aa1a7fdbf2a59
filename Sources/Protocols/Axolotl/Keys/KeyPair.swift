import Cryptography

/// A private key and its public half.
public struct KeyPair: Sendable, Equatable {
  /// 32 bytes.
  public let privateKey: SecretBytes
  public let publicKey: PublicKey

  /// A new pair.
  public init(random: some RandomSource) { self.init(random: random, curve: .x25519) }

  /// The pair of a kept private key; throws ``AxolotlError/malformed(_:)`` unless it has 32 bytes.
  public init(privateKey: SecretBytes) throws(AxolotlError) {
    guard privateKey.count == X25519.size else {
      throw .malformed("a private key of \(privateKey.count) bytes")
    }
    self.init(privateKey: privateKey, publicKey: PublicKey(of: privateKey))
  }

  init(random: some RandomSource, curve: Curve) {
    let privateKey = random.secret(X25519.size)
    self.init(privateKey: privateKey, publicKey: curve.publicKey(privateKey))
  }

  /// Two halves that are known to belong together.
  init(privateKey: SecretBytes, publicKey: PublicKey) {
    self.privateKey = privateKey
    self.publicKey = publicKey
  }
}
