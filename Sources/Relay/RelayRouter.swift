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

  func answer(_ request: HTTPServer.Request) async -> HTTPServer.Reply {
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
      reply = try await route(found, target, request, &caller)
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
      return try await desk.sendCode(transport: transport, number: number)
    case .verify(let code): return try await desk.verify(code: code, request)
    case .linkDevice(let code): return try await desk.linkDevice(code: code, request)
    case .upload(let id): return try await desk.upload(id, target, request)
    case .download(let id): return try await desk.download(id, target)
    case .socket:
      let (reply, address) = try await desk.openSocket(target)
      caller = address
      return reply
    default:
      let device = try await desk.authenticate(request)
      caller = device.address
      return try await route(endpoint, target, request, for: device)
    }
  }

  private func route(
    _ endpoint: Endpoint, _ target: Target, _ request: HTTPServer.Request, for device: Device
  ) async throws -> HTTPServer.Reply {
    switch endpoint {
    case .setPush(let service): try await desk.setPush(service, device, request)
    case .clearPush(let service): try await desk.clearPush(service, device)
    case .provisioningCode: try await desk.provisioningCode(device)
    case .putKeys: try await desk.putKeys(device, request)
    case .countKeys: try await desk.countKeys(device)
    case .fetchKey(let number): try await desk.fetchKey(of: number, device, target)
    case .fetchKeys(let number, let wanted):
      try await desk.fetchKeys(of: number, device: wanted, device, target)
    case .lookUp: try await desk.lookUp(device, request)
    case .lookUpOne(let token): try await desk.lookUp(one: token, device)
    case .send(let number): try await desk.send(to: number, from: device, request)
    case .allocateAttachment: try await desk.allocateAttachment(device, request)
    case .locateAttachment(let id): try desk.locateAttachment(id, target, request)
    case .requestCode, .verify, .linkDevice, .upload, .download, .socket:
      // These prove themselves in other ways and were answered before.
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
    case .webSocket: 101
    }
  }
}
