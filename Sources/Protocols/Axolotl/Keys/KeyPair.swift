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

  /// The 32 bytes of the point, without the type, as they stand in memory: words in place of an array
  /// need no memory of their own. No vector: what is aligned to more than 16 bytes may not live in the
  /// frame of an async function.
  private struct Point: Hashable {
    var first: UInt64 = 0
    var second: UInt64 = 0
    var third: UInt64 = 0
    var fourth: UInt64 = 0
  }

  private var point = Point()

  /// Reads the 33 bytes of the wire; throws ``AxolotlError/malformed(_:)`` for anything else.
  ///
  /// The types 02 and 03 were the NIST curve of protocol version 1; they are refused as well.
  public init(_ serialized: some Collection<UInt8>) throws(AxolotlError) {
    try Array(serialized).withUnsafeBufferPointer { bytes throws(AxolotlError) in
      self = try PublicKey(UnsafeRawBufferPointer(bytes))
    }
  }

  init(_ serialized: UnsafeRawBufferPointer) throws(AxolotlError) {
    guard serialized.count == PublicKey.serializedSize else {
      throw .malformed("a key of \(serialized.count) bytes")
    }
    guard serialized.first == PublicKey.type else { throw .malformed("a key of unknown type") }
    let place = UnsafeRawBufferPointer(rebasing: serialized.dropFirst())
    withUnsafeMutableBytes(of: &point) { $0.copyMemory(from: place) }
  }

  /// The public half of a private key of 32 bytes.
  init(of privateKey: SecretBytes) {
    let half = X25519.publicKey(of: privateKey)
    withUnsafeMutableBytes(of: &point) { $0.copyBytes(from: half) }
  }

  /// The 33 bytes of the wire.
  public var serialized: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(PublicKey.serializedSize)
    append(to: &bytes)
    return bytes
  }

  /// Writes the 33 bytes of the wire.
  func append(to output: inout [UInt8]) {
    output.append(PublicKey.type)
    withPoint { output.append(contentsOf: $0) }
  }

  /// Lends the 32 bytes of the point.
  func withPoint<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    withUnsafeBytes(of: point) { body($0) }
  }

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
  /// The secret agreed between our pair and a public key; nil if there is none.
  let agreement: @Sendable (KeyPair, PublicKey) -> SecretBytes?

  static let x25519 = Curve(
    publicKey: { PublicKey(of: $0) },
    agreement: { ours, theirs in
      ours.publicKey.withPoint { half in
        theirs.withPoint { X25519.agreement(ours.privateKey, publicKey: half, $0) }
      }
    })

  /// The secret of our pair and their key; throws ``AxolotlError/unusableKey`` if there is none.
  func agree(_ ours: KeyPair, _ theirs: PublicKey) throws(AxolotlError) -> SecretBytes {
    guard let secret = agreement(ours, theirs) else { throw .unusableKey }
    return secret
  }
}
