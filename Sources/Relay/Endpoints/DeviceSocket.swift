import Cryptography
import Transport

/// Delivery over a WebSocket, in all languages that clients have spoken (protocol notes §3.4):
/// JSON text, `{"id":N,"message":"…"}` down and `{"type":1,"id":N}` up, or protocol buffers.
///
/// Nothing in a handshake tells the later JSON clients from the first binary ones, so the language
/// is found out. `user` in the query is JSON; a header `X-Signal-Agent` is binary; otherwise a
/// device gets what it spoke last, JSON at first. Its own first frame then decides: whoever gets
/// messages in the wrong language does not acknowledge them, and gets them anew in the language it
/// answers in.
extension RelayAPI {
  private static let batch = 32
  /// So many acknowledgements are kept at once: a queue has no more signals.
  private static let acknowledgements = 1000
  private static let frameBytes = 4096

  /// Asks for something on behalf of the device at the other end.
  typealias Ask = @Sendable (HTTPServer.Request, Device) async -> HTTPServer.Reply

  /// The older dialect refuses the upgrade; the newer one (`login` alone) accepts and closes 4001.
  func openSocket(
    _ target: Target, _ request: HTTPServer.Request, ask: @escaping Ask
  ) async throws -> (HTTPServer.Reply, DeviceAddress?) {
    let user = target.query["login"] ?? target.query["user"] ?? ""
    let credentials = Credentials(user: user, password: target.query["password"] ?? "")
    var device: Device?
    if let credentials { device = try await self.device(credentials, request) }
    guard let device else {
      guard target.query["user"] == nil, target.query["login"] != nil else {
        throw RelayRefusal.forbidden
      }
      let refused = HTTPServer.Reply.webSocket { connection in
        await connection.close(code: 4001, reason: "Unauthorized")
      }
      return (refused, nil)
    }
    let language = language(of: device, target, request)
    return (
      .webSocket { connection in await serve(connection, device, language, ask) }, device.address
    )
  }

  private func language(
    of device: Device, _ target: Target, _ request: HTTPServer.Request
  ) -> SocketFormat {
    if target.query["user"] != nil { return .json }
    if request.headers["X-Signal-Agent"] != nil { return .protobuf }
    return configuration.socketFormat ?? (device.speaksProtobuf ? .protobuf : .json)
  }

  private func serve(
    _ connection: WebSocketConnection, _ device: Device, _ language: SocketFormat,
    _ ask: @escaping Ask
  ) async {
    let address = device.address
    let listener = connected.open(address)
    await converse(on: connection, listener, device, language, ask)
    connected.close(listener, of: address)
    await pushRemainder(of: device)
  }

  private func converse(
    on connection: WebSocketConnection, _ listener: ConnectedDevices.Listener, _ device: Device,
    _ language: SocketFormat, _ ask: @escaping Ask
  ) async {
    // Whoever registered the number anew meanwhile could not yet hang up this connection.
    guard await isCurrent(device) else {
      return await connection.close(code: 4001, reason: "Unauthorized")
    }
    let sent = SentSignals(language)
    await withTaskGroup { group in
      group.addTask { await deliver(to: connection, listener, device, sent) }
      group.addTask { await listen(to: connection, device, sent, ask) }
      // Whichever ends first ends the other.
      await group.next()
      group.cancelAll()
    }
  }

  /// Notes the day as well, for `GET /v1/devices`.
  private func isCurrent(_ device: Device) async -> Bool {
    do {
      let (address, today) = (device.address, Device.day(of: time.wallTime))
      let now = try await storage.database.read { try $0.device(address) }
      guard now?.password.hash == device.password.hash else { return false }
      if now?.seenAt != today {
        try await storage.database.write {
          try $0.execute(
            "UPDATE device SET seen_at = ? WHERE number = ? AND id = ?",
            [today, address.number, address.device])
        }
      }
      return true
    } catch {
      // Without the store nothing can be delivered anyway.
      return false
    }
  }

  private func deliver(
    to connection: WebSocketConnection, _ listener: ConnectedDevices.Listener, _ device: Device,
    _ sent: SentSignals
  ) async {
    let address = device.address
    for await _ in listener.wakes {
      do {
        while true {
          let start = sent.position
          let batch = try await storage.database.read {
            try $0.queue(of: address, after: start.sequence, limit: RelayAPI.batch)
          }
          if batch.isEmpty { break }
          for queued in batch {
            guard let (id, language) = sent.next(queued.sequence, since: start) else { break }
            let envelope = sealed(queued.signal, for: device)
            try await connection.send(language.frame(envelope, id: id))
          }
        }
      } catch {
        // The connection is gone, or the store cannot be read: what was not acknowledged stays.
        return
      }
    }
    if !Task.isCancelled { await connection.close(code: 4409, reason: "Replaced") }
  }

