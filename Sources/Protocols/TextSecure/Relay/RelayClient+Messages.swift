import Axolotl
import Cryptography

/// An encrypted message for one device.
public struct OutgoingMessage: Sendable, Equatable {
  public let device: UInt32
  /// nil if not known: then the relay does not compare it.
  public let registrationID: UInt32?
  public let message: CiphertextMessage

  public init(device: UInt32, registrationID: UInt32?, message: CiphertextMessage) {
    self.device = device
    self.registrationID = registrationID
    self.message = message
  }
}

/// Somebody whom the relay's directory knows.
public struct DirectoryEntry: Sendable, Equatable {
  public let number: String
  /// The federated relay of the number; nil for our own.
  public let relay: String?
  public let supportsSMS: Bool
}

extension RelayClient {
  private struct MessageList: Encodable {
    struct Message: Encodable {
      let type: UInt32
      let destinationDeviceId: UInt32
      let destinationRegistrationId: UInt32?
      let body: String
      let timestamp: Int64
    }
    /// Left out if nil: an empty name would be an unknown relay.
    let relay: String?
    let messages: [Message]
    let timestamp: Int64
  }

  /// Sends one message to each device of `number` (`PUT /v1/messages/{number}`).
  ///
  /// - Parameter timestamp: Milliseconds since 1970.
  ///
  /// Throws ``TextSecureError/mismatchedDevices(missing:extra:)``,
  /// ``TextSecureError/staleDevices(_:)`` and ``TextSecureError/unregistered``. Repeated when the
  /// relay is busy; a message that comes twice is dropped by its receiver.
  public func send(
    _ messages: [OutgoingMessage], to number: String, relay: String? = nil, timestamp: Int64
  ) async throws(TextSecureError) {
    try DeviceAddress.check(number)
    let list = MessageList(
      relay: relay,
      messages: messages.map {
        MessageList.Message(
          type: $0.message.envelopeType, destinationDeviceId: $0.device,
          destinationRegistrationId: $0.registrationID,
          // Padded: the original server would drop the last bytes otherwise.
          body: Base64.encode($0.message.serialized), timestamp: timestamp)
      }, timestamp: timestamp)
    _ = try await call(
      "PUT", "/v1/messages/\(number)", body: list, missing: .unregistered)
  }

  private struct TokenList: Encodable { let contacts: [String] }

  private struct ContactList: Decodable {
    struct Contact: Decodable {
      let token: String
      let relay: String?
      let supportsSms: WireBoolean?
    }
    let contacts: [Contact]
  }

  /// Which of `numbers` are registered (`PUT /v1/directory/tokens`), in the order of the answer.
  public func lookUp(_ numbers: [String]) async throws(TextSecureError) -> [DirectoryEntry] {
    var asked: [String: String] = [:]
    for number in numbers {
      try DeviceAddress.check(number)
      asked[DirectoryToken.token(of: number)] = number
    }
    guard !asked.isEmpty else { return [] }
    let answer = try await call(
      "PUT", "/v1/directory/tokens", body: TokenList(contacts: asked.keys.sorted()))
    return try decode(ContactList.self, answer).contacts.compactMap { contact in
      guard let token = DirectoryToken.normalized(contact.token), let number = asked[token] else {
        return nil
      }
      return DirectoryEntry(
        number: number, relay: contact.relay.flatMap { $0.isEmpty ? nil : $0 },
        supportsSMS: contact.supportsSms?.value ?? false)
    }
  }
}
