import Cryptography
import Transport

/// Accounts: codes by telephone, registration, push ids ("GET /v1/accounts/…", "PUT /v1/accounts/…").
extension RelayDesk {
  /// How long a code can be used.
  static let codeLifetime: Duration = .seconds(15 * 60)

  func sendCode(transport: String, number: String) async throws -> HTTPServer.Reply {
    guard let transport = VerificationCode.Transport(rawValue: transport) else {
      throw Refusal(status: configuration.dialect.unknownTransport)
    }
    guard PhoneNumber.isValid(number) else { throw Refusal(status: 400) }
    try limiter.take(transport == .sms ? .sms : .voice, number)
    let code = VerificationCode(number: number, code: freshCode(), transport: transport)
    let hash = SaltedHash(code.code, random: random)
    let expiry = time.wallTime + RelayDesk.codeLifetime.milliseconds
    try await database.write { try $0.save(hash, .account, for: number, until: expiry) }
    guard await configuration.deliver(code) else { throw Refusal.unavailable }
    events.yield(.code(code))
    return .response(status: 200)
  }

  /// Makes the account anew: what the number had before, its queue and keys included, is gone.
  func verify(code: String, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let credentials = try newCredentials(request)
    let number = credentials.address.number
    try limiter.take(.verify, number)
    let body = try decode(RegistrationBody.self, from: request)
    let device = try newDevice(
      DeviceAddress(number: number, device: DeviceAddress.master), credentials, body)
    let token = ContactToken.bytes(of: number)
    let supportsSMS = body.supportsSms ?? false
    let now = time.wallTime
    let isAccepted = try await database.write { connection in
      guard try connection.redeem(code, .account, for: number, at: now) else { return false }
      try connection.execute("DELETE FROM account WHERE number = ?", [number])
      try connection.execute(
        "INSERT INTO account (number, token, supports_sms) VALUES (?, ?, ?)",
        [number, token, supportsSMS])
      try connection.insert(device)
      return true
    }
    guard isAccepted else { throw Refusal.forbidden }
    lines.hangUp(number)
    return success()
  }

  func setPush(
    _ service: Endpoint.PushService, _ device: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let body = try decode(PushBody.self, from: request)
    let id = service == .gcm ? body.gcmRegistrationId : body.apnRegistrationId
    guard let id, 1...4096 ~= id.utf8.count else { throw Refusal.invalid }
    try await keepPush(
      gcm: service == .gcm ? id : nil, apn: service == .apn ? id : nil, of: device.address)
    return success()
  }

  func clearPush(
    _ service: Endpoint.PushService, _ device: Device
  ) async throws -> HTTPServer.Reply {
    try await keepPush(
      gcm: service == .gcm ? nil : device.gcmID, apn: service == .apn ? nil : device.apnID,
      of: device.address)
    return success()
  }

  private func keepPush(gcm: String?, apn: String?, of address: DeviceAddress) async throws {
    try await database.write { connection in
      try connection.execute(
        "UPDATE device SET gcm_id = ?, apn_id = ? WHERE number = ? AND id = ?",
        [gcm, apn, address.number, address.device])
    }
  }
}

/// Further devices of an account.
extension RelayDesk {
  /// How many devices an account can have.
  static let deviceLimit = 6

  func provisioningCode(_ device: Device) async throws -> HTTPServer.Reply {
    let number = device.address.number
    try limiter.take(.allocateDevice, number)
    let code = freshCode()
    let hash = SaltedHash(code, random: random)
    let expiry = time.wallTime + RelayDesk.codeLifetime.milliseconds
    try await database.write { try $0.save(hash, .device, for: number, until: expiry) }
    return json(ProvisioningAnswer(verificationCode: code))
  }

  func linkDevice(code: String, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let credentials = try newCredentials(request)
    let number = credentials.address.number
    try limiter.take(.verifyDevice, number)
    let body = try decode(RegistrationBody.self, from: request)
    let device = try newDevice(credentials.address, credentials, body)
    let now = time.wallTime
    let id: Int = try await database.write { connection in
      let last = try connection.first(
        "SELECT ifnull(max(id), 0) AS last FROM device WHERE number = ?", [number]
      ) { try $0.get("last", as: Int.self) }
      guard let last, last > 0 else { return 0 }
      guard last < RelayDesk.deviceLimit else { return -1 }
      guard try connection.redeem(code, .device, for: number, at: now) else { return 0 }
      try connection.insert(device.moved(to: last + 1))
      return last + 1
    }
    guard id >= 0 else { throw Refusal.tooLarge }
    guard id > 0 else { throw Refusal.forbidden }
    return json(DeviceAnswer(deviceId: id))
  }

  private func newCredentials(_ request: HTTPServer.Request) throws(Refusal) -> Credentials {
    guard let credentials = Credentials(header: request.headers["Authorization"]) else {
      throw .unauthorized
    }
    return credentials
  }

  private func newDevice(
    _ address: DeviceAddress, _ credentials: Credentials, _ body: RegistrationBody
  ) throws(Refusal) -> Device {
    guard let signalingKey = SignalingKey.decode(body.signalingKey),
      let registrationID = Int(exactly: body.registrationId.value), 0...0x3fff ~= registrationID
    else { throw .invalid }
    return Device(
      address: address, password: SaltedHash(credentials.password.revealed, random: random),
      signalingKey: signalingKey, registrationID: registrationID,
      fetchesMessages: body.fetchesMessages ?? false)
  }
}

extension Device {
  fileprivate func moved(to id: Int) -> Device {
    Device(
      address: DeviceAddress(number: address.number, device: id), password: password,
      signalingKey: signalingKey, registrationID: registrationID, fetchesMessages: fetchesMessages)
  }
}
