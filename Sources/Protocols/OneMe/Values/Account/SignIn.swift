import Cryptography
import JSON

/// The server's answer to a request for a code (seed 000, VerificationRequest).
public struct CodeChallenge: Sendable, Equatable {
  /// Goes back with the code.
  public var token: Secret
  /// How many digits the code has.
  public var length: Int?
  /// After which time another code may be asked for.
  public var resendAfter: Duration?
  /// How many more codes may be asked for.
  public var attemptsLeft: Int?
  /// How long the code is good.
  public var lifetime: Duration?

  /// A challenge with these fields.
  public init(
    token: Secret, length: Int? = nil, resendAfter: Duration? = nil, attemptsLeft: Int? = nil,
    lifetime: Duration? = nil
  ) {
    self.token = token
    self.length = length
    self.resendAfter = resendAfter
    self.attemptsLeft = attemptsLeft
    self.lifetime = lifetime
  }
}

/// Where a right code leads (seed 000, CodeEnter; MAX protocol notes §2.6).
public enum SignIn: Sendable, Equatable {
  /// Signed in; the login token is to be kept.
  case token(Secret)
  /// The account has a password beside the code: `OneMeClient.enterPassword(_:trackId:)`.
  case passwordNeeded(trackId: String, hint: String?)
  /// Nobody has registered this number yet; that is done in the MAX app.
  case registrationNeeded
}

extension CodeChallenge: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    token = try object.required("token", as: Secret.self)
    length = object.count("codeLength").flatMap(Int.init(exactly:))
    resendAfter = object.span("altActionDuration").map { .milliseconds($0) }
    attemptsLeft = object.count("requestCountLeft").flatMap(Int.init(exactly:))
    lifetime = object.span("requestMaxDuration").map { .milliseconds($0) }
  }
}

extension SignIn: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    let tokens = object.nested("tokenAttrs")
    if let token = tokens?.nested("LOGIN")?.optional("token", as: Secret.self) {
      self = .token(token)
    } else if let challenge = object.nested("passwordChallenge"),
      let trackId = challenge.text("trackId")
    {
      self = .passwordNeeded(trackId: trackId, hint: challenge.text("hint"))
    } else if tokens?["REGISTER"] != nil {
      self = .registrationNeeded
    } else {
      throw value.corrupted("neither a login token nor what else is needed")
    }
  }
}
