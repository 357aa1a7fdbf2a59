import Cryptography

/// The single-use key of an attachment: 32 bytes for AES and 32 for the MAC (seed 002).
public struct AttachmentKey: Sendable, Equatable {
  /// In bytes.
  public static let size = 64
  /// The largest attachment, in bytes.
  public static let maximumSize = 32 << 20
  static let macSize = 32
  static let maximumBlob = maximumSize + 2 * AES256.blockSize + macSize

  /// 64 bytes.
  public let bytes: SecretBytes

  /// Throws ``TextSecureError/malformed(_:)`` unless there are 64 bytes.
  public init(_ bytes: SecretBytes) throws(TextSecureError) {
    guard bytes.count == AttachmentKey.size else {
      throw .malformed("an attachment's key of \(bytes.count) bytes")
    }
    self.bytes = bytes
  }

  /// A new one.
  public init(random: some RandomSource) { bytes = random.secret(AttachmentKey.size) }

  /// IV (16 bytes), AES-256-CBC, HMAC-SHA256 (32 bytes).
  ///
  /// Throws ``TextSecureError/tooLarge(limit:)``.
  public func seal(
    _ plaintext: [UInt8], random: some RandomSource
  ) throws(TextSecureError) -> [UInt8] {
    guard plaintext.count <= AttachmentKey.maximumSize else {
      throw .tooLarge(limit: AttachmentKey.maximumSize)
    }
    let iv = random.bytes(AES256.blockSize)
    let content = iv + AES256(key: bytes[0..<32]).encryptCBC(plaintext, iv: iv)
    return content + mac(of: content)
  }

  /// The plaintext, after the MAC over all of it was found right.
  ///
  /// Throws ``TextSecureError/tooLarge(limit:)``, ``TextSecureError/malformed(_:)`` and
  /// ``TextSecureError/notAuthentic``.
  public func open(_ blob: [UInt8]) throws(TextSecureError) -> [UInt8] {
    guard blob.count <= AttachmentKey.maximumBlob else {
      throw .tooLarge(limit: AttachmentKey.maximumSize)
    }
    guard blob.count > AES256.blockSize + AttachmentKey.macSize else {
      throw .malformed("an attachment of \(blob.count) bytes")
    }
    let content = blob.dropLast(AttachmentKey.macSize)
    guard equalInConstantTime(Array(blob.suffix(AttachmentKey.macSize)), mac(of: content)) else {
      throw .notAuthentic
    }
    let plaintext = AES256(key: bytes[0..<32]).decryptCBC(
      Array(content.dropFirst(AES256.blockSize)), iv: Array(content.prefix(AES256.blockSize)))
    guard let plaintext else { throw .malformed("an attachment without whole blocks") }
    return plaintext
  }

  private func mac(of content: some Collection<UInt8>) -> [UInt8] {
    Digest.sha256.authenticate(content, key: bytes[32..<64]).revealed
  }
}
