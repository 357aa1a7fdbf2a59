import Cryptography

/// The key under which the relay wraps what it pushes: 32 bytes for AES and 20 for the MAC
/// (seed 002, `signalingKey`).
public struct SignalingKey: Sendable, Equatable {
  /// In bytes.
  public static let size = 52
  private static let cipherSize = 32
  private static let version: UInt8 = 1
  private static let macSize = 10
  /// Larger envelopes are refused.
  static let maximumEnvelope = 128 << 10

  /// 52 bytes.
  public let bytes: SecretBytes

  /// Throws ``TextSecureError/malformed(_:)`` unless there are 52 bytes.
  public init(_ bytes: SecretBytes) throws(TextSecureError) {
    guard bytes.count == SignalingKey.size else {
      throw .malformed("a signaling key of \(bytes.count) bytes")
    }
    self.bytes = bytes
  }

  /// A new one.
  public init(random: some RandomSource) { bytes = random.secret(SignalingKey.size) }

  private var cipher: AES256 { AES256(key: bytes[0..<SignalingKey.cipherSize]) }

  /// Wraps a signal: version, IV (16 bytes), AES-256-CBC, MAC (10 bytes).
  public func seal(_ plaintext: [UInt8], random: some RandomSource) -> [UInt8] {
    let iv = random.bytes(AES256.blockSize)
    let content = [SignalingKey.version] + iv + cipher.encryptCBC(plaintext, iv: iv)
    return content + mac(of: content)
  }

  /// Unwraps an envelope, after its MAC was found right in constant time.
  ///
  /// Throws ``TextSecureError/malformed(_:)``, ``TextSecureError/tooLarge(limit:)`` and
  /// ``TextSecureError/notAuthentic``.
  public func open(_ envelope: [UInt8]) throws(TextSecureError) -> [UInt8] {
    guard envelope.count <= SignalingKey.maximumEnvelope else {
      throw .tooLarge(limit: SignalingKey.maximumEnvelope)
    }
    let head = 1 + AES256.blockSize
    guard envelope.count >= head + AES256.blockSize + SignalingKey.macSize else {
      throw .malformed("an envelope of \(envelope.count) bytes")
    }
    guard envelope[0] == SignalingKey.version else {
      throw .malformed("an envelope of version \(envelope[0])")
    }
    let content = envelope.dropLast(SignalingKey.macSize)
    let claimed = Array(envelope.suffix(SignalingKey.macSize))
    guard equalInConstantTime(claimed, mac(of: content)) else { throw .notAuthentic }
    let plaintext = cipher.decryptCBC(
      Array(content.dropFirst(head)), iv: Array(content[1..<head]))
    guard let plaintext else { throw .malformed("an envelope without whole blocks") }
    return plaintext
  }

  /// HMAC-SHA256: only the key has the length that HMAC-SHA1 wants (TextSecure protocol notes §4).
  private func mac(of content: some Collection<UInt8>) -> [UInt8] {
    let key = bytes[SignalingKey.cipherSize..<SignalingKey.size]
    return Digest.sha256.authenticate(content, key: key)[0..<SignalingKey.macSize].revealed
  }
}
