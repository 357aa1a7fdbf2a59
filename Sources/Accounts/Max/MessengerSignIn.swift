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
package actor MessengerSignIn {
  /// What has to be done next.
  package enum Step: Sendable, Equatable {
    /// The server sent a code of this many digits; another may be asked for after a while.
    case code(length: Int, resendAfter: Duration?)
    /// The server sends codes, as far as it says: to which number?
    case phone
    /// The server sends no codes to programs like this one: a phone has to scan a QR code.
    case noCodes
    /// A person has to prove to be one in a browser, then ask for the code again.
    case captcha(link: String)
    /// A signed-in phone has to scan this, until a moment of the wall clock.
    case scan(link: String, expiresAt: Int64)
    case password(hint: String?)
    case done(AccountRecord)
  }

  /// The number that a code is sent to; nil for the other ways.
  nonisolated let phone: PhoneNumber?
  /// The address of the server.
  nonisolated let url: String
  /// Whether the login of somebody else may be erased for this one.
  private(set) var mayReplace: Bool
  /// The login that this has led to, until it is taken into use.
  private(set) var login: AccountRecord?
  /// Whether the login was made here, not brought along from elsewhere.
  private var isOwnSession = true
  private let desk: DeskContext
  private let configuration: OneMeConfiguration
  /// As the server was found to want it.
  private var dialled: OneMeConfiguration
  private var hasFallenBack = false
  private var client: OneMeClient?
  private var challenge: CodeChallenge?
  private var passwordTrack: String?

  /// - Parameters:
  ///   - phone: nil for a sign-in without a code.
  ///   - mayReplace: whether the login of somebody else may be erased for this one.
  init(
    phone: PhoneNumber? = nil, replacing mayReplace: Bool = false,
    configuration: OneMeConfiguration, desk: DeskContext
  ) {
    self.phone = phone
    self.mayReplace = mayReplace
    url = configuration.url
    self.configuration = configuration
    dialled = configuration
    self.desk = desk
  }

  /// What the person said last.
  func setMayReplace(_ mayReplace: Bool) { self.mayReplace = mayReplace }

  /// Asks the server how one may sign in.
  func askWays() async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      await client.sendsCodes == false ? .noCodes : .phone
    }
  }

  /// Has a code sent, for the first time or again.
  func requestCode() async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      guard let phone else { throw .badCode }
      if await client.sendsCodes == false { return .noCodes }
      do throws(OneMeError) {
        let challenge = try await client.requestCode(phone: phone, resend: self.challenge != nil)
        self.challenge = challenge
        return .code(length: challenge.length ?? 6, resendAfter: challenge.resendAfter)
      } catch {
        guard case .refused(let refusal) = error else { throw error }
        if refusal.kind == .codesRefused { return .noCodes }
        guard refusal.kind == .captchaNeeded else { throw error }
        return .captcha(link: try await client.captchaLink(for: phone))
      }
    }
  }

  func enter(code: String) async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      guard let challenge else { throw .badCode }
      return try await step(after: try await client.enterCode(code, challenge: challenge), client)
    }
  }

  /// Shows codes, one after another as they expire, until a phone lets this device in.
  func scan(_ show: @Sendable (Step) async -> Void) async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      // What a phone has let in is logged in to at once: better no code than one that leads nowhere.
      if let wait = await ProfileLogins(desk).untilNext() { throw .loginsSpent(wait) }
      for await state in client.signInByQR() {
        switch state {
        case .show(let code): await show(.scan(link: code.link, expiresAt: code.expiresAt))
        case .signedIn(let signIn): return try await step(after: signIn, client)
        case .failed(let error): throw error
        case .expired, .approved: break
        }
      }
      throw .cancelled
    }
  }

  /// Takes over a login that was made elsewhere.
  func enter(token: Secret) async throws(ConsoleError) -> Step {
    isOwnSession = false
    return try await speaking { client throws(OneMeError) in
      .done(try await introduced(token, by: client))
    }
  }

  func enter(password: Secret) async throws(ConsoleError) -> Step {
    do throws(ConsoleError) {
      return try await speaking { client throws(OneMeError) in
        guard let passwordTrack else { throw .badCode }
        let token = try await client.enterPassword(password, trackId: passwordTrack)
        return .done(try await account(token, client))
      }
    } catch {
      // No document says by which code: what a server refuses here are the credentials.
      guard error.kind == .refused, error.retryAfterMs == nil else { throw error }
      throw ConsoleError(.credentials, code: error.code, error.message, hint: error.hint)
    }
  }

  func close() async {
    await client?.close()
    client = nil
  }

  /// Ends without a login. One that was made here is taken back as far as the server can be reached,
  /// so that no session is left that nobody uses; what was brought from elsewhere stays good there.
  func abandon() async {
    if login != nil, isOwnSession, let client {
      do throws(OneMeError) {
        try await client.logOut()
      } catch {
        desk.log("a sign-in that was given up could not be ended: \(error.message)")
      }
    }
    login = nil
    await close()
  }

  /// Runs a step on the line, which is dialled when there is none.
  private func speaking(
    _ step: (OneMeClient) async throws(OneMeError) -> Step
  ) async throws(ConsoleError) -> Step {
    do throws(OneMeError) {
      let client = try await line()
      let result = try await step(client)
      if case .done(let login) = result { self.login = login }
      return result
    } catch {
      throw ConsoleError(error)
    }
  }

  private func line() async throws(OneMeError) -> OneMeClient {
    if let client, await client.ending == nil { return client }
    let client = try await OneMeClient.connect(
      dialled, network: desk.network, time: desk.time)
    self.client = client
    if await client.hasFallenBack {
      hasFallenBack = true
      // Not twice in one sign-in.
      dialled = configuration.inBinary
      desk.notify(.warning, Phrase.binaryNow.text)
    }
    return client
  }

  private func step(
    after signIn: SignIn, _ client: OneMeClient
  ) async throws(OneMeError) -> Step {
    switch signIn {
    case .token(let token): return .done(try await account(token, client))
    case .passwordNeeded(let trackId, let hint):
      passwordTrack = trackId
      return .password(hint: hint)
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
    if let wait = await ProfileLogins(desk).spend() { throw .loginsSpent(wait) }
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
        textRefusedAt: hasFallenBack ? configuration.url : nil), createdAt: desk.time.wallTime)
  }
}

extension Refusal {
  /// A number without a MAX account: creating one is the phone app's business.
  fileprivate static let notRegistered = Refusal(
    code: "not-registered", detail: Phrase.notRegistered.text)
}
