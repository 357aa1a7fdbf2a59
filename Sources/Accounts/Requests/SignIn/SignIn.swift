import Cryptography
import Domain
import Phrases
import Storage

/// Signing in to a service: the first step, and the way to another code.
package struct SignIn: Request {
  package static let timeoutRule: TimeoutRule = .untilFirstLine

  package var service: Service
  package var answers: SignInAnswers
  package var replace: Bool

  /// - Parameters:
  ///   - answers: to the questions of one of the service's ways in.
  ///   - replace: whether the login of somebody else may be erased.
  package init(service: Service, answers: SignInAnswers, replace: Bool = false) {
    self.service = service
    self.answers = answers
    self.replace = replace
  }

  /// Emits each code to be scanned as it is made, then what has to be typed next, or the login.
  /// Cancelling gives up. Throws `would-replace`, as early as it is known, where it would erase another
  /// login unasked.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) {
    await emit(
      try await hub.signIns.begin(
        to: service, answers, replacing: replace, on: hub, showing: emit))
  }
}

/// What becomes of a sign-in that would erase the login of somebody else, after `would-replace`.
package struct ReplaceLogin: Request {
  package static let timeoutRule: TimeoutRule = .untilFirstLine

  package var service: Service
  package var replace: Bool

  /// - Parameter replace: whether the earlier login is erased; else the new one is given up.
  package init(service: Service, replace: Bool) {
    self.service = service
    self.replace = replace
  }

  package var hasEffects: Bool { replace }

  /// Emits what comes next: `answers` after a no.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) {
    await emit(
      try await hub.signIns.answerReplacing(to: service, replace, on: hub, showing: emit))
  }
}

/// How one may sign in to a service, by what its server says before anything is answered.
package struct AskSignInWays: Request {
  package var service: Service

  /// What a sign-in waits for meanwhile stays.
  package init(service: Service) { self.service = service }

  /// Emits `answers`, or `noCodes` where codes are not sent.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) {
    let asking = try await hub.newSignIn(to: service)
    do throws(UserError) {
      let ways = try await asking.askWays()
      await asking.close()
      await emit(ways)
    } catch {
      await asking.close()
      throw error
    }
  }
}

/// The code of a sign-in.
package struct EnterCode: Request {
  package var service: Service
  package var code: String

  /// - Parameter code: its digits; a dash between them does no harm.
  package init(service: Service, code: String) {
    self.service = service
    self.code = code
  }

  /// Emits what has to be typed next, or the login; throws `.credentials` for a wrong code.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) {
    await emit(
      try await hub.signIns.advance(to: service, on: hub) { session throws(UserError) in
        try await session.enter(code: code)
      })
  }
}

/// The password of an account that has one.
package struct EnterPassword: Request {
  package var service: Service
  package var password: Secret

  package init(service: Service, password: Secret) {
    self.service = service
    self.password = password
  }

  /// Emits the login; throws `.credentials` for a wrong password.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (SignInOutput) async -> Void
  ) async throws(UserError) {
    // A server counts it as a wrong one.
    guard !password.revealed.isEmpty else { throw .emptyPassword }
    await emit(
      try await hub.signIns.advance(to: service, on: hub) { session throws(UserError) in
        try await session.enter(password: password)
      })
  }
}

/// Ends the session of a service and forgets what it sent; orders and their journal stay.
package struct SignOut: Request {
  package var service: Service
  package var hasEffects: Bool { true }

  /// - Parameter service: one that somebody is signed in to.
  package init(service: Service) { self.service = service }

  /// Emits one empty output. The server is told if it can be reached; it is forgotten here anyway.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    try await hub.logOut(service)
    await emit(NoOutput())
  }
}