  private func listen(
    to connection: WebSocketConnection, _ device: Device, _ sent: SentSignals,
    _ ask: Ask
  ) async {
    while true {
      let messages = await connection.nextMessages(atMost: RelayAPI.acknowledgements)
      if messages.isEmpty { return }
      var acknowledged: [Int64] = []
      var isUnderstood = true
      for message in messages {
        do {
          try await take(message, from: connection, device, sent, &acknowledged, ask)
        } catch {
          isUnderstood = false
          break
        }
      }
      do { try await acknowledge(&acknowledged, device) } catch { isUnderstood = false }
      guard isUnderstood else {
        return await connection.close(code: 1008, reason: "Not understood")
      }
    }
  }

  /// Does what a client asks for, or notes the place in the queue of a signal that it acknowledges.
  /// Whoever gets an answer knows that what was acknowledged before is off the queue.
  private func take(
    _ message: WebSocketMessage, from connection: WebSocketConnection, _ device: Device,
    _ sent: SentSignals, _ acknowledged: inout [Int64], _ ask: Ask
  ) async throws {
    switch message {
    case .text(let text):
      guard text.utf8.count <= RelayAPI.frameBytes else { throw RelayRefusal.invalid }
      let body = try JSONText.decode(SocketBody.self, from: text.utf8)
      try await hear(.json, device, sent)
      switch body.type.value {
      case 1:
        if let id = body.id, let sequence = sent.take(UInt64(bitPattern: id.value)) {
          acknowledged.append(sequence)
        }
      case 2:
        try await acknowledge(&acknowledged, device)
        try await connection.send(.text("{\"type\":3}"))
      default: throw RelayRefusal.invalid
      }
    case .binary(let bytes):
      guard let resource = WebSocketResource(bytes) else { throw RelayRefusal.invalid }
      try await hear(.protobuf, device, sent)
      switch resource {
      case .response(let response):
        // What a client could not use comes again on its next connection.
        guard 200...299 ~= response.status, let sequence = sent.take(response.id) else { return }
        acknowledged.append(sequence)
      case .request(let request):
        try await acknowledge(&acknowledged, device)
        let answer = await ask(request.asHTTP, device)
        guard let id = request.id else { return }
        try await connection.send(
          .binary(WebSocketResource(answering: id, with: answer).encoded))
      }
    }
  }

  /// Goes over to the client's language; what it has not acknowledged is sent anew in it.
  private func hear(
    _ language: SocketFormat, _ device: Device, _ sent: SentSignals
  ) async throws {
    guard try sent.speak(language) else { return }
    let address = device.address
    try await storage.database.write {
      try $0.execute(
        "UPDATE device SET speaks_protobuf = ? WHERE number = ? AND id = ?",
        [language == .protobuf, address.number, address.device])
    }
    connected.wake(address)
  }

  /// Takes signals off the queue, in one transaction: devices acknowledge many at once.
  private func acknowledge(_ sequences: inout [Int64], _ device: Device) async throws {
    guard !sequences.isEmpty else { return }
    let taken = sequences
    sequences = []
    let signals = try await storage.database.write { connection in
      try taken.compactMap { try connection.acknowledge($0) }
    }
    for signal in signals { await confirm(signal, by: device.address) }
  }
}

extension SocketFormat {
  fileprivate func frame(_ envelope: [UInt8], id: UInt64) -> WebSocketMessage {
    switch self {
    case .json: .text("{\"id\":\(id),\"message\":\"\(Base64.encode(envelope))\"}")
    case .protobuf: .binary(WebSocketResource.delivery(envelope, id: id).encoded)
    }
  }
}

extension WebSocketResource.Request {
  /// The same as if it had come by HTTP; bodies are JSON, which is not said here.
  fileprivate var asHTTP: HTTPServer.Request {
    HTTPServer.Request(
      method: verb, target: path, headers: ["Content-Type": "application/json"], body: body)
  }
}

extension WebSocketResource {
  fileprivate init(answering id: UInt64, with reply: HTTPServer.Reply) {
    switch reply {
    case .response(let status, _, let body):
      self = .response(
        Response(
          id: id, status: UInt64(status), message: status < 300 ? "OK" : "Refused", body: body))
    case .file, .hangUp, .webSocket:
      self = .response(Response(id: id, status: 404, message: "Refused"))
    }
  }
}
