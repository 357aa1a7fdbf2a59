import Clocks
import Cryptography
import Domain
import OneMe
import Phrases
import Storage

/// What a sign-in step answers: done, or what has to be typed next.
package struct SignInLine: Codable, Sendable, Equatable {
  /// What comes next.
  package enum Next: String, Codable, Sendable {
    /// A telephone number, for a code: nothing was begun yet.
    case phone
    /// Signing in by QR code: the server sends no codes to programs like this one.
    case noCodes = "no-codes"
    /// The code that was sent.
    case code
    /// Proving to be a person at `link` in a browser; then the first step again.
    case captcha
    /// Scanning `link` as a QR code with a signed-in phone; whatever comes next follows by itself.
    case scan
    /// The account's password.
    case password
    /// Nothing: signed in.
    case done
  }

  /// What comes next.
  package var next: Next
  /// Digits of the code.
  package var codeLength: Int?
  /// Milliseconds until another code may be asked for.
  package var resendAfterMs: Int64?
  /// Where to prove to be a person, or what the QR code says: whoever opens that one on a signed-in
  /// phone lets this device in.
  package var link: String?
  /// Until when the QR code is good, in wall-clock milliseconds.
  package var expiresAt: Int64?
  /// The account owner's own hint to the password.
  package var passwordHint: String?
  /// Set when done.
  package var login: LoginLine?
}

/// Has a code sent to a phone number: the first step of signing in to MAX, and the way to another
/// code.
package struct SignInToMax: DeskCall {
  package var phone: String
  package var replace: Bool

  /// - Parameters:
  ///   - phone: with its country code; spaces and dashes do no harm.
  ///   - replace: whether the login of another number may be erased.
  package init(phone: String, replace: Bool = false) {
    self.phone = phone
    self.replace = replace
  }

  /// Emits what has to be typed next: the code. Throws `wouldReplace`, before any code is sent, where
  /// it would erase another login unasked.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(try await desk.beginSignIn(phone: phone, mayReplace: replace))
  }
}

/// How one may sign in to MAX, by what its server says when it is greeted.
package struct AskMaxWays: DeskCall {
  /// What a sign-in waits for meanwhile stays.
  package init() {}

  /// Emits `phone`, or `noCodes` where only a QR code leads in.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    let asking = try await desk.newSignIn()
    do throws(ConsoleError) {
      let ways = try await asking.askWays()
      await asking.close()
      await emit(SignInLine(ways))
    } catch {
      await asking.close()
      throw error
    }
  }
}

/// The code that was sent.
package struct EnterMaxCode: DeskCall {
  package var code: String

  /// - Parameter code: its digits.
  package init(code: String) { self.code = code }

  /// Emits what has to be typed next, or the login; throws `.credentials` for a wrong code.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(
      try await desk.continueSignIn { signIn throws(ConsoleError) in
        try await signIn.enter(code: code)
      })
  }
}

/// The password of an account that has one beside the code.
package struct EnterMaxPassword: DeskCall {
  package var password: Secret

  /// - Parameter password: as typed, spaces included.
  package init(password: Secret) { self.password = password }

  /// Emits the login; throws `.credentials` for a wrong password.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    // A server counts it as a wrong one.
    guard !password.revealed.isEmpty else { throw .emptyPassword }
    await emit(
      try await desk.continueSignIn { signIn throws(ConsoleError) in
        try await signIn.enter(password: password)
      })
  }
}

/// What becomes of a sign-in whose owner was known only at its end, after `wouldReplace`.
package struct ReplaceMaxLogin: DeskCall {
  package var replace: Bool

  /// - Parameter replace: whether the earlier login is erased; else the new one is given up.
  package init(replace: Bool) { self.replace = replace }

  /// Emits the login, or that there is none.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(try await desk.endSignIn(replacing: replace))
  }
}

extension Desk {
  fileprivate func beginSignIn(
    phone: String, mayReplace: Bool
  ) async throws(ConsoleError) -> SignInLine {
    let number: PhoneNumber
    do throws(OneMeError) {
      number = try PhoneNumber(phone)
    } catch {
      throw ConsoleError(error)
    }
    if signIn?.phone != number { _ = try await beginSignIn(phone: number) }
    if let signIn {
      try await checkReplacing(
        with: AccountRecord(
          service: .max, url: signIn.url, identifier: number.description, secret: Secret(""),
          createdAt: context.time.wallTime), isAllowed: mayReplace)
      await signIn.setMayReplace(mayReplace)
    }
    return try await continueSignIn { signIn throws(ConsoleError) in
      try await signIn.requestCode()
    }
  }

