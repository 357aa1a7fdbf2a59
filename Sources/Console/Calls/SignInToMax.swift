import Cryptography
import OneMe

/// What a sign-in step answers: done, or what has to be typed next.
public struct SignInLine: Codable, Sendable, Equatable {
  /// What comes next.
  public enum Next: String, Codable, Sendable {
    /// The code that was sent.
    case code
    /// The account's password.
    case password
    /// Nothing: signed in.
    case done
  }

  /// What comes next.
  public var next: Next
  /// Digits of the code.
  public var codeLength: Int?
  /// Milliseconds until another code may be asked for.
  public var resendAfterMs: Int64?
  /// The account owner's own hint to the password.
  public var passwordHint: String?
  /// Set when done.
  public var login: LoginLine?
}

/// Has a code sent to a phone number: the first step of signing in to MAX, and the way to another
/// code.
public struct SignInToMax: DeskCall {
  var phone: String

  /// - Parameter phone: with its country code; spaces and dashes do no harm.
  public init(phone: String) { self.phone = phone }

  /// Emits what has to be typed next: the code.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(try await desk.beginSignIn(phone: phone))
  }
}

/// The code that was sent.
public struct EnterMaxCode: DeskCall {
  var code: String

  /// - Parameter code: its digits.
  public init(code: String) { self.code = code }

  /// Emits what has to be typed next, or the login; throws `.credentials` for a wrong code.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(
      try await desk.continueSignIn { signIn throws(ConsoleError) in
        try await signIn.enter(code: code)
      })
  }
}

/// The password of an account that has one beside the code.
public struct EnterMaxPassword: DeskCall {
  var password: Secret

  /// - Parameter password: as typed, spaces included.
  public init(password: Secret) { self.password = password }

  /// Emits the login; throws `.credentials` for a wrong password.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(
      try await desk.continueSignIn { signIn throws(ConsoleError) in
        try await signIn.enter(password: password)
      })
  }
}

extension Desk {
  fileprivate func beginSignIn(phone: String) async throws(ConsoleError) -> SignInLine {
    if signIn?.phone != phone {
      // A device keeps its id over logins: the server ties tokens to it.
      let known = try await reading { store in try await store.accounts.account(.max) }
      let configuration = messengerConfiguration(device: known?.deviceId, remembered: nil)
      await signIn?.close()
      signIn = try MessengerSignIn(phone: phone, configuration: configuration, desk: context)
    }
    return try await continueSignIn { signIn throws(ConsoleError) in
      try await signIn.requestCode()
    }
  }

  fileprivate func continueSignIn(
    _ step: (MessengerSignIn) async throws(ConsoleError) -> MessengerSignIn.Step
  ) async throws(ConsoleError) -> SignInLine {
    guard let signIn else {
      throw ConsoleError(
        .usage, code: "no-sign-in", Phrase.noSignIn.text, hint: Phrase.noSignInHint.text)
    }
    switch try await step(signIn) {
    case .code(let length, let resendAfter):
      return SignInLine(
        next: .code, codeLength: length, resendAfterMs: resendAfter?.milliseconds)
    case .password(let hint):
      return SignInLine(next: .password, passwordHint: hint)
    case .done(let account):
      self.signIn = nil
      try await adopt(account)
      let link = try await settledLink(of: .max)
      if case .stopped(let error) = link.lamp { throw error }
      return SignInLine(
        next: .done,
        login: LoginLine(service: .max, state: link.lamp.word, account: link.account))
    }
  }
}
