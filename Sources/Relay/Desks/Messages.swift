import Cryptography
import Transport

/// Sending ("PUT /v1/messages/{destination_number}").
extension RelayDesk {
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
    case queued([DeviceAddress])
    case unknown
    case mismatched(MismatchAnswer)
    case stale(StaleAnswer)
  }

  func send(
    to number: String, from sender: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    try limiter.take(.messages, sender.address.number)
    let body = try decode(MessagesBody.self, from: request)
    let parcels = try parcels(of: body)
    try checkRelay(body.relay)
    let given = body.timestamp?.value ?? 0
    let timestamp = UInt64(max(0, given > 0 ? given : time.wallTime))
    let (source, random) = (sender.address, self.random)
    let outcome: Outcome = try await database.write { connection in
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
      for (parcel, device) in pairs {
        let signal = IncomingSignal(
          type: parcel.type, source: source.number, sourceDevice: UInt64(source.device),
          timestamp: timestamp, message: parcel.bytes)
        let envelope = signal.sealed(
          signalingKey: device.signalingKey, iv: random.bytes(AES256.blockSize))
        try connection.enqueue(envelope, for: device.address)
      }
      return .queued(pairs.map(\.1.address))
    }
    switch outcome {
    case .unknown: throw Refusal.notFound
    case .mismatched(let answer): throw Refusal(conflict: 409, answer)
    case .stale(let answer): throw Refusal(conflict: 410, answer)
    case .queued(let devices):
      for device in devices { lines.wake(device) }
      return success()
    }
  }

  private func parcels(of body: MessagesBody) throws(Refusal) -> [Parcel] {
    guard body.messages.count <= RelayDesk.messageLimit else { throw .invalid }
    var parcels: [Parcel] = []
    for message in body.messages {
      guard message.body.utf8.count <= RelayDesk.messageBytes * 4 / 3 + 4 else { throw .tooLarge }
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

extension Refusal {
  fileprivate init(conflict status: Int, _ answer: some Encodable) {
    self.init(
      status: status, headers: ["Content-Type": "application/json"],
      body: JSONText.encode(answer))
  }
}
