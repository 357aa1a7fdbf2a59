import Clocks
import Database
import Synchronization
import Transport

/// Brings each request to its endpoint, turns refusals into answers and writes the log.
final class RelayRouter: Sendable {
  /// What has expired is deleted so often, when somebody asks for something.
  private static let sweepInterval: Duration = .seconds(3600)

  private let desk: RelayDesk
  private let nextSweep: Mutex<Duration>

  init(desk: RelayDesk) {
    self.desk = desk
    nextSweep = Mutex(desk.time.uptime + RelayRouter.sweepInterval)
  }

  /// - Parameter device: Who asks, if that is known already, as on a WebSocket.
  func answer(
    _ request: HTTPServer.Request, from device: Device? = nil
  ) async -> HTTPServer.Reply {
    let start = desk.time.uptime
    var caller: DeviceAddress?
    var endpoint: Endpoint?
    let reply: HTTPServer.Reply
    do {
      try await sweepIfDue()
      guard let target = Target(request.target),
        let found = Endpoint(method: request.method, path: target.path)
      else { throw Refusal.notFound }
      endpoint = found
      if let device {
        caller = device.address
        reply = try await route(found, target, request, for: device)
      } else {
        reply = try await route(found, target, request, &caller)
      }
    } catch let refusal as Refusal {
      reply = .response(status: refusal.status, headers: refusal.headers, body: refusal.body)
    } catch {
      // The store or the disk failed; nothing was kept, and the client may try again.
      reply = .response(status: 503)
    }
    desk.events.yield(
      .request(
        RelayLogLine(
          method: String(request.method.prefix(16)), endpoint: endpoint?.template ?? "other",
          status: reply.status, milliseconds: (desk.time.uptime - start).milliseconds,
          caller: caller.map(desk.blinded))))
    return reply
  }

  private func route(
    _ endpoint: Endpoint, _ target: Target, _ request: HTTPServer.Request,
    _ caller: inout DeviceAddress?
  ) async throws -> HTTPServer.Reply {
    switch endpoint {
    case .requestCode(let transport, let number):
      return try await desk.sendCode(transport: transport, number: number, request)
    case .voiceScript(let code): return try desk.voiceScript(for: code)
    case .verify(let code): return try await desk.verify(code: code, request)
    case .linkDevice(let code): return try await desk.linkDevice(code: code, request)
    case .upload(let id): return try await desk.upload(id, target, request)
    case .download(let id): return try await desk.download(id, target)
    case .socket:
      let (reply, address) = try await desk.openSocket(target, request) { request, device in
        await self.answer(request, from: device)
      }
      caller = address
      return reply
    case .federated(let call): return try await desk.answer(call, request)
    default:
      let device = try await desk.authenticate(request)
      caller = device.address
      return try await route(endpoint, target, request, for: device)
    }
  }

  private func route(
    _ endpoint: Endpoint, _ target: Target, _ request: HTTPServer.Request, for device: Device
  ) async throws -> HTTPServer.Reply {
    let (asker, relay) = (Asker.device(device.address), target.query["relay"])
    return switch endpoint {
    case .setPush(let service): try await desk.setPush(service, device, request)
    case .clearPush(let service): try await desk.clearPush(service, device)
    case .provisioningCode: try await desk.provisioningCode(device)
    case .listDevices: try await desk.listDevices(device)
    case .removeDevice(let id): try await desk.removeDevice(id, device)
    case .putKeys: try await desk.putKeys(device, request)
    case .putBundle: try await desk.putBundle(device, request)
    case .putSignedKey: try await desk.putSignedKey(device, request)
    case .signedKey: try await desk.signedKey(device)
    case .countKeys: try await desk.countKeys(device)
    case .fetchKey(let number): try await desk.fetchKey(of: number, asker, relay: relay)
    case .fetchKeys(let number, let wanted):
      try await desk.fetchKeys(of: number, device: wanted, asker, relay: relay)
    case .fetchBundles(let number, let wanted):
      try await desk.fetchBundles(of: number, device: wanted, asker, relay: relay)
    case .lookUp: try await desk.lookUp(device, request)
    case .lookUpOne(let token): try await desk.lookUp(one: token, device)
    case .send(let number): try await desk.send(to: number, from: device, request)
    case .listMessages: try await desk.listMessages(device)
    case .removeMessage(let source, let timestamp):
      try await desk.removeMessage(source, timestamp, device)
    case .receipt(let number, let timestamp):
      try await desk.receipt(to: number, timestamp, relay: relay, device)
    case .allocateAttachment: try await desk.allocateAttachment(device, request)
    case .locateAttachment(let id):
      try await desk.locateAttachment(id, relay: relay, request)
    case .keepAlive: .response(status: 200)
    case .requestCode, .voiceScript, .verify, .linkDevice, .upload, .download, .socket, .federated:
      // These prove themselves in other ways, and were answered before unless they came on a line.
      throw Refusal.notFound
    }
  }

  private func sweepIfDue() async throws {
    let now = desk.time.uptime
    let isDue = nextSweep.withLock { next in
      guard now >= next else { return false }
      next = now + RelayRouter.sweepInterval
      return true
    }
    if isDue { try await desk.sweep() }
  }
}

extension HTTPServer.Reply {
  fileprivate var status: Int {
    switch self {
    case .response(let status, _, _): status
    case .file: 200
    case .hangUp: 0
    case .webSocket: 101
    }
  }
}
