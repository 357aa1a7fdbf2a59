import Accounts
import Axolotl
import Cryptography
import Database
import Domain
import Storage
import TextSecure
import Transport

/// Registering a number with a relay: a code by SMS or voice, then keys for those who want to write.
actor TextSecureSignIn: SignInSession {
  /// What a code was asked for.
  private struct Registration {
    var number: String
    var configuration: RelayConfiguration
    /// Drawn before the code is checked, kept only once it was right.
    var device: LocalDevice
  }

  private var registration: Registration?
  /// The account and the installation that there are already.
  private let known: (account: AccountRecord?, device: TextSecureDeviceRecord?)
  private let environment: AccountEnvironment
  private let settings: HubSettings

  init(on hub: AccountHub) async throws(UserError) {
    known = try await hub.withStore { store in
      (try await store.accounts.account(.textsecure), try await store.secure.device())
    }
    self.environment = hub.environment
    settings = hub.settings
  }

  /// Has a code sent or told, for the first time or again.
  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep {
    let registration = try registration(with: answers)
    self.registration = registration
    try await asking { () throws(TextSecureError) in
      try await api(of: registration).requestCode(
        for: registration.number, by: answers.way == SignInGuide.textSecureVoice ? .voice : .sms)
    }
    return .next(SignInOutput(next: .code, codeLength: 6, resendAfterMs: 60_000))
  }

  func login(with answers: SignInAnswers) throws(UserError) -> AccountRecord? {
    let number = try PhoneNumberText.normalized(answers["number"])
    guard let url = address(in: answers) else { throw .noRelay }
    return account(
      of: number, at: RelayConfiguration(at: url, settings).url, password: Secret(""))
  }

  func continues(with answers: SignInAnswers) -> Bool {
    guard let registration else { return false }
    return answers["number"].phoneDigits == registration.number
      && address(in: answers).map { RelayConfiguration(at: $0, settings).url }
        == registration.configuration.url
  }

  /// Registers with the code. Whoever gets the account must keep it: its password is nowhere else.
  func enter(code: String) async throws(UserError) -> SignInStep {
    guard let registration else { throw .noSignIn }
    let device = registration.device
    try await asking { () throws(TextSecureError) in
      try await api(of: registration).verify(code: code, device: device)
    }
    let account = account(
      of: registration.number, at: registration.configuration.url,
      password: device.credentials.password)
    return .done(
      NewAccount(account) { store throws(DatabaseError) in
        try await store.secure.register(TextSecureDeviceRecord(device), account)
      })
  }

  private func account(of number: String, at url: String, password: Secret) -> AccountRecord {
    AccountRecord(
      service: .textsecure, url: url, identifier: number, displayName: number, secret: password,
      createdAt: environment.time.wallTime)
  }

  /// Where the relay is: as answered, as this run was told, or where the last login was made.
  private func address(in answers: SignInAnswers) -> String? {
    let typed = answers["url"].filter { !$0.isWhitespace }
    return typed.isEmpty ? settings[.textsecure].url ?? known.account?.url : typed
  }

  /// The one that goes on, or a new one.
  private func registration(
    with answers: SignInAnswers
  ) throws(UserError) -> Registration {
    let number = try PhoneNumberText.normalized(answers["number"])
    guard let url = address(in: answers) else { throw .noRelay }
    let configuration = RelayConfiguration(at: url, settings)
    if let registration, registration.number == number,
      registration.configuration.url == configuration.url
    {
      return registration
    }
    // An installation belongs to its relay; that of this number goes on, and its contacts get no
    // warning.
    let isSame = settings.isSandbox || known.account?.url == configuration.url
    do throws(TextSecureError) {
      let drawn = try LocalDevice(number: number, random: environment.random)
      guard isSame, let kept = known.device, kept.number == number else {
        return Registration(number: number, configuration: configuration, device: drawn)
      }
      let earlier = try LocalDevice(kept, password: drawn.credentials.password)
      let device = LocalDevice(
        credentials: drawn.credentials, signalingKey: drawn.signalingKey,
        registrationID: earlier.registrationID, identity: earlier.identity)
      return Registration(number: number, configuration: configuration, device: device)
    } catch {
      throw UserError(error)
    }
  }

  private func api(of registration: Registration) -> RelayClient {
    RelayClient(
      configuration: registration.configuration, credentials: registration.device.credentials,
      network: environment.network, time: environment.time, random: environment.random)
  }

  private func asking(
    _ work: () async throws(TextSecureError) -> Void
  ) async throws(UserError) {
    do throws(TextSecureError) { try await work() } catch { throw UserError(error) }
  }
}

extension TextSecureDeviceRecord {
  init(_ device: LocalDevice) {
    self.init(
      number: device.credentials.address.number, identity: device.identity.privateKey,
      registrationId: Int64(device.registrationID), signalingKey: device.signalingKey.bytes)
  }
}

extension LocalDevice {
  /// The installation as it was kept; throws if it was damaged.
  package init(_ record: TextSecureDeviceRecord, password: Secret) throws(TextSecureError) {
    let identity: KeyPair
    do throws(AxolotlError) {
      identity = try KeyPair(privateKey: record.identity)
    } catch {
      throw .session(error)
    }
    guard let registrationID = UInt32(exactly: record.registrationId) else {
      throw .store("a registration id out of range")
    }
    self.init(
      credentials: Credentials(
        address: DeviceAddress(number: record.number), password: password),
      signalingKey: try SignalingKey(record.signalingKey), registrationID: registrationID,
      identity: identity)
  }
}
