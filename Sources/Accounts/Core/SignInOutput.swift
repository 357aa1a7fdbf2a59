/// What a sign-in step answers: done, or what has to be typed next.
package struct SignInOutput: Codable, Sendable, Equatable {
  /// What comes next.
  package enum Next: String, Codable, Sendable {
    /// The questions of a way in: nothing was begun yet.
    case answers
    /// Another way in: the server sends no codes to programs like this one.
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
  package var login: LoginOutput?

  package init(
    next: Next, codeLength: Int? = nil, resendAfterMs: Int64? = nil, link: String? = nil,
    expiresAt: Int64? = nil, passwordHint: String? = nil, login: LoginOutput? = nil
  ) {
    self.next = next
    self.codeLength = codeLength
    self.resendAfterMs = resendAfterMs
    self.link = link
    self.expiresAt = expiresAt
    self.passwordHint = passwordHint
    self.login = login
  }
}
