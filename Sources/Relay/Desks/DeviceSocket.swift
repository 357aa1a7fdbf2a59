import Cryptography
import FoundationEssentials
import Synchronization
import Transport

/// Delivery over a WebSocket, in the two JSON dialects of 2014: `user` or `login` with `password` in
/// the query of `/v1/websocket/`; `{"id":N,"message":"…"}` down, `{"type":1,"id":N}` up.
extension RelayDesk {
  private static let batch = 32

  /// The older dialect refuses the upgrade; the newer one (`login` alone) accepts and closes 4001.
  func openSocket(_ target: Target) async throws -> (HTTPServer.Reply, DeviceAddress?) {
    let user = target.query["login"] ?? target.query["user"] ?? ""
    let credentials = Credentials(user: user, password: target.query["password"] ?? "")
    var device: Device?
    if let credentials { device = try await self.device(credentials) }
    guard let device else {
      guard target.query["user"] == nil, target.query["login"] != nil else {
        throw Refusal.forbidden
      }
      let refused = HTTPServer.Reply.webSocket { connection in
        await connection.close(code: 4001, reason: "Unauthorized")
      }
      return (refused, nil)
    }
    return (.webSocket { connection in await serve(connection, device) }, device.address)
  }

  private func serve(_ connection: WebSocketConnection, _ device: Device) async {
    let address = device.address
    let line = lines.open(address)
    defer { lines.close(line, of: address) }
    // Whoever registered the number anew meanwhile could not yet hang up this line.
    guard await isCurrent(device) else {
      return await connection.close(code: 4001, reason: "Unauthorized")
    }
    let sent = SentEnvelopes()
    await withTaskGroup { group in
      group.addTask { await deliver(to: connection, line, address, sent) }
      group.addTask { await listen(to: connection, sent) }
      // Whichever ends first ends the other.
      await group.next()
      group.cancelAll()
    }
  }

  private func isCurrent(_ device: Device) async -> Bool {
    do {
      let now = try await database.read { try $0.device(device.address) }
      return now?.password.hash == device.password.hash
    } catch {
      // Without the store nothing can be delivered anyway.
      return false
    }
  }

  private func deliver(
    to connection: WebSocketConnection, _ line: DeviceLines.Line, _ address: DeviceAddress,
    _ sent: SentEnvelopes
  ) async {
    var last: Int64 = 0
    for await _ in line.wakes {
      do {
        while true {
          let after = last
          let batch = try await database.read {
            try $0.queue(of: address, after: after, limit: RelayDesk.batch)
          }
          guard let newest = batch.last else { break }
          for envelope in batch {
            let id = sent.number(envelope.sequence)
            let payload = Base64.encode(envelope.bytes)
            try await connection.send(.text("{\"id\":\(id),\"message\":\"\(payload)\"}"))
          }
          last = newest.sequence
        }
      } catch {
        // The connection is gone, or the store cannot be read: what was not acknowledged stays.
        return
      }
    }
    if !Task.isCancelled { await connection.close(code: 4409, reason: "Replaced") }
  }

  private func listen(to connection: WebSocketConnection, _ sent: SentEnvelopes) async {
    for await message in connection.messages {
      do {
        guard case .text(let text) = message, text.utf8.count <= 4096 else { throw Refusal.invalid }
        let body = try JSONDecoder().decode(SocketBody.self, from: Data(text.utf8))
        switch body.type.value {
        case 1:
          guard let id = body.id, let sequence = sent.take(id.value) else { continue }
          try await database.write { try $0.acknowledge(sequence) }
        case 2: try await connection.send(.text("{\"type\":3}"))
        default: throw Refusal.invalid
        }
      } catch {
        return await connection.close(code: 1008, reason: "Not understood")
      }
    }
  }
}

/// What one connection was sent and has not acknowledged. Ids count from 0 on each connection.
private final class SentEnvelopes: Sendable {
  private let state = Mutex((next: Int64(0), sequences: [Int64: Int64]()))

  func number(_ sequence: Int64) -> Int64 {
    state.withLock { state in
      defer { state.next += 1 }
      state.sequences[state.next] = sequence
      return state.next
    }
  }

  func take(_ id: Int64) -> Int64? { state.withLock { $0.sequences.removeValue(forKey: id) } }
}
