import Cryptography

/// The single-use key of an attachment: 32 bytes for AES and 32 for the MAC (seed 002).
public struct AttachmentKey: Sendable, Equatable {
  /// In bytes.
  public static let size = 64

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

  var cipherKey: SecretBytes { bytes[0..<32] }
  var authenticationKey: SecretBytes { bytes[32..<64] }
}
