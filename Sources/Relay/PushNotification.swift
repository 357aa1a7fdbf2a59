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

/// Hands notifications to the operator's command, some at a time, those of one device in order.
actor Pusher {
  private static let workers = 4
  /// Beyond so many a notification is dropped; its message waits for its device all the same.
  private static let capacity = 10_000

  private struct Job: Sendable {
    let notification: PushNotification
    let done: @Sendable (Bool) async -> Void
  }

  private let push: @Sendable (PushNotification) async -> Bool
  private var waiting: [Job] = []
  private var busy: Set<String> = []

  init(_ push: @escaping @Sendable (PushNotification) async -> Bool) { self.push = push }

  /// Returns at once; `done` hears whether it worked.
  func send(_ notification: PushNotification, done: @escaping @Sendable (Bool) async -> Void) {
    guard waiting.count < Pusher.capacity else { return }
    waiting.append(Job(notification: notification, done: done))
    proceed()
  }

  private func proceed() {
    while busy.count < Pusher.workers,
      let next = waiting.firstIndex(where: { !busy.contains($0.notification.id) })
    {
      let job = waiting.remove(at: next)
      busy.insert(job.notification.id)
      Task {
        let worked = await push(job.notification)
        await job.done(worked)
        busy.remove(job.notification.id)
        proceed()
      }
    }
  }
}
