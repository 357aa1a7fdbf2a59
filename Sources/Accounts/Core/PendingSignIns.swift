import Domain
import Storage

/// The sign-ins that wait for an answer of a person, at most one for each service.
///
/// A sign-in takes several requests: the first one begins it, later ones bring a code or a password, or
/// the permission to erase another login. Between them it is kept here. When the server has let the
/// person in, the hub takes the new account into use.
package actor PendingSignIns {
  /// A sign-in between two requests.
  private struct Pending {
    let session: any SignInSession
    /// What it was begun with.
    var answers: SignInAnswers
    /// Whether the login of somebody else may be erased for it.
    var mayReplace: Bool
    /// What the sign-in has led to, while the person has not yet allowed that another login is erased.
    var account: NewAccount?
  }

  private var pending: [Service: Pending] = [:]

  init() {}

  /// Begins to sign in, or goes on with a sign-in to which these answers belong.
  ///
  /// - Parameter mayReplace: whether the login of somebody else may be erased. Without that the sign-in
  ///   waits for a word of the person, and `would-replace` is thrown.
  func begin(
    to service: Service, _ answers: SignInAnswers, replacing mayReplace: Bool, on hub: AccountHub,
    showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInOutput {
    let session: any SignInSession
    let login: AccountRecord?
    if let waiting = pending[service], await waiting.session.continues(with: answers) {
      session = waiting.session
      login = try await session.login(with: answers)
      pending[service]?.answers = answers
      pending[service]?.mayReplace = waiting.mayReplace || mayReplace
    } else {
      session = try await hub.newSignIn(to: service)
      login = try await session.login(with: answers)
      await pending[service]?.session.abandon()
      pending[service] = Pending(session: session, answers: answers, mayReplace: mayReplace)
    }
    if let login {
      let isAllowed = pending[service]?.mayReplace ?? mayReplace
      try await hub.checkReplacing(with: login, isAllowed: isAllowed)
    }
    do throws(UserError) {
      return try await advance(to: service, on: hub) { session throws(UserError) in
        try await session.begin(answers, showing: show)
      }
    } catch {
      if error.code != UserError.wouldReplaceCode, await !session.continues(with: answers) {
        // Another sign-in may have begun meanwhile: that one stays.
        if pending[service]?.session === session { pending[service] = nil }
        await session.close()
      }
      throw error
    }
  }

  /// Brings what the person has answered to the sign-in that waits for it; throws `no-sign-in` if none
  /// does.
  func advance(
    to service: Service, on hub: AccountHub,
    _ step: @Sendable (any SignInSession) async throws(UserError) -> SignInStep
  ) async throws(UserError) -> SignInOutput {
    guard let session = pending[service]?.session else { throw .noSignIn }
    let step = try await step(session)
    // Another sign-in may have begun meanwhile.
    guard pending[service]?.session === session else { throw .signInReplaced }
    switch step {
    case .next(let output): return output
    case .done(let account):
      pending[service]?.account = account
      return try await finish(
        service, replacing: pending[service]?.mayReplace ?? false, on: hub)
    }
  }

  /// Goes on with a sign-in that would erase the login of somebody else, or gives it up.
  func answerReplacing(
    to service: Service, _ mayReplace: Bool, on hub: AccountHub,
    showing show: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) -> SignInOutput {
    guard let waiting = pending[service] else { throw .noSignIn }
    guard mayReplace else {
      pending[service] = nil
      await waiting.session.abandon()
      return SignInOutput(next: .answers)
    }
    guard waiting.account != nil else {
      return try await begin(
        to: service, waiting.answers, replacing: true, on: hub, showing: show)
    }
    return try await finish(service, replacing: true, on: hub)
  }

  /// Ends the connections of all that wait.
  func close() async {
    for waiting in pending.values { await waiting.session.close() }
  }

  /// Takes the new account into use; where that would erase another one unasked, the sign-in waits.
  private func finish(
    _ service: Service, replacing mayReplace: Bool, on hub: AccountHub
  ) async throws(UserError) -> SignInOutput {
    guard let waiting = pending[service], let account = waiting.account else { throw .noSignIn }
    try await hub.checkReplacing(with: account.record, isAllowed: mayReplace)
    pending[service] = nil
    await waiting.session.close()
    try await hub.adopt(account)
    let status = try await hub.settledStatus(of: service)
    if case .stopped(let error) = status.state { throw error }
    let settings = account.record.settings
    var login = LoginOutput(
      service: service, state: status.state.word, account: status.account,
      dialect: settings.dialect, keyOrder: settings.keyOrder)
    login.codec = status.codec == "binary" ? status.codec : nil
    return SignInOutput(next: .done, login: login)
  }
}
