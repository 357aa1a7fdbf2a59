import Clocks
import Cryptography
import Transport

/// Further devices of an account.
extension RelayAPI {
  /// How many devices an account can have.
  static let deviceLimit = 6
  /// Characters of a device's name that are kept.
  private static let nameLength = 50

  func provisioningCode(_ device: Device) async throws -> HTTPServer.Reply {
    let number = device.address.number
    try limiter.charge(.allocateDevice, number)
    let code = freshCode()
    let hash = SaltedHash(code, random: random)
    let expiry = time.wallTime + RelayAPI.codeLifetime.milliseconds
    try await storage.database.write { try $0.save(hash, .device, for: number, until: expiry) }
    return json(ProvisioningAnswer(verificationCode: code))
  }

  func linkDevice(code: String, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let credentials = try newCredentials(request)
    let number = credentials.address.number
    let body = try decode(RegistrationBody.self, from: request)
    let device = try newDevice(credentials.address, credentials, body)
    let now = time.wallTime
    let id = try await guessing(at: number, .verifyDevice, request) {
      let id: Int = try await storage.database.write { connection in
        let last = try connection.first(
          "SELECT ifnull(max(id), 0) AS last FROM device WHERE number = ?", [number]
        ) { try $0.get("last", as: Int.self) }
        guard let last, last > 0 else { return 0 }
        guard last < RelayAPI.deviceLimit else { return -1 }
        guard try connection.tryCode(code, .device, for: number, at: now) != nil else { return 0 }
        try connection.useUp(.device, for: number)
        var linked = device
        linked.address = DeviceAddress(number: number, device: last + 1)
        try connection.insert(linked)
        return last + 1
      }
      guard id >= 0 else { throw RelayRefusal.tooLarge }
      return id > 0 ? id : nil
    }
    return json(DeviceAnswer(deviceId: id))
  }

  /// All devices of the account that asks (`GET /v1/devices`).
  func listDevices(_ device: Device) async throws -> HTTPServer.Reply {
    let devices = try await storage.database.read { try $0.devices(of: device.address.number) }
    return json(
      DevicesAnswer(
        devices: devices.map {
          DevicesAnswer.Device(
            id: $0.address.device, name: $0.name, lastSeen: $0.seenAt, created: $0.createdAt)
        }))
  }

  /// Forgets a device with its keys and its queue. Only the first one may, and not itself
  /// (`DELETE /v1/devices/{id}`).
  func removeDevice(_ id: String, _ device: Device) async throws -> HTTPServer.Reply {
    guard let id = Int(id) else { throw RelayRefusal.notFound }
    guard device.address.device == DeviceAddress.master, id != DeviceAddress.master else {
      throw RelayRefusal.unauthorized
    }
    let number = device.address.number
    let isGone = try await storage.database.write { connection in
      try connection.execute("DELETE FROM device WHERE number = ? AND id = ?", [number, id])
      return connection.changes > 0
    }
    guard isGone else { throw RelayRefusal.notFound }
    connected.hangUp(number, device: id)
    return success()
  }

  func newCredentials(_ request: HTTPServer.Request) throws(RelayRefusal) -> Credentials {
    guard let credentials = Credentials(header: request.headers["Authorization"]) else {
      throw .unauthorized
    }
    return credentials
  }

  func newDevice(
    _ address: DeviceAddress, _ credentials: Credentials, _ body: RegistrationBody
  ) throws(RelayRefusal) -> Device {
    guard let signalingKey = SignalingKey.decode(body.signalingKey),
      let registrationID = Int(exactly: body.registrationId.value), 0...0x3fff ~= registrationID
    else { throw .invalid }
    let now = time.wallTime
    return Device(
      address: address, password: SaltedHash(credentials.password.revealed, random: random),
      signalingKey: signalingKey, registrationID: registrationID,
      fetching: Fetching(body.fetchesMessages),
      name: body.name.map { String($0.prefix(RelayAPI.nameLength)) }, createdAt: now,
      seenAt: Device.day(of: now))
  }
}
