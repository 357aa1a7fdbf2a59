/// A message with all that its receiver needs to make the session: version (1 byte), protocol buffer
/// (TextSecure protocol notes §1.6).
public struct PreKeyWhisperMessage: Sendable, Equatable {
  private static let maximumSize = WhisperMessage.maximumSize + 1024

  /// The fields of the protocol buffer. Field 6, a signed prekey's id, belongs to version 3.
  private enum Field {
    static let preKeyID: UInt32 = 1
    static let baseKey: UInt32 = 2
    static let identityKey: UInt32 = 3
    static let message: UInt32 = 4
    static let registrationID: UInt32 = 5
  }

  /// The sender's registration id; 0 if it was not sent.
  public let registrationID: UInt32
  /// Which of our prekeys the sender has used.
  public let preKeyID: UInt32
  let baseKey: PublicKey
  /// What is to be remembered of it: a message with the same starts no session again.
  public var startingKey: BaseKey { BaseKey(identity: identityKey, key: baseKey) }
  /// Who the sender claims to be: to be compared with the known identity before decrypting.
  public let identityKey: PublicKey
  let message: WhisperMessage
  /// All of it as sent or received.
  public let serialized: [UInt8]

  /// A message to be sent.
  init(
    registrationID: UInt32, preKeyID: UInt32, baseKey: PublicKey, identityKey: PublicKey,
    message: WhisperMessage
  ) {
    self.registrationID = registrationID
    self.preKeyID = preKeyID
    self.baseKey = baseKey
    self.identityKey = identityKey
    self.message = message
    var fields = ProtobufMessage()
    fields.append(Field.preKeyID, preKeyID)
    fields.append(Field.baseKey, baseKey.serialized)
    fields.append(Field.identityKey, identityKey.serialized)
    fields.append(Field.message, message.serialized)
    fields.append(Field.registrationID, registrationID)
    serialized = [VersionByte.ours] + fields.serialized
  }

  /// Reads a message; throws ``AxolotlError/malformed(_:)``, ``AxolotlError/unsupportedVersion(_:)``.
  public init(_ serialized: some Collection<UInt8>) throws(AxolotlError) {
    guard let version = serialized.first else { throw .malformed("a message of 0 bytes") }
    try VersionByte.check(version)
    let fields = try ProtobufMessage(
      serialized.dropFirst(), maximumSize: PreKeyWhisperMessage.maximumSize)
    guard
      let preKeyID = fields.uint32(Field.preKeyID), let baseKey = fields.bytes(Field.baseKey),
      let identityKey = fields.bytes(Field.identityKey), let message = fields.bytes(Field.message)
    else { throw .malformed("a first message without its keys or its text") }
    registrationID = fields.uint32(Field.registrationID) ?? 0
    self.preKeyID = preKeyID
    self.baseKey = try PublicKey(baseKey)
    self.identityKey = try PublicKey(identityKey)
    self.message = try WhisperMessage(message)
    self.serialized = Array(serialized)
  }
}