  /// - Parameters:
  ///   - phone: nil for a sign-in without a code.
  ///   - device: nil for the one this profile has, or a new one.
  ///   - mayReplace: whether the login of somebody else may be erased.
  func beginSignIn(
    phone: PhoneNumber? = nil, device: String? = nil, replacing mayReplace: Bool = false
  ) async throws(ConsoleError) -> MessengerSignIn {
    let begun = try await newSignIn(phone: phone, device: device, replacing: mayReplace)
    await signIn?.abandon()
    signIn = begun
    return begun
  }

  /// One that nobody goes on with but who has it.
  fileprivate func newSignIn(
    phone: PhoneNumber? = nil, device: String? = nil, replacing mayReplace: Bool = false
  ) async throws(ConsoleError) -> MessengerSignIn {
    // A device keeps its id over logins, and over those that fail: the server ties tokens to it, and
    // each new one stands in the account's list of devices.
    let fresh = context.random.uuid()
    let kept = try await reading { store in
      if let known = try await store.accounts.account(.max)?.deviceId { return known }
      return try await store.settings.value(.maxDevice, orKeeping: fresh)
    }
    return MessengerSignIn(
      phone: phone, replacing: mayReplace,
      configuration: OneMeConfiguration(
        device: device ?? kept, remembered: nil, settings, random: context.random),
      desk: context)
  }

  /// Another sign-in may have begun meanwhile: that one stays. So does one that has come to its end
  /// and waits for a person's word.
  package func giveUp(_ given: MessengerSignIn, after error: ConsoleError) async {
    guard error.code != ConsoleError.wouldReplaceCode else { return }
    if signIn === given { signIn = nil }
    await given.close()
  }

  fileprivate func endSignIn(replacing mayReplace: Bool) async throws(ConsoleError) -> SignInLine {
    guard let signIn, let login = await signIn.login else { throw .noSignIn }
    if mayReplace { return try await finish(signIn, as: login, replacing: true) }
    self.signIn = nil
    await signIn.abandon()
    return SignInLine(next: .phone)
  }

  func continueSignIn(
    _ step: (MessengerSignIn) async throws(ConsoleError) -> MessengerSignIn.Step
  ) async throws(ConsoleError) -> SignInLine {
    guard let signIn else { throw .noSignIn }
    let step = try await step(signIn)
    // Another sign-in may have begun meanwhile.
    guard self.signIn === signIn else { throw ConsoleError(OneMeError.cancelled) }
    guard case .done(let account) = step else { return SignInLine(step) }
    return try await finish(signIn, as: account, replacing: await signIn.mayReplace)
  }

  /// Takes a login into use; where that would erase another one unasked, the sign-in waits.
  private func finish(
    _ signIn: MessengerSignIn, as account: AccountRecord, replacing mayReplace: Bool
  ) async throws(ConsoleError) -> SignInLine {
    try await checkReplacing(with: account, isAllowed: mayReplace)
    self.signIn = nil
    await signIn.close()
    try await adopt(account, replacing: mayReplace)
    let link = try await settledLink(of: .max)
    if case .stopped(let error) = link.state { throw error }
    var login = LoginLine(service: .max, state: link.state.word, account: link.account)
    login.codec = link.codec == "binary" ? link.codec : nil
    return SignInLine(next: .done, login: login)
  }
}

extension ConsoleError {
  fileprivate static let noSignIn = ConsoleError(
    .usage, code: "no-sign-in", Phrase.noSignIn.text, hint: Phrase.noSignInHint.text)
}

extension SignInLine {
  /// A step that something is still to be done for.
  package init(_ step: MessengerSignIn.Step) {
    switch step {
    case .code(let length, let resendAfter):
      self.init(next: .code, codeLength: length, resendAfterMs: resendAfter?.milliseconds)
    case .captcha(let link): self.init(next: .captcha, link: link)
    case .scan(let link, let expiresAt):
      self.init(next: .scan, link: link, expiresAt: expiresAt)
    case .phone: self.init(next: .phone)
    case .noCodes: self.init(next: .noCodes)
    case .password(let hint): self.init(next: .password, passwordHint: hint)
    case .done: self.init(next: .done)
    }
  }
}
