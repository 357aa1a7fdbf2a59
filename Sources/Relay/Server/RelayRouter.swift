import Clocks
import Database
import Synchronization
import Transport

/// Brings each request to its endpoint, turns refusals into answers and writes the log.
final class RelayRouter: Sendable {
  /// What has expired is deleted so often, when somebody asks for something.
  private static let sweepInterval: Duration = .seconds(3600)

  private let api: RelayAPI
  private let nextSweep: Mutex<Duration>

  init(api: RelayAPI) {
    self.api = api
    nextSweep = Mutex(api.time.uptime + RelayRouter.sweepInterval)
  }

  /// - Parameter device: Who asks, if that is known already, as on a WebSocket.
  func answer(
    _ request: HTTPServer.Request, from device: Device? = nil
  ) async -> HTTPServer.Reply {
    let start = api.time.uptime
    var caller: DeviceAddress?
    var endpoint: Endpoint?
    let reply: HTTPServer.Reply
    do {
      try await sweepIfDue()
      guard let target = Target(request.target),
        let found = Endpoint(method: request.method, path: target.path)
      else { throw RelayRefusal.notFound }
      endpoint = found
      if let device {
        caller = device.address
        reply = try await route(found, target, request, for: device)
      } else {
        reply = try await route(found, target, request, &caller)
      }
    } catch let refusal as RelayRefusal {
      reply = .response(status: refusal.status, headers: refusal.headers, body: refusal.body)
    } catch {
      // The store or the disk failed; nothing was kept, and the client may try again.
      reply = .response(status: 503)
    }
    api.events.yield(
      .request(
        RelayLogLine(
          method: String(request.method.prefix(16)), endpoint: endpoint?.template ?? "other",
          status: reply.status, milliseconds: (api.time.uptime - start).milliseconds,
          caller: caller.map(api.blinded))))
    return reply
  }

  private func route(
    _ endpoint: Endpoint, _ target: Target, _ request: HTTPServer.Request,
    _ caller: inout DeviceAddress?
  ) async throws -> HTTPServer.Reply {
    switch endpoint {
    case .requestCode(let transport, let number):
      return try await api.sendCode(transport: transport, number: number, request)
    case .voiceScript(let code): return try api.voiceScript(for: code)
    case .verify(let code): return try await api.verify(code: code, request)
    case .linkDevice(let code): return try await api.linkDevice(code: code, request)
    case .upload(let id): return try await api.upload(id, target, request)
    case .download(let id): return try await api.download(id, target)
    case .socket:
      let (reply, address) = try await api.openSocket(target, request) { request, device in
        await self.answer(request, from: device)
      }
      caller = address
      return reply
    case .federated(let call): return try await api.answer(call, request)
    default:
      let device = try await api.authenticate(request)
      caller = device.address
      return try await route(endpoint, target, request, for: device)
    }
  }

  private func route(
    _ endpoint: Endpoint, _ target: Target, _ request: HTTPServer.Request, for device: Device
  ) async throws -> HTTPServer.Reply {
    let (requester, relay) = (Requester.device(device.address), target.query["relay"])
    return switch endpoint {
    case .setPush(let service): try await api.setPush(service, device, request)
    case .clearPush(let service): try await api.clearPush(service, device)
    case .provisioningCode: try await api.provisioningCode(device)
    case .listDevices: try await api.listDevices(device)
    case .removeDevice(let id): try await api.removeDevice(id, device)
    case .putKeys: try await api.putKeys(device, request)
    case .putBundle: try await api.putBundle(device, request)
    case .putSignedKey: try await api.putSignedKey(device, request)
    case .signedKey: try await api.signedKey(device)
    case .countKeys: try await api.countKeys(device)
    case .fetchKey(let number): try await api.fetchKey(of: number, requester, relay: relay)
    case .fetchKeys(let number, let wanted):
      try await api.fetchKeys(of: number, device: wanted, requester, relay: relay)
    case .fetchBundles(let number, let wanted):
      try await api.fetchBundles(of: number, device: wanted, requester, relay: relay)
    case .lookUp: try await api.lookUp(device, request)
    case .lookUpOne(let token): try await api.lookUp(one: token, device)
    case .send(let number): try await api.send(to: number, from: device, request)
    case .listMessages: try await api.listMessages(device)
    case .removeMessage(let source, let timestamp):
      try await api.removeMessage(source, timestamp, device)
    case .receipt(let number, let timestamp):
      try await api.receipt(to: number, timestamp, relay: relay, device)
    case .allocateAttachment: try await api.allocateAttachment(device, request)
    case .locateAttachment(let id):
      try await api.locateAttachment(id, relay: relay, request)
    case .keepAlive: .response(status: 200)
    case .requestCode, .voiceScript, .verify, .linkDevice, .upload, .download, .socket, .federated:
      // These prove themselves in other ways, and were answered before unless they came on a
      // connection.
      throw RelayRefusal.notFound
    }
  }

  private func sweepIfDue() async throws {
    let now = api.time.uptime
    let isDue = nextSweep.withLock { next in
      guard now >= next else { return false }
      next = now + RelayRouter.sweepInterval
      return true
    }
    if isDue { try await api.sweep() }
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
