import Accounts
import Clocks
import Cryptography
import Domain
import OneMe
import Phrases
import Storage
import Transport

/// Signing in to MAX: by a code sent to a phone, by a QR code that a phone scans, or by a login made
/// elsewhere; then the password of accounts that have one.
///
/// The connection stays open between the steps, because the server ties the code to it.
actor MaxSignIn: SignInSession {
  /// The number that a code is sent to; nil for the other ways.
  private var phone: PhoneNumber?
  private let environment: AccountEnvironment
  private let settings: HubSettings
  /// Under the device id that this profile has.
  private var configuration: OneMeConfiguration
  /// As the server was found to want it.
  private var dialled: OneMeConfiguration
  private var hasFallenBack = false
  private var client: OneMeClient?
  private var challenge: CodeChallenge?
  private var passwordTrack: String?
  /// Whether the way leads to a login that was made elsewhere.
  private var isBroughtAlong = false
  /// Whether a login was made here that is not in use yet.
  private var hasNewLogin = false

  init(on hub: AccountHub) async throws(UserError) {
    // A device keeps its id over logins, and over those that fail: the server ties tokens to it, and
    // each new one stands in the account's list of devices.
    let fresh = hub.environment.random.uuid()
    let kept = try await hub.withStore { store in
      if let known = try await store.accounts.account(.max)?.deviceId { return known }
      return try await store.settings.value(.maxDevice, orKeeping: fresh)
    }
    self.environment = hub.environment
    settings = hub.settings
    configuration = OneMeConfiguration(
      device: kept, remembered: nil, hub.settings, random: hub.environment.random)
    dialled = configuration
  }

  func askWays() async throws(UserError) -> SignInOutput {
    let step = try await speaking { client throws(OneMeError) in
      .next(SignInOutput(next: await client.sendsCodes == false ? .noCodes : .answers))
    }
    guard case .next(let line) = step else { throw .noSignIn }
    return line
  }

  func begin(
    _ answers: SignInAnswers, showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep {
    switch answers.way {
    case SignInGuide.maxQR: try await scan(show)
    case SignInGuide.maxToken:
      try await enter(token: answers.secret("token") ?? Secret(""), device: answers["device"])
    default: try await requestCode(to: answers["phone"])
    }
  }

  func continues(with answers: SignInAnswers) -> Bool {
    guard answers.way == nil || answers.way == SignInGuide.maxCode, let phone else { return false }
    do throws(OneMeError) { return try PhoneNumber(answers["phone"]) == phone } catch {
      return false
    }
  }

  func login(with answers: SignInAnswers) throws(UserError) -> AccountRecord? {
    guard answers.way == nil || answers.way == SignInGuide.maxCode else { return nil }
    do throws(OneMeError) {
      let phone = try PhoneNumber(answers["phone"])
      return account(Secret(""), identifier: phone.description)
    } catch {
      throw UserError(error)
    }
  }

  /// Has a code sent, for the first time or again.
  private func requestCode(to number: String) async throws(UserError) -> SignInStep {
    let phone: PhoneNumber
    do throws(OneMeError) { phone = try PhoneNumber(number) } catch { throw UserError(error) }
    self.phone = phone
    return try await speaking { client throws(OneMeError) in
      if await client.sendsCodes == false { return .next(SignInOutput(next: .noCodes)) }
      do throws(OneMeError) {
        let challenge = try await client.requestCode(phone: phone, resend: self.challenge != nil)
        self.challenge = challenge
        return .next(
          SignInOutput(
            next: .code, codeLength: challenge.length ?? 6,
            resendAfterMs: challenge.resendAfter?.milliseconds))
      } catch {
        guard case .refused(let refusal) = error else { throw error }
        if refusal.kind == .codesRefused { return .next(SignInOutput(next: .noCodes)) }
        guard refusal.kind == .captchaNeeded else { throw error }
        let link = try await client.captchaLink(for: phone)
        return .next(SignInOutput(next: .captcha, link: link))
      }
    }
  }

  func enter(code: String) async throws(UserError) -> SignInStep {
    try await speaking { client throws(OneMeError) in
      guard let challenge else { throw .badCode }
      return try await step(after: try await client.enterCode(code, challenge: challenge), client)
    }
  }

  /// Shows codes, one after another as they expire, ten at most, until a phone lets this device in.
  private func scan(
    _ show: @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInStep {
    try await speaking { client throws(OneMeError) in
      // What a phone has let in is logged in to at once: better no code than one that leads nowhere.
      if let wait = await ProfileLogins(environment).untilNext() { throw .loginsSpent(wait) }
      for await state in client.signInByQR() {
        switch state {
        case .show(let code):
          await show(SignInOutput(next: .scan, link: code.link, expiresAt: code.expiresAt))
        case .signedIn(let signIn): return try await step(after: signIn, client)
        case .failed(let error): throw error
        case .expired, .approved: break
        }
      }
      throw .cancelled
    }
  }

  /// Takes over a login that was made elsewhere.
  ///
  /// - Parameters:
  ///   - token: bare, or what the web client keeps under `__oneme_auth`.
  ///   - device: the id of the device that the login was made with, `__oneme_device_id` there.
  private func enter(token: Secret, device: String) async throws(UserError) -> SignInStep {
    let device = device.filter { !$0.isWhitespace && $0 != "\"" }
    guard let login = StoredLogin(token.revealed) else { throw .badToken }
    guard (1...200).contains(device.utf8.count), device.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { throw .badDevice }
    configuration = OneMeConfiguration(
      device: device, remembered: nil, settings, random: environment.random)
    dialled = configuration
    isBroughtAlong = true
    return try await speaking { client throws(OneMeError) in
      .done(NewAccount(try await introduced(login.token, by: client)))
    }
  }

  func enter(password: Secret) async throws(UserError) -> SignInStep {
    do throws(UserError) {
      return try await speaking { client throws(OneMeError) in
        guard let passwordTrack else { throw .badCode }
        let token = try await client.enterPassword(password, trackId: passwordTrack)
        return .done(NewAccount(try await account(token, client)))
      }
    } catch {
      // No document says by which code: what a server refuses here are the credentials.
      guard error.kind == .refused, error.retryAfterMs == nil else { throw error }
      throw UserError(.credentials, code: error.code, error.message, hint: error.hint)
    }
  }

  func close() async {
    await client?.close()
    client = nil
  }

  /// Ends without a login. One that was made here is taken back as far as the server can be reached,
  /// so that no session is left that nobody uses; what was brought from elsewhere stays good there.
  func abandon() async {
    if hasNewLogin, let client {
      do throws(OneMeError) {
        try await client.logOut()
      } catch {
        environment.log("a sign-in that was given up could not be ended: \(error.message)")
      }
    }
    hasNewLogin = false
    await close()
  }

  /// Runs a step on the line, which is dialled when there is none.
  private func speaking(
    _ step: (OneMeClient) async throws(OneMeError) -> SignInStep
  ) async throws(UserError) -> SignInStep {
    do throws(OneMeError) {
      let client = try await line()
      let result = try await step(client)
      if case .done = result { hasNewLogin = !isBroughtAlong }
      return result
    } catch {
      throw UserError(error)
    }
  }

  private func line() async throws(OneMeError) -> OneMeClient {
    if let client, await client.ending == nil { return client }
    let client = try await OneMeClient.connect(
      dialled, network: environment.network, time: environment.time)
    self.client = client
    if await client.hasFallenBack {
      hasFallenBack = true
      // Not twice in one sign-in.
      dialled = configuration.inBinary
      environment.notify(.warning, Phrase.binaryNow.text)
    }
    return client
  }

  private func step(
    after signIn: OneMe.SignIn, _ client: OneMeClient
  ) async throws(OneMeError) -> SignInStep {
    switch signIn {
    case .token(let token): return .done(NewAccount(try await account(token, client)))
    case .passwordNeeded(let trackId, let hint):
      passwordTrack = trackId
      return .next(SignInOutput(next: .password, passwordHint: hint))
    case .registrationNeeded: throw .refused(.notRegistered)
    }
  }

  private func account(
    _ token: Secret, _ client: OneMeClient
  ) async throws(OneMeError) -> AccountRecord {
    guard let phone else { return try await introduced(token, by: client) }
    return account(token, identifier: phone.description)
  }

  /// A login whose owner nobody has named: the server does, at a first login on this line. Only then
  /// is it known whether what is stored here is theirs.
  private func introduced(
    _ token: Secret, by client: OneMeClient
  ) async throws(OneMeError) -> AccountRecord {
    if let wait = await ProfileLogins(environment).spend() { throw .loginsSpent(wait) }
    let snapshot = try await client.logIn(token: token, marker: 0)
    let profile = snapshot.profile
    let number = profile?.phone.map { "+\($0)" }
    var account = account(
      snapshot.token ?? token,
      identifier: number ?? profile.map { String($0.id) } ?? Service.max.title)
    account.userId = profile.map { String($0.id) }
    account.displayName = profile?.shownName
    return account
  }

  private func account(_ token: Secret, identifier: String) -> AccountRecord {
    AccountRecord(
      service: .max, url: configuration.url, identifier: identifier, secret: token,
      deviceId: configuration.deviceId,
      settings: AccountSettings(
        codec: configuration.isBinary ? "binary" : "json",
        textRefusedAt: hasFallenBack ? configuration.url : nil),
      createdAt: environment.time.wallTime)
  }
}

extension OneMeRefusal {
  /// A number without a MAX account: creating one is the phone app's business.
  fileprivate static let notRegistered = OneMeRefusal(
    code: "not-registered", detail: Phrase.notRegistered.text)
}

extension UserError {
  fileprivate static let badToken = UserError(
    .usage, code: "invalid-input", Phrase.badToken.text, hint: Phrase.badTokenHint.text)
  fileprivate static let badDevice = UserError(
    .usage, code: "invalid-input", Phrase.badDevice.text, hint: Phrase.badDeviceHint.text)
}
