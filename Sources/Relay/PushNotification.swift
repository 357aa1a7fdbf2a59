import Cryptography

/// Something for a device to be woken with, as APN or GCM should carry it.
public struct PushNotification: Sendable, Equatable {
  /// Which of the services.
  public enum Service: String, Sendable { case gcm, apn }

  /// Which of the services.
  public let service: Service
  /// The device's registration with it.
  public let id: String
  /// What the service is to carry: the sealed signal in base64, bare for GCM, and for APN in the JSON
  /// of the TextSecure document (`alert` and `m`).
  public let content: String

  init(_ service: Service, id: String, envelope: [UInt8], _ dialect: RelayDialect) {
    let payload = Base64.encode(envelope)
    self.service = service
    self.id = id
    content =
      switch (service, dialect) {
      case (.apn, .document): "{\"alert\":\"You have a new message!\",\"m\":\"\(payload)\"}"
      // TextSecure protocol notes §3.5.
      case (.apn, .server): "{\"alert\":\"Message!\",\"m\":\"\(payload)\"}"
      case (.gcm, .document): payload
      case (.gcm, .server): "{\"type\":\"message\",\"message\":\"\(payload)\"}"
      }
  }
}
