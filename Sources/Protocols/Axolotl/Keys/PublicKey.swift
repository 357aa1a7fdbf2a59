import Cryptography

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
