import JSON

/// An error of the server's, in its own words (MAX protocol notes §2.5).
///
/// Servers answer with `cmd` 3 and four texts; the seed's form is a `payload.error` alone. All
/// texts are untrusted and cut to 500 Unicode scalars.
public struct OneMeRefusal: Sendable, Equatable {
  /// What an error means to this client; derived from `code`.
  public enum Kind: Sendable, Equatable {
    /// The login token is void or belongs to another kind of client.
    case signInAgain
    case clientTooOld
    case flood
    case wrongCode
    case codeExpired
    case wrongPhone
    /// Of the account's password beside the code.
    case wrongPassword
    /// No codes are sent to programs like this one: `OneMeClient.signInByQR(codes:)` is the way in.
    case codesRefused
    /// A person has to prove to be one: `OneMeClient.captchaLink(for:)`.
    case captchaNeeded
    case blocked
    /// The account may not do this, such as write to a stranger.
    case notAllowed
    /// An upload is still being processed: send the message again a little later.
    case notReady
    case notFound
    /// A request before login.
    case notSignedIn
    case serverBusy
    /// The server did not understand the request.
    case protocolMismatch
    case other
  }

  /// Such as "login.token"; in the seed's form a sentence.
  public private(set) var code: String
  /// What it means to this client, by `code` and, for a void token, `detail`.
  public private(set) var kind: Kind
  /// A technical text.
  public var detail: String?
  /// A short text for people.
  public var title: String?
  /// A longer text for people.
  public var explanation: String?

  /// An error with these texts, cut to their bound.
  public init(
    code: String, detail: String? = nil, title: String? = nil, explanation: String? = nil
  ) {
    self.code = OneMeRefusal.cut(code)
    self.detail = detail.map(OneMeRefusal.cut)
    kind = OneMeRefusal.kind(code: self.code, detail: self.detail)
    self.title = title.map(OneMeRefusal.cut)
    self.explanation = explanation.map(OneMeRefusal.cut)
  }

  /// What to show: the title with the explanation, else the best there is.
  public var text: String {
    switch (title, explanation) {
    case (let title?, let explanation?):
      // Some texts begin with their title.
      explanation.lowercased().hasPrefix(title.lowercased())
        ? explanation : "\(title): \(explanation)"
    case (let text?, nil), (nil, let text?): text
    case (nil, nil): detail.map { $0 == code ? code : "\($0) (\(code))" } ?? code
    }
  }

  /// The same as an answer to a password: there `login.cred` means that it was wrong, not that the
  /// login token is void.
  var ofPassword: OneMeRefusal {
    var refusal = self
    if code == "login.cred" || detail == "FAIL_WRONG_PASSWORD" { refusal.kind = .wrongPassword }
    return refusal
  }

  /// The same as an answer to the request for a code, where being busy for ever is how the server says
  /// that a web client gets none (MAX protocol notes §2.6).
  var ofCode: OneMeRefusal {
    var refusal = self
    let isForbidden = [code, detail].compactMap(\.self).contains {
      $0.lowercased().replacing(".", with: " ").contains("auth forbidden")
    }
    if kind == .serverBusy || isForbidden { refusal.kind = .codesRefused }
    return refusal
  }

  private static func kind(code: String, detail: String?) -> Kind {
    if deadSession.contains(code) || detail.map(deadSession.contains) == true {
      return .signInAgain
    }
    if let kind = kinds[code] { return kind }
    if code.hasSuffix(".blocked") { return .blocked }
    let words = code.lowercased().replacing("_", with: ".").replacing("-", with: ".")
    if floods.contains(where: { words.contains($0) }) { return .flood }
    if code.contains("captcha") { return .captchaNeeded }
    // Whatever else is wrong with a login, repeating it makes it worse.
    return code.hasPrefix("login.") ? .signInAgain : .other
  }

  private static let deadSession: Set<String> = ["FAIL_LOGIN_TOKEN", "FAIL_LOGOUT_ALL"]

  /// What is in the codes by which servers ask for patience, whatever it was too many of.
  private static let floods = ["flood", "too.many", "toomany", "error.limit", "rate.limit"]

  private static let kinds: [String: Kind] = [
    "client.unsupported-version": .clientTooOld,
    "error.limit.violate": .flood,
    "code.limit": .flood,
    "error.code.attempt.limit": .flood,
    "auth.invalid.code": .wrongCode,
    "error.code.wrong": .wrongCode,
    "error.code.expired": .codeExpired,
    "track.not.found": .codeExpired,
    "error.phone.wrong": .wrongPhone,
    "error.password.wrong": .wrongPassword,
    "error.user.restricted.send": .notAllowed,
    "chat.not.access": .notAllowed,
    "not.chat.participant": .notAllowed,
    "attachment.not.ready": .notReady,
    "not.found": .notFound,
    "chat.not.found": .notFound,
    "chat.not-found": .notFound,
    "proto.state": .notSignedIn,
    "proto.payload": .protocolMismatch,
    "proto.opcode": .protocolMismatch,
    "service.unavailable": .serverBusy,
  ]

  /// Counts scalars: a single character may be as long as the message.
  private static func cut(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.prefix(500)))
  }
}

extension OneMeRefusal {
  /// The error in an answer's payload: `cmd` 3 is one whatever it says, `cmd` 2 means that there is no
  /// such thing, and `cmd` 1 is one if it has a non-empty `error`.
  init?(in payload: @autoclosure () -> TreeObject?, command: FrameHeader.Command) {
    // Nothing of what nobody asked for is looked at.
    guard command != .request else { return nil }
    let payload = payload()
    let named = payload?.text("error").flatMap { $0.isEmpty ? nil : $0 }
    let code: String
    switch command {
    case .request: return nil
    case .answer:
      guard let named else { return nil }
      code = named
    case .notFound: code = named ?? "not.found"
    case .error: code = named ?? payload?.text("message") ?? "error"
    }
    self.init(
      code: code, detail: payload?.text("message"), title: payload?.text("title"),
      explanation: payload?.text("localizedMessage") ?? payload?.text("description"))
  }
}
