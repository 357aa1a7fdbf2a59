import Cryptography
import Database
import Transport

/// Sending ("PUT /v1/messages/{destination_number}").
extension RelayAPI {
  /// Cap on one encrypted message, in bytes.
  private static let messageBytes = 64 << 10
  private static let messageLimit = 64

  private struct Parcel: Sendable {
    let device: Int
    let registrationID: Int64
    let type: UInt64
    let bytes: [UInt8]
  }

  private enum Outcome: Sendable {
    case queued([Delivery])
    case unknown
    case mismatched(MismatchAnswer)
    case stale(StaleAnswer)
    /// Another relay names somebody who is not one of its own.
    case foreign
    /// A queue has no room for this sender.
    case full
  }

  /// After so long it is worth asking again whether a full queue has been emptied, in seconds.
  private static let fullPause = 60
  /// A device that has not been there for so long keeps nobody from writing to the others, in
  /// milliseconds.
  private static let absence: Int64 = 30 * 86_400_000

  func send(
    to number: String, from sender: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    try limiter.charge(.messages, sender.address.number)
    var body = try decode(MessagesBody.self, from: request)
    guard let peer = try peer(named: body.relay) else {
      try await accept(body, from: sender.address, at: nil, to: number)
      return success()
    }
    _ = try parcels(of: body)
    guard PhoneNumber.isValid(number) else { throw RelayRefusal.notFound }
    body.relay = nil
    let call = FederatedCall.messages(
      source: sender.address.number, device: "\(sender.address.device)", destination: number)
    _ = try await federation.ask(peer, call, body: JSONText.bytes(of: body))
    return success()
  }

  /// Takes messages for one of our numbers; `relay` is the sender's, nil if it is this one.
  func accept(
    _ body: MessagesBody, from source: DeviceAddress, at relay: String?, to number: String
  ) async throws {
    let parcels = try parcels(of: body)
    let given = body.timestamp?.value ?? 0
    let timestamp = UInt64(max(0, given > 0 ? given : time.wallTime))
    let longAgo = time.wallTime - RelayAPI.absence
    let outcome: Outcome = try await storage.database.write { connection in
      if let relay, try !connection.mayHave(source.number, at: relay) { return .foreign }
      let devices = try connection.activeDevices(of: number)
      guard !devices.isEmpty else { return .unknown }
      let known = Set(devices.map(\.address.device))
      let meant = Set(parcels.map(\.device))
      guard known == meant else {
        return .mismatched(
          MismatchAnswer(
            missingDevices: known.subtracting(meant).sorted(),
            extraDevices: meant.subtracting(known).sorted()))
      }
      let pairs = parcels.compactMap { parcel in
        devices.first { $0.address.device == parcel.device }.map { (parcel, $0) }
      }
      let stale = pairs.filter { parcel, device in
        parcel.registrationID > 0 && parcel.registrationID != Int64(device.registrationID)
      }
      guard stale.isEmpty else {
        return .stale(StaleAnswer(staleDevices: stale.map(\.0.device).sorted()))
      }
      let signals = pairs.map { parcel, device in
        let signal = IncomingSignal(
          type: parcel.type, source: source.number, sourceDevice: UInt64(source.device),
          relay: relay, timestamp: timestamp, message: parcel.bytes)
        return (signal, device)
      }
      let fitting = try signals.filter { try connection.hasRoom(for: $0, of: $1.address) }
      let isAwaited = try signals.contains { signal, device in
        guard try !connection.hasRoom(for: signal, of: device.address) else { return false }
        return fitting.isEmpty || device.seenAt > longAgo
      }
      guard !isAwaited else { return .full }
      return .queued(
        try fitting.map { signal, device in
          Delivery(
            sequence: try connection.enqueue(signal, for: device.address), device: device,
            signal: signal)
        })
    }
    switch outcome {
    case .unknown: throw RelayRefusal.notFound
    case .mismatched(let answer): throw RelayRefusal(conflict: 409, answer)
    case .stale(let answer): throw RelayRefusal(conflict: 410, answer)
    case .foreign: throw RelayRefusal.forbidden
    case .full: throw RelayRefusal.tooMany(retryAfter: RelayAPI.fullPause)
    case .queued(let deliveries): for delivery in deliveries { await announce(delivery) }
    }
  }

  private func parcels(of body: MessagesBody) throws(RelayRefusal) -> [Parcel] {
    guard body.messages.count <= RelayAPI.messageLimit else { throw .invalid }
    var parcels: [Parcel] = []
    for message in body.messages {
      guard message.body.utf8.count <= RelayAPI.messageBytes * 4 / 3 + 4 else { throw .tooLarge }
      let device = message.destinationDeviceId?.value ?? Int64(DeviceAddress.master)
      guard let type = UInt32(exactly: message.type.value), let device = Int(exactly: device),
        let bytes = Base64.decode(message.body), !bytes.isEmpty,
        !parcels.contains(where: { $0.device == device })
      else { throw .invalid }
      parcels.append(
        Parcel(
          device: device, registrationID: message.destinationRegistrationId?.value ?? 0,
          type: UInt64(type), bytes: bytes))
    }
    return parcels
  }
}

extension RelayRefusal {
  fileprivate init(conflict status: Int, _ answer: some Encodable) {
    self.init(
      status: status, headers: ["Content-Type": "application/json"],
      body: JSONText.bytes(of: answer))
  }
}
