import Cryptography
import Database
import Transport

/// A signal that has just been queued for a device.
struct Delivery: Sendable {
  let sequence: Int64
  let device: Device
  let signal: IncomingSignal
}

/// How a device hears of what waits for it: on its connection, by a push, or when it asks.
extension RelayAPI {
  /// So many signals come in one answer to `GET /v1/messages`.
  private static let listLength = 100
  /// And so many bytes of messages: an answer is built in memory, for many devices at once.
  private static let listBytes = 512 << 10

  /// Wakes the device's connection; without one, has it pushed if it can be.
  func announce(_ delivery: Delivery) async {
    let device = delivery.device
    guard !connected.wake(device.address), let pusher else { return }
    let envelope = sealed(delivery.signal, for: device)
    let dialect = configuration.dialect
    if let id = device.gcmID {
      await pusher.send(PushNotification(.gcm, id: id, envelope: envelope, dialect)) { worked in
        // Such a device has no other way to get its messages, and would never acknowledge one.
        guard worked, device.fetching != .always else { return }
        do {
          try await storage.database.write { _ = try $0.acknowledge(delivery.sequence) }
        } catch {
          // It stays in the queue and comes twice; devices drop what they have read.
        }
      }
    } else if let id = device.apnID {
      await pusher.send(PushNotification(.apn, id: id, envelope: envelope, dialect)) { _ in }
    }
  }

  /// Whatever a device has not acknowledged when its connection ends, so that nothing waits unheard
  /// of that came while the connection was ending.
  func pushRemainder(of device: Device) async {
    guard pusher != nil, device.gcmID != nil || device.apnID != nil else { return }
    do {
      var last: Int64 = 0
      while true {
        let start = last
        let waiting = try await storage.database.read {
          try $0.queue(of: device.address, after: start, limit: RelayAPI.listLength)
        }
        for queued in waiting {
          await announce(
            Delivery(sequence: queued.sequence, device: device, signal: queued.signal))
        }
        guard waiting.count == RelayAPI.listLength, let next = waiting.last else { break }
        last = next.sequence
      }
    } catch {
      // The store cannot be read; what waits there is pushed with what comes next, or asked for.
    }
  }

  func sealed(_ signal: IncomingSignal, for device: Device) -> [UInt8] {
    signal.sealed(signalingKey: device.signalingKey, iv: random.bytes(AES256.blockSize))
  }

  /// What waits for the device, for clients that ask instead of listening (`GET /v1/messages`).
  func listMessages(_ device: Device) async throws -> HTTPServer.Reply {
    let waiting = try await storage.database.read {
      try $0.queue(of: device.address, limit: RelayAPI.listLength + 1)
    }
    var bytes = 0
    let fitting = waiting.prefix(RelayAPI.listLength).prefix { queued in
      // At least one, however large.
      defer { bytes += queued.signal.size }
      return bytes == 0 || bytes + queued.signal.size <= RelayAPI.listBytes
    }
    let messages = fitting.map(\.signal).map { signal in
      MessagesAnswer.Message(
        type: signal.type, relay: signal.relay, timestamp: signal.timestamp,
        source: signal.source, sourceDevice: signal.sourceDevice,
        message: signal.message.map { Base64.encode($0) })
    }
    return json(MessagesAnswer(messages: messages, more: waiting.count > fitting.count))
  }

  /// The device has read it (`DELETE /v1/messages/{source}/{timestamp}`).
  func removeMessage(
    _ source: String, _ timestamp: String, _ device: Device
  ) async throws -> HTTPServer.Reply {
    guard let timestamp = Int64(timestamp) else { throw RelayRefusal.notFound }
    let address = device.address
    let removed: IncomingSignal? = try await storage.database.write { connection in
      let sequence = try connection.first(
        """
        SELECT sequence FROM envelope WHERE number = ? AND device = ? AND source = ?
          AND timestamp = ? ORDER BY sequence LIMIT 1
        """, [address.number, address.device, source, timestamp]
      ) { try $0.get("sequence", as: Int64.self) }
      return try sequence.flatMap { try connection.acknowledge($0) }
    }
    if let removed { await confirm(removed, by: address) }
    // As the servers did: one that is gone already is as good.
    return success()
  }
}

/// Receipts: signals of type 5, from July 2014 on (TextSecure protocol notes §3.3). The document
/// has none, so they exist in the servers' own dialect alone.
extension RelayAPI {
  /// A device confirms by hand (`PUT /v1/receipt/{destination}/{timestamp}`).
  func receipt(
    to number: String, _ timestamp: String, relay: String?, _ device: Device
  ) async throws -> HTTPServer.Reply {
    guard configuration.dialect.hasReceipts, let timestamp = UInt64(timestamp) else {
      throw RelayRefusal.notFound
    }
    try limiter.charge(.messages, device.address.number)
    try await sendReceipt(from: device.address, to: number, timestamp, at: relay)
    return success()
  }

  /// The device has acknowledged a message: its sender is told.
  func confirm(_ signal: IncomingSignal, by address: DeviceAddress) async {
    guard configuration.dialect.hasReceipts, signal.type != IncomingSignal.receipt else { return }
    do {
      try await sendReceipt(
        from: address, to: signal.source, signal.timestamp, at: signal.relay)
    } catch {
      // Nobody waits for it: the sender or its relay is gone.
    }
  }

  private func sendReceipt(
    from address: DeviceAddress, to number: String, _ timestamp: UInt64, at relay: String?
  ) async throws {
    guard let peer = try peer(named: relay) else {
      return try await acceptReceipt(from: address, at: nil, to: number, timestamp)
    }
    guard PhoneNumber.isValid(number) else { throw RelayRefusal.notFound }
    let call = FederatedCall.receipt(
      source: address.number, device: "\(address.device)", destination: number,
      timestamp: "\(timestamp)")
    _ = try await federation.ask(peer, call, body: [])
  }

  /// Queues a receipt for every device of a number.
  func acceptReceipt(
    from source: DeviceAddress, at relay: String?, to number: String, _ timestamp: UInt64
  ) async throws {
    guard configuration.dialect.hasReceipts else { throw RelayRefusal.notFound }
    let signal = IncomingSignal(
      type: IncomingSignal.receipt, source: source.number, sourceDevice: UInt64(source.device),
      relay: relay, timestamp: timestamp)
    let deliveries: [Delivery]? = try await storage.database.write { connection in
      if let relay, try !connection.mayHave(source.number, at: relay) { return nil }
      // A receipt for which there is no room is left out; nobody waits for it.
      return try connection.activeDevices(of: number)
        .filter { try connection.hasRoom(for: signal, of: $0.address) }
        .map { device in
          Delivery(
            sequence: try connection.enqueue(signal, for: device.address), device: device,
            signal: signal)
        }
    }
    guard let deliveries else { throw RelayRefusal.forbidden }
    guard !deliveries.isEmpty else { throw RelayRefusal.notFound }
    for delivery in deliveries { await announce(delivery) }
  }
}
