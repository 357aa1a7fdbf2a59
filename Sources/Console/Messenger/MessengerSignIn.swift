import Cryptography
import OneMe
import Storage
import Transport

/// Signing in to MAX: phone number, code, and the password of accounts that have one.
///
/// The connection stays open between the steps, because the server ties the code to it.
actor MessengerSignIn {
  /// What has to be typed next.
  enum Step: Sendable, Equatable {
    /// The server sent a code of this many digits; another may be asked for after a while.
    case code(length: Int, resendAfter: Duration?)
    case password(hint: String?)
    case done(AccountRecord)
  }

  private let desk: DeskContext
  private let configuration: OneMeConfiguration
  nonisolated let phone: String
  private let number: PhoneNumber
  private var client: OneMeClient?
  private var challenge: CodeChallenge?
  private var passwordTrack: String?

  init(
    phone: String, configuration: OneMeConfiguration, desk: DeskContext
  ) throws(ConsoleError) {
    do throws(OneMeError) {
      number = try PhoneNumber(phone)
    } catch {
      throw ConsoleError(error)
    }
    self.phone = phone
    self.configuration = configuration
    self.desk = desk
  }

  /// Has a code sent, for the first time or again.
  func requestCode() async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      let challenge = try await client.requestCode(phone: number, resend: self.challenge != nil)
      self.challenge = challenge
      return .code(length: challenge.length ?? 6, resendAfter: challenge.resendAfter)
    }
  }

  func enter(code: String) async throws(ConsoleError) -> Step {
    try await speaking { client throws(OneMeError) in
      guard let challenge else { throw .badCode }
      switch try await client.enterCode(code, challenge: challenge) {
      case .token(let token): return .done(account(token))
      case .passwordNeeded(let trackId, let hint):
        passwordTrack = trackId
        return .password(hint: hint)
      case .registrationNeeded: throw .refused(.notRegistered)
      }
    }
  }

  func enter(password: Secret) async throws(ConsoleError) -> Step {
    do throws(ConsoleError) {
      return try await speaking { client throws(OneMeError) in
        guard let passwordTrack else { throw .badCode }
        return .done(account(try await client.enterPassword(password, trackId: passwordTrack)))
      }
    } catch {
      // No document says by which code: what a server refuses here are the credentials.
      guard error.kind == .refused else { throw error }
      throw ConsoleError(.credentials, code: error.code, error.message, hint: error.hint)
    }
  }

  func close() async {
    await client?.close()
    client = nil
  }

  /// Runs a step on the line, which is dialled when there is none.
  private func speaking(
    _ step: (OneMeClient) async throws(OneMeError) -> Step
  ) async throws(ConsoleError) -> Step {
    do throws(OneMeError) {
      let client = try await line()
      let result = try await step(client)
      if case .done = result { await close() }
      return result
    } catch {
      throw ConsoleError(error)
    }
  }

  private func line() async throws(OneMeError) -> OneMeClient {
    if let client, await client.ending == nil { return client }
    let client = try await OneMeClient.connect(
      configuration, network: desk.network, time: desk.time)
    self.client = client
    return client
  }

  private func account(_ token: Secret) -> AccountRecord {
    AccountRecord(
      service: .max, url: configuration.url, identifier: number.description, secret: token,
      deviceId: configuration.deviceId,
      settings: AccountSettings(codec: configuration.isBinary ? "binary" : "json"),
      createdAt: desk.time.wallTime)
  }
}

extension Refusal {
  /// A number without a MAX account: creating one is the phone app's business.
  fileprivate static let notRegistered = Refusal(
    code: "not-registered", detail: Phrase.notRegistered.text)
}
