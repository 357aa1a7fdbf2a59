import Axolotl
import Cryptography

/// Where an attachment lies and how to read it (seed 002, AttachmentPointer).
public struct AttachmentPointer: Sendable, Equatable {
  private enum Field {
    static let id: UInt32 = 1
    static let contentType: UInt32 = 2
    static let key: UInt32 = 3
  }

  /// Given out by the relay.
  public let id: UInt64
  /// MIME; what the sender says.
  public let contentType: String
  public let key: AttachmentKey

  public init(id: UInt64, contentType: String, key: AttachmentKey) {
    self.id = id
    self.contentType = contentType
    self.key = key
  }

  /// Reads ``serialized``; throws ``TextSecureError/malformed(_:)``.
  public init(_ serialized: some Collection<UInt8>) throws(TextSecureError) {
    let fields: ProtobufMessage
    do {
      fields = try ProtobufMessage(serialized, maximumSize: 4096)
    } catch { throw .malformed("an attachment's pointer that is no protocol buffer") }
    guard let id = fields.fixed64(Field.id), let key = fields.bytes(Field.key) else {
      throw .malformed("an attachment's pointer without id or key")
    }
    self.id = id
    self.key = try AttachmentKey(SecretBytes(key))
    contentType = fields.text(Field.contentType) ?? "application/octet-stream"
  }

  /// The bytes of the wire; they hold the key.
  public var serialized: [UInt8] { fields.serialized }

  var fields: ProtobufMessage {
    var fields = ProtobufMessage()
    fields.append(Field.id, fixed64: id)
    fields.append(Field.contentType, contentType)
    fields.append(Field.key, key.bytes.revealed)
    return fields
  }
}

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
