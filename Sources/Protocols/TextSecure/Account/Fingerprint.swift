import Axolotl
import Cryptography

extension PublicKey {
  /// What a QR code of an identity key holds: base64 of its 33 bytes, 44 characters
  /// (TextSecure protocol notes §7). `fingerprint` is what is read aloud.
  public var shareText: String { Base64.encode(serialized) }

  /// Reads what ``shareText`` gave, with or without padding; nil if it is no key.
  public init?(shareText: String) {
    guard let bytes = Base64.decode(shareText) else { return nil }
    do { try self.init(bytes) } catch { return nil }
  }
}
