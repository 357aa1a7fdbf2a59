import Clocks
import Transport

/// Encrypts what is written for every device of its receiver and brings it to the relay.
public struct MessageSender: Sendable {
  /// How often a message is sent altogether while the relay names other devices.
  public static let maximumAttempts = 3

  private let api: RelayClient
  private let book: SessionBook
  private let time: any TimeSource

  public init(api: RelayClient, book: SessionBook, time: any TimeSource) {
    self.api = api
    self.book = book
    self.time = time
  }

  /// Sends `content` to all devices of `number`.
  ///
  /// A session is started where there is none. Wrong devices (409, 410) are put right and the message
  /// is sent again, at most three times in all. Throws ``TextSecureError/devicesKeepChanging``,
  /// ``TextSecureError/untrustedIdentity(number:key:)`` and whatever the relay refuses.
  /// - Parameters:
  ///   - relay: The federated relay of the number; nil for our own.
  ///   - id: The message's name. What was sealed under it before is sent as it is; the caller forgets
  ///     it when this returns. Without a name a message of which no answer came may arrive twice.
  public func send(
    _ content: PushContent, to number: String, relay: String? = nil, as id: DispatchID? = nil
  ) async throws(TextSecureError) {
    let plaintext = content.serialized
    for _ in 1...MessageSender.maximumAttempts {
      let message = try await sealed(plaintext, for: number, relay: relay, as: id)
      do {
        try await api.send(message.copies, to: number, relay: relay, timestamp: time.wallTime)
        return
      } catch .mismatchedDevices(let missing, let extra) {
        guard !missing.isEmpty || !extra.isEmpty else {
          throw .malformed("other devices, but not which")
        }
        try await book.end(extra, of: number, unsealing: id)
        try await start(missing, of: number, relay: relay)
      } catch .staleDevices(let stale) {
        guard !stale.isEmpty else { throw .malformed("stale devices, but not which") }
        try await book.end(stale, of: number, unsealing: id)
        try await start(stale, of: number, relay: relay)
      }
    }
    throw .devicesKeepChanging
  }

  /// What stands sealed under `id`, or `plaintext` sealed now.
  private func sealed(
    _ plaintext: [UInt8], for number: String, relay: String?, as id: DispatchID?
  ) async throws(TextSecureError) -> SealedMessage {
    if let id, let sealed = try await book.store.sealed(id) { return sealed }
    var devices = try await book.devices(of: number)
    if devices.isEmpty {
      try await book.start(try await everyKey(of: number, relay: relay), with: number)
      devices = try await book.devices(of: number)
    }
    return try await book.encrypt(plaintext, for: devices, of: number, as: id)
  }

  /// Sends `content` to each of `members`; returns what failed, by number. A member for whom it is
  /// ``TextSecureError/unregistered`` has left the group without a word.
  public func send(
    _ content: PushContent, toEach members: [String], relays: [String: String] = [:]
  ) async -> [String: TextSecureError] {
    var failures: [String: TextSecureError] = [:]
    for member in members {
      do {
        try await send(content, to: member, relay: relays[member])
      } catch {
        failures[member] = error
      }
    }
    return failures
  }

  /// Tells `number` that the sessions with it are over, then forgets them.
  public func endSession(
    with number: String, relay: String? = nil, as id: DispatchID? = nil
  ) async throws(TextSecureError) {
    try await send(.endOfSession, to: number, relay: relay, as: id)
    try await book.endAll(of: number)
  }

  private func start(
    _ devices: [UInt32], of number: String, relay: String?
  ) async throws(TextSecureError) {
    for device in devices {
      try await book.start(
        try await api.keys(of: number, .device(device), relay: relay), with: number)
    }
  }

  /// A relay that knows the seed's calls alone says 404 to a question for all devices.
  private func everyKey(
    of number: String, relay: String?
  ) async throws(TextSecureError) -> [DeviceBundle] {
    do {
      return try await api.keys(of: number, .every, relay: relay)
    } catch .unregistered {
      return try await api.keys(of: number, .primary, relay: relay)
    }
  }
}
