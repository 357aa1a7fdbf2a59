import Cryptography

/// The two things done with a curve.
///
/// A parameter, since the published transcripts were made by a client that did not clamp its private
/// keys (TextSecure protocol notes §1.1); X25519 cannot repeat them, a test's table of results can.
struct Curve: Sendable {
  /// The public half of a private key of 32 bytes.
  let publicKey: @Sendable (SecretBytes) -> PublicKey
  /// The secret agreed between a private and a public key; nil if there is none.
  let agreement: @Sendable (SecretBytes, PublicKey) -> SecretBytes?

  static let x25519 = Curve(
    publicKey: { PublicKey(of: $0) },
    agreement: { X25519.agreement($0, $1.point) })

  /// The secret of our pair and their key; throws ``AxolotlError/unusableKey`` if there is none.
  func agree(_ ours: KeyPair, _ theirs: PublicKey) throws(AxolotlError) -> SecretBytes {
    guard let secret = agreement(ours.privateKey, theirs) else { throw .unusableKey }
    return secret
  }
}
