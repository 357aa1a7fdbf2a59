import Cryptography

extension OneMeClient {
  /// Has a code sent to `phone` (seed 000, VerificationRequest); `resend` asks for another one.
  ///
  /// - Throws: `refused` with kind `wrongPhone`, `flood` or `codesRefused`, among others.
  public func requestCode(
    phone: PhoneNumber, resend: Bool = false
  ) async throws(OneMeError)
    -> CodeChallenge
  {
    do throws(OneMeError) {
      return try await ask(
        .requestCode,
        [
          "phone": phone.description, "type": resend ? "RESEND" : "START_AUTH",
          "language": configuration.locale,
        ])
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      throw .refused(refusal.ofCode)
    }
  }

  /// Hands in the code that was sent (seed 000, CodeEnter). Spaces and dashes in it do not matter.
  ///
  /// - Throws: `badCode` for what no code looks like; `refused` with kind `wrongCode`, `codeExpired`
  ///   or `flood`, among others.
  public func enterCode(_ code: String, challenge: CodeChallenge) async throws(OneMeError) -> SignIn
  {
    let bare = code.filter { !$0.isWhitespace && $0 != "-" }
    guard (1...32).contains(bare.count), bare.allSatisfy({ $0.isLetter || $0.isNumber }) else {
      throw .badCode
    }
    return try await ask(
      .enterCode,
      [
        "token": challenge.token.revealed, "verifyCode": bare, "authTokenType": "CHECK_CODE",
      ])
  }

  /// Hands in the account's password after `SignIn.passwordNeeded` (opcode 115, MAX protocol notes
  /// §2.6).
  ///
  /// - Returns: the login token, to be kept.
  /// - Throws: `refused` with kind `wrongPassword`, `codeExpired` (start again) or `flood`, among
  ///   others.
  public func enterPassword(_ password: Secret, trackId: String) async throws(OneMeError) -> Secret
  {
    let signIn: SignIn
    do throws(OneMeError) {
      signIn = try await ask(
        .enterPassword, ["trackId": trackId, "password": password.revealed])
    } catch {
      guard case .refused(let refusal) = error else { throw error }
      throw .refused(refusal.ofPassword)
    }
    guard case .token(let token) = signIn else {
      throw .malformed(.enterPassword, "there is no login token")
    }
    return token
  }

  /// Where a person proves to be one, in a browser; after that the code can be asked for again
  /// (opcode 224, MAX protocol notes §2.6).
  public func captchaLink(for phone: PhoneNumber) async throws(OneMeError) -> String {
    try await ask(.captcha, ["source": "auth", "identifier": phone.description]) {
      try $0.decode(String.self, forKey: "link")
    }
  }
}
