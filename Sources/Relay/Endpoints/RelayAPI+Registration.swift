import Clocks
import Cryptography
import Transport

/// Accounts: codes by telephone, registration, push ids ("GET /v1/accounts/…", "PUT /v1/accounts/…").
extension RelayAPI {
  /// How long a code can be used.
  static let codeLifetime: Duration = .seconds(15 * 60)

  func sendCode(
    transport: String, number: String, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    guard let transport = VerificationCode.Transport(rawValue: transport) else {
      throw RelayRefusal(status: configuration.dialect.unknownTransport)
    }
    guard PhoneNumber.isValid(number) else { throw RelayRefusal(status: 400) }
    // The address first: one that is refused must not use up what the number has.
    try limiter.chargeCode(from: request)
    try limiter.charge(transport == .sms ? .sms : .voice, number)
    let code = VerificationCode(number: number, code: freshCode(), transport: transport)
    let hash = SaltedHash(code.code, random: random)
    let expiry = time.wallTime + RelayAPI.codeLifetime.milliseconds
    try await storage.database.write { try $0.save(hash, .account, for: number, until: expiry) }
    guard await configuration.deliver(code) else { throw RelayRefusal.unavailable }
    events.yield(.code(code))
    return .response(status: 200)
  }

  /// What a telephone service that speaks TwiML is to say (`POST /v1/accounts/voice/twiml/{code}`).
  func voiceScript(for code: String) throws(RelayRefusal) -> HTTPServer.Reply {
    guard code.utf8.count == 6, code.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .notFound
    }
    let digits = code.map { "\($0)" }.joined(separator: ", ")
    let script = """
      <?xml version="1.0" encoding="UTF-8"?>
      <Response>
        <Say voice="woman" language="en" loop="3">Your TextSecure verification code is: \(digits).</Say>
      </Response>

      """
    return .response(
      status: 200, headers: ["Content-Type": "application/xml"], body: Array(script.utf8))
  }

  /// Makes the account anew: what the number had before, its queue and keys included, is gone.
  ///
  /// A number that is new here and that another relay lists gets 417 the first time; the same code
  /// sent again brings the number here.
  func verify(code: String, _ request: HTTPServer.Request) async throws -> HTTPServer.Reply {
    let credentials = try newCredentials(request)
    let number = credentials.address.number
    let body = try decode(RegistrationBody.self, from: request)
    let device = try newDevice(
      DeviceAddress(number: number, device: DeviceAddress.master), credentials, body)
    let token = ContactToken.bytes(of: number)
    let supportsSMS = body.supportsSms ?? false
    let now = time.wallTime
    try await learnContacts()
    let isElsewhere = try await guessing(at: number, .verify, request) {
      try await storage.database.write { connection in
        guard let right = try connection.tryCode(code, .account, for: number, at: now) else {
          return Bool?.none
        }
        // Another relay's list is its word alone, the code is proof: so the list warns once, and
        // neither bars a number nor touches one that is registered here.
        if !right.isWarned, try !connection.hasAccount(number),
          try connection.peerContact(token) != nil
        {
          try connection.noteWarning(.account, for: number)
          return true
        }
        try connection.useUp(.account, for: number)
        try connection.execute("DELETE FROM account WHERE number = ?", [number])
        try connection.execute(
          "INSERT INTO account (number, token, supports_sms) VALUES (?, ?, ?)",
          [number, token, supportsSMS])
        try connection.insert(device)
        return false
      }
    }
    guard !isElsewhere else { throw RelayRefusal.registeredElsewhere }
    connected.hangUp(number)
    return success()
  }

  func setPush(
    _ service: Endpoint.PushService, _ device: Device, _ request: HTTPServer.Request
  ) async throws -> HTTPServer.Reply {
    let body = try decode(PushBody.self, from: request)
    let id = service == .gcm ? body.gcmRegistrationId : body.apnRegistrationId
    guard let id, 1...4096 ~= id.utf8.count else { throw RelayRefusal.invalid }
    let (gcm, apn) = service == .gcm ? (id, String?.none) : (nil, id)
    try await keepPush(gcm: gcm, apn: apn, of: device.address)
    if device.gcmID != gcm || device.apnID != apn {
      // What came before there was a way to push it.
      var reachable = device
      (reachable.gcmID, reachable.apnID) = (gcm, apn)
      await pushRemainder(of: reachable)
    }
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
    try await storage.database.write { connection in
      try connection.execute(
        "UPDATE device SET gcm_id = ?, apn_id = ? WHERE number = ? AND id = ?",
        [gcm, apn, address.number, address.device])
    }
  }
}
