import Axolotl

/// One message of ours to one number, whatever becomes of it: it keeps its name over restarts.
public struct DispatchID: Sendable, Hashable {
  /// The message.
  public let message: Int64
  /// To whom: a message to a group goes out under one name a member.
  public let number: String

  public init(message: Int64, number: String) {
    self.message = message
    self.number = number
  }
}

/// A message as it was encrypted for the devices of its receiver.
///
/// It is kept until the relay has it. Whoever does not know whether it arrived sends these very bytes
/// again: a second copy is the same step of the ratchet, which its receiver drops without a word.
public struct SealedMessage: Sendable, Equatable {
  private enum Field {
    static let message: UInt32 = 1
    static let device: UInt32 = 1
    static let registrationID: UInt32 = 2
    static let type: UInt32 = 3
    static let body: UInt32 = 4
  }
  private static let maximumSize = 8 << 20

  /// One for each device.
  public let copies: [OutgoingMessage]

  init(_ copies: [OutgoingMessage]) { self.copies = copies }

  /// Reads what ``serialized`` gave; throws ``TextSecureError/malformed(_:)``.
  public init(serialized: [UInt8]) throws(TextSecureError) {
    do {
      var copies: [OutgoingMessage] = []
      let list = try ProtobufMessage(serialized, maximumSize: SealedMessage.maximumSize)
      for bytes in list.allBytes(Field.message) {
        let fields = try ProtobufMessage(bytes, maximumSize: SealedMessage.maximumSize)
        copies.append(
          OutgoingMessage(
            device: fields.uint32(Field.device) ?? DeviceAddress.primaryDevice,
            registrationID: fields.uint32(Field.registrationID),
            message: try CiphertextMessage(
              envelopeType: fields.uint32(Field.type) ?? 0, fields.bytes(Field.body) ?? [])))
      }
      self.copies = copies
    } catch { throw .malformed("a message that was sealed before: \(error)") }
  }

  /// The form for the store.
  public var serialized: [UInt8] {
    var list = ProtobufMessage()
    for copy in copies {
      var fields = ProtobufMessage()
      fields.append(Field.device, copy.device)
      if let registrationID = copy.registrationID {
        fields.append(Field.registrationID, registrationID)
      }
      fields.append(Field.type, copy.message.envelopeType)
      fields.append(Field.body, copy.message.serialized)
      list.append(Field.message, fields)
    }
    return list.serialized
  }
}
