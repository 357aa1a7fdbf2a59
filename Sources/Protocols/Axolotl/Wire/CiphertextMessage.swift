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

/// The first byte of a message: its version in the high half, the highest that the sender knows in
/// the low half (TextSecure protocol notes §1.6).
enum VersionByte {
  /// Clients of 2014 refuse a low half above 2, so none is claimed.
  static let ours: UInt8 = 0x22

  /// Throws unless the message is of version 2; what else its sender knows does not matter.
  static func check(_ byte: UInt8) throws(AxolotlError) {
    guard byte >> 4 == 2 else { throw .unsupportedVersion(Int(byte >> 4)) }
  }
}
