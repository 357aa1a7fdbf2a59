import Axolotl

/// What an envelope holds: who wrote when, and the message (seed 002, IncomingPushMessageSignal).
public struct IncomingSignal: Sendable, Equatable {
  /// How the message is to be read.
  public enum Kind: UInt32, Sendable {
    case ciphertext = 1
    case keyExchange = 2
    case preKeyBundle = 3
    case plaintext = 4
    /// From July 2014 on; has no message.
    case receipt = 5
  }

  private enum Field {
    static let type: UInt32 = 1
    static let source: UInt32 = 2
    static let relay: UInt32 = 3
    static let timestamp: UInt32 = 5
    static let message: UInt32 = 6
    static let sourceDevice: UInt32 = 7
  }

  /// nil for a type that is not known.
  public let kind: Kind?
  public let source: DeviceAddress
  /// The federated relay of the sender: to be named in what is sent back; nil for our own.
  public let relay: String?
  /// Milliseconds since 1970, by the relay's clock.
  public let timestamp: UInt64
  /// Encrypted, or not: see the kind.
  public let message: [UInt8]
  /// All of it as it came, to be kept until a person has decided about a new identity key.
  public let serialized: [UInt8]

  /// Throws ``TextSecureError/malformed(_:)``.
  public init(_ serialized: [UInt8]) throws(TextSecureError) {
    let fields: ProtobufMessage
    do {
      fields = try ProtobufMessage(serialized, maximumSize: SignalingKey.maximumEnvelope)
    } catch { throw .malformed("a signal that is no protocol buffer") }
    guard let number = fields.text(Field.source), 1...64 ~= number.utf8.count else {
      throw .malformed("a signal without its sender")
    }
    kind = fields.uint32(Field.type).flatMap(Kind.init(rawValue:))
    source = DeviceAddress(number: number, device: fields.uint32(Field.sourceDevice) ?? 0)
    relay = fields.text(Field.relay).flatMap { $0.isEmpty ? nil : $0 }
    timestamp = fields.uint64(Field.timestamp) ?? 0
    message = fields.bytes(Field.message).map(Array.init) ?? []
    self.serialized = serialized
  }
}
