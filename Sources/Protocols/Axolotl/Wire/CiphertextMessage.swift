/// What goes to a device: a message inside a session, or one that starts it.
public enum CiphertextMessage: Sendable, Equatable {
  case whisper(WhisperMessage)
  case preKey(PreKeyWhisperMessage)

  /// The types of the push envelope (seed 002, IncomingPushMessageSignal.Type).
  private enum EnvelopeType {
    static let ciphertext: UInt32 = 1
    static let preKeyBundle: UInt32 = 3
  }

  /// Reads the message of an envelope of the type 1 (`CIPHERTEXT`) or 3 (`PREKEY_BUNDLE`).
  ///
  /// Throws ``AxolotlError/malformed(_:)`` and ``AxolotlError/unsupportedVersion(_:)``.
  public init(envelopeType: UInt32, _ serialized: some Collection<UInt8>) throws(AxolotlError) {
    switch envelopeType {
    case EnvelopeType.ciphertext: self = .whisper(try WhisperMessage(serialized))
    case EnvelopeType.preKeyBundle: self = .preKey(try PreKeyWhisperMessage(serialized))
    default: throw .malformed("an envelope of type \(envelopeType)")
    }
  }

  /// The type of its envelope: 1 (`CIPHERTEXT`) or 3 (`PREKEY_BUNDLE`).
  public var envelopeType: UInt32 {
    switch self {
    case .whisper: EnvelopeType.ciphertext
    case .preKey: EnvelopeType.preKeyBundle
    }
  }

  /// The bytes of the wire.
  public var serialized: [UInt8] {
    switch self {
    case .whisper(let message): message.serialized
    case .preKey(let message): message.serialized
    }
  }
}
