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

/// A public key on Curve25519: an identity key, a prekey, a base key or a ratchet key.
///
/// On the wire it is a type byte `05` and 32 bytes, little-endian (TextSecure protocol notes §1.1).
public struct PublicKey: Sendable, Hashable {
  /// The size on the wire, in bytes.
  public static let serializedSize = 33
  private static let type: UInt8 = 0x05

  /// The point, 32 bytes without the type.
  let point: [UInt8]

  /// Reads the 33 bytes of the wire; throws ``AxolotlError/malformed(_:)`` for anything else.
  ///
  /// The types 02 and 03 were the NIST curve of protocol version 1; they are refused as well.
  public init(_ serialized: some Collection<UInt8>) throws(AxolotlError) {
    guard serialized.count == PublicKey.serializedSize else {
      throw .malformed("a key of \(serialized.count) bytes")
    }
    guard serialized.first == PublicKey.type else { throw .malformed("a key of unknown type") }
    point = Array(serialized.dropFirst())
  }

  /// The public half of a private key of 32 bytes.
  init(of privateKey: SecretBytes) { point = X25519.publicKey(of: privateKey) }

  /// The 33 bytes of the wire.
  public var serialized: [UInt8] { [PublicKey.type] + point }

  /// What two people read to each other to compare an identity key: its 33 bytes in lower-case
  /// hexadecimal, one after the other with a space between (TextSecure protocol notes §7).
  public var fingerprint: String {
    serialized.map { Hexadecimal.encode([$0]) }.joined(separator: " ")
  }
}

extension PublicKey: CustomStringConvertible {
  public var description: String { Hexadecimal.encode(serialized) }
}

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
