import Cryptography
import Database
import Domain
import Phrases
import Storage
import TextSecure

/// Has a code sent to a number or told to it: the first step of registering with a relay, and the way
/// to another code.
package struct SignInToTextSecure: DeskCall {
  package var number: String
  package var voice: Bool
  package var url: String?
  package var replace: Bool

  /// - Parameters:
  ///   - number: with `+` and its country code; spaces and dashes do no harm.
  ///   - voice: whether the code is told in a call instead of an SMS.
  ///   - url: the relay; nil for the one that this run was told, or that a login was made with.
  ///   - replace: whether the login of another number, or at another relay, may be erased.
  package init(
    number: String, voice: Bool = false, url: String? = nil, replace: Bool = false
  ) {
    self.number = number
    self.voice = voice
    self.url = url
    self.replace = replace
  }

  /// Emits what has to be typed next: the code. Throws `wouldReplace`, before any code is sent, where
  /// it would erase another login unasked.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    try await desk.beginRegistration(
      of: try PhoneNumberText.normalized(number), voice: voice, url: url, mayReplace: replace)
    await emit(SignInLine(next: .code, codeLength: 6))
  }
}

/// The code of a registration.
package struct EnterTextSecureCode: DeskCall {
  package var code: String

  /// - Parameter code: its digits; a dash between them does no harm.
  package init(code: String) { self.code = code }

  /// Emits the login; throws `.credentials` for a wrong code.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    await emit(SignInLine(next: .done, login: try await desk.finishRegistration(code: code)))
  }
}

extension Desk {
  fileprivate func beginRegistration(
    of number: String, voice: Bool, url: String?, mayReplace: Bool
  ) async throws(ConsoleError) {
    let known = try await reading { store in
      (try await store.accounts.account(.textsecure), try await store.secure.device())
    }
    guard let url = url ?? settings.textsecureURL ?? known.0?.url else { throw .noRelay }
    let configuration = RelayConfiguration(at: url, settings)
    try await checkReplacing(
      with: .init(
        service: .textsecure, url: configuration.url, identifier: number, secret: Secret(""),
        createdAt: context.time.wallTime), isAllowed: mayReplace)
    if registration?.number != number || registration?.url != configuration.url {
      // An installation belongs to its relay.
      let isSame = settings.isSandbox || known.0?.url == configuration.url
      let device = isSame ? known.1 : nil
      registration = try SecureSignIn(
        number: number, configuration: configuration, known: device, desk: context)
    }
    await registration?.setMayReplace(mayReplace)
    try await registration?.requestCode(voice: voice)
  }

  fileprivate func finishRegistration(
    code: String
  ) async throws(ConsoleError) -> LoginLine {
    guard let registration else {
      throw ConsoleError(
        .usage, code: "no-sign-in", Phrase.noSignIn.text, hint: Phrase.noSignInHint.text)
    }
    let (account, device) = try await registration.enter(code: code)
    self.registration = nil
    let mayReplace = await registration.mayReplace
    try await adopt(account, replacing: mayReplace) { store throws(DatabaseError) in
      try await store.secure.register(device, account)
    }
    let link = try await settledLink(of: .textsecure)
    if case .stopped(let error) = link.state { throw error }
    return LoginLine(service: .textsecure, state: link.state.word, account: link.account)
  }
}
