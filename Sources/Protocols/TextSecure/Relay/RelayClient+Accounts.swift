import Cryptography

extension RelayClient {
  /// How a verification code travels.
  public enum CodeTransport: String, Sendable { case sms, voice }

  /// Where push notifications go (seed 002, `/v1/accounts/apn/` and `/gcm/`).
  public enum PushService: String, Sendable { case apn, gcm }

  private struct Registration: Encodable {
    let signalingKey: String
    let supportsSms = false
    /// Without it, and without push, the account would count as inactive (protocol notes §8).
    let fetchesMessages = true
    let registrationId: UInt32

    init(_ device: LocalDevice) {
      // Padded: the original server takes an unpadded key for one byte too short.
      signalingKey = Base64.encode(device.signalingKey.bytes.revealed)
      registrationId = device.registrationID
    }
  }

  private struct PushRegistration: Encodable {
    var apnRegistrationId: String?
    var gcmRegistrationId: String?
  }

  private struct ProvisioningCode: Decodable { let verificationCode: String }
  private struct LinkedDevice: Decodable { let deviceId: WireInteger }

  /// Has a code sent to `number` (`GET /v1/accounts/{transport}/code/{number}`).
  ///
  /// Not repeated when the relay is busy: a person would get several codes.
  public func requestCode(
    for number: String, by transport: CodeTransport
  ) async throws(TextSecureError) {
    try DeviceAddress.check(number)
    do throws(TextSecureError) {
      _ = try await call(
        "GET", "/v1/accounts/\(transport.rawValue)/code/\(number)", isPatient: false)
    } catch {
      // There is no account yet whose password could be wrong.
      throw error == .badCredentials ? .refused(status: 401) : error
    }
  }

  /// Registers `device`, whose credentials these must be (`PUT /v1/accounts/code/{code}`).
  ///
  /// `code` may hold a dash and blanks, as in the message. Throws ``TextSecureError/wrongCode`` and
  /// ``TextSecureError/registeredElsewhere``. Keys must be uploaded at once after it.
  public func verify(code: String, device: LocalDevice) async throws(TextSecureError) {
    let digits = try RelayClient.digits(of: code)
    do {
      _ = try await call(
        "PUT", "/v1/accounts/code/\(digits)", body: Registration(device), isPatient: false)
    } catch {
      throw RelayClient.verificationError(error)
    }
  }

  /// Has push notifications sent to a registration of APN or GCM.
  public func setPush(_ service: PushService, id: String) async throws(TextSecureError) {
    _ = try await call("PUT", "/v1/accounts/\(service.rawValue)/", body: body(service, id))
  }

  /// Ends them; `id` goes along as the seed wants it.
  public func removePush(_ service: PushService, id: String) async throws(TextSecureError) {
    _ = try await call("DELETE", "/v1/accounts/\(service.rawValue)/", body: body(service, id))
  }

  /// A code with which a further device of this number registers
  /// (`GET /v1/devices/provisioning_code`).
  public func provisioningCode() async throws(TextSecureError) -> String {
    let answer = try await call("GET", "/v1/devices/provisioning_code", isPatient: false)
    return try decode(ProvisioningCode.self, answer).verificationCode
  }

  /// Registers `device` as a further one of its number; returns its device id
  /// (`PUT /v1/devices/{code}`).
  public func link(code: String, device: LocalDevice) async throws(TextSecureError) -> UInt32 {
    let digits = try RelayClient.digits(of: code)
    let answer: [UInt8]
    do {
      answer = try await call(
        "PUT", "/v1/devices/\(digits)", body: Registration(device), isPatient: false)
    } catch {
      throw RelayClient.verificationError(error)
    }
    guard let id = try decode(LinkedDevice.self, answer).deviceId.uint32, id > 0 else {
      throw .malformed("a device id out of range")
    }
    return id
  }

  private func body(_ service: PushService, _ id: String) -> PushRegistration {
    switch service {
    case .apn: PushRegistration(apnRegistrationId: id)
    case .gcm: PushRegistration(gcmRegistrationId: id)
    }
  }

  private static func digits(of code: String) throws(TextSecureError) -> String {
    let digits = code.filter { $0 != "-" && $0 != " " }
    guard 1...16 ~= digits.utf8.count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      throw .wrongCode
    }
    return digits
  }

  private static func verificationError(_ error: TextSecureError) -> TextSecureError {
    switch error {
    case .refused(status: 403): .wrongCode
    case .refused(status: 417): .registeredElsewhere
    default: error
    }
  }
}
