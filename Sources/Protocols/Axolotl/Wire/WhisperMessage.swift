import Cryptography

/// A message inside a session: version (1 byte), protocol buffer, MAC (8 bytes)
/// (TextSecure protocol notes §1.6).
public struct WhisperMessage: Sendable, Equatable {
  /// The most bytes that are encrypted at once: the message fits into 64 KiB of base64.
  public static let maximumPlaintext = 48 * 1024 - 512
  /// The most bytes that are read as one message.
  static let maximumSize = 65_536
  private static let macSize = 8

  /// The fields of the protocol buffer.
  private enum Field {
    static let ratchetKey: UInt32 = 1
    static let counter: UInt32 = 2
    static let previousCounter: UInt32 = 3
    static let ciphertext: UInt32 = 4
  }

  /// The sender's ratchet key of the moment.
  let ratchetKey: PublicKey
  /// Which message of the sender's chain this is, from 0.
  let counter: UInt32
  /// The last counter of the sender's chain before; old clients write 0xFFFFFFFF for "none".
  let previousCounter: UInt32
  let ciphertext: [UInt8]
  /// All of it as sent or received; the MAC covers these very bytes.
  public let serialized: [UInt8]

  /// A message to be sent, authenticated with `keys`.
  init(
    ratchetKey: PublicKey, counter: UInt32, previousCounter: UInt32, ciphertext: [UInt8],
    keys: MessageKeys
  ) {
    self.ratchetKey = ratchetKey
    self.counter = counter
    self.previousCounter = previousCounter
    self.ciphertext = ciphertext
    var fields = ProtobufMessage()
    fields.append(Field.ratchetKey, ratchetKey.serialized)
    fields.append(Field.counter, counter)
    fields.append(Field.previousCounter, previousCounter)
    fields.append(Field.ciphertext, ciphertext)
    let content = [VersionByte.ours] + fields.serialized
    serialized = content + WhisperMessage.mac(of: content, keys)
  }

  /// Reads a message; throws ``AxolotlError/malformed(_:)``, ``AxolotlError/unsupportedVersion(_:)``.
  public init(_ serialized: some Collection<UInt8>) throws(AxolotlError) {
    guard serialized.count > WhisperMessage.macSize, let version = serialized.first else {
      throw .malformed("a message of \(serialized.count) bytes")
    }
    try VersionByte.check(version)
    let fields = try ProtobufMessage(
      serialized.dropFirst().dropLast(WhisperMessage.macSize),
      maximumSize: WhisperMessage.maximumSize)
    guard
      let ratchetKey = fields.bytes(Field.ratchetKey), let counter = fields.uint32(Field.counter),
      let ciphertext = fields.bytes(Field.ciphertext)
    else { throw .malformed("a message without key, counter or text") }
    self.ratchetKey = try PublicKey(ratchetKey)
    self.counter = counter
    previousCounter = fields.uint32(Field.previousCounter) ?? 0
    self.ciphertext = Array(ciphertext)
    self.serialized = Array(serialized)
  }

  /// Whether the MAC at its end was made with `keys`; takes the same time either way.
  func isAuthentic(_ keys: MessageKeys) -> Bool {
    let content = serialized.dropLast(WhisperMessage.macSize)
    let mac = Array(serialized.suffix(WhisperMessage.macSize))
    return equalInConstantTime(mac, WhisperMessage.mac(of: content, keys))
  }

  /// Version 2 leaves the identity keys out of the MAC (TextSecure protocol notes §1.5).
  private static func mac(of content: some Collection<UInt8>, _ keys: MessageKeys) -> [UInt8] {
    Digest.sha256.authenticate(content, key: keys.mac)[0..<macSize].revealed
  }
}
