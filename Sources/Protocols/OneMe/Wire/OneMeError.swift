import Transport

/// Why something asked of a MAX server did not happen.
public enum OneMeError: Error, Sendable, Equatable {
  /// The connection failed or ended.
  case transport(TransportError)
  /// The server answered with an error.
  case refused(OneMeRefusal)
  /// No answer within the time limit.
  case timedOut(Opcode)
  /// The server's answer lacks what it must have; the text is this client's own.
  case malformed(Opcode, String)
  /// Nothing is connected.
  case offline
  /// The server ended the session; the login token is void.
  case signedOut
  /// The server wants this client at another host.
  case redirected(host: String?)
  /// There were as many logins of late as an account may have; the next may be made after this
  /// time.
  case loginsSpent(Duration)
  /// Events came faster than they were taken, and the connection was given up.
  case overwhelmed
  /// Not a phone number; the text says why.
  case badPhone(String)
  /// Not a code.
  case badCode
  case cancelled
}

extension OneMeError {
  /// Whether only a person can help: sign in again, update, get the account unblocked, or correct
  /// the server's address.
  public var needsPerson: Bool {
    switch self {
    case .signedOut, .transport(.badAddress), .transport(.insecure): true
    case .refused(let refusal):
      switch refusal.kind {
      case .signInAgain, .blocked, .clientTooOld, .captchaNeeded: true
      default: false
      }
    default: false
    }
  }

  /// Whether the file server takes no file as large.
  public var isTooLargeFile: Bool {
    if case .refused(let refusal) = self { refusal.code == "http.413" } else { false }
  }

  /// Whether the server asked for patience.
  public var isFlood: Bool {
    switch self {
    case .refused(let refusal): refusal.kind == .flood
    case .transport(.upgradeRefused(let status, _)): status == 429
    default: false
    }
  }
}

extension OneMeError {
  /// What happened, in one sentence. Parts of it may be the server's own words: make control
  /// characters visible before it reaches a screen.
  public var message: String {
    switch self {
    case .transport(let error): error.message
    case .refused(let refusal): refusal.text
    case .timedOut: "The server did not answer in time."
    case .malformed(_, let what): "The server's answer cannot be read: \(what)."
    case .offline: "There is no connection to the server."
    case .signedOut: "This session was ended on the server."
    case .redirected: "The server moved this session to another host."
    case .loginsSpent:
      "Tercet has signed in to MAX \(OneMeReconnectPolicy.loginLimit) times in half an hour, and more may "
        + "end the session."
    case .overwhelmed: "More came in than could be handled; the line was closed."
    case .badPhone(let why): "This is not a phone number: \(why)."
    case .badCode: "A code has digits or letters, 32 at most."
    case .cancelled: "This was cancelled."
    }
  }

  /// What to do about it; nil where there is nothing to do.
  public var hint: String? {
    switch self {
    case .transport(let error): error.hint
    case .loginsSpent(let wait):
      "Wait \(max(1, Int(wait.components.seconds + 59) / 60)) minutes, or leave a console open: "
        + "commands use its connection."
    case .timedOut, .offline, .redirected, .overwhelmed: "Try again."
    case .refused(let refusal): refusal.kind.hint
    case .malformed: "The protocol may have changed: look for a new version."
    case .signedOut: "Sign in again."
    case .badPhone: "Write it like +79991234567."
    case .badCode: "Enter the code from the message."
    case .cancelled: nil
    }
  }
}

extension OneMeRefusal.Kind {
  /// What to do about it; nil where there is nothing to do.
  public var hint: String? {
    switch self {
    case .signInAgain: "Sign in again."
    case .clientTooOld: "Set a newer app version in the configuration, or update."
    case .flood: "Wait a while; trying on makes it longer."
    case .wrongCode: "Enter the code again."
    case .codeExpired: "Ask for a new code."
    case .wrongPhone: "Check the phone number."
    case .wrongPassword: "Enter the password again."
    case .codesRefused: "Sign in by QR code."
    case .captchaNeeded: "Open the captcha's link in a browser, or sign in by QR code."
    case .blocked: "The account is blocked: see the MAX app."
    case .notAllowed: "The server does not allow this to this account."
    case .notReady: "The server still works on the file: try again in a moment."
    case .notFound: nil
    case .notSignedIn: "Sign in first."
    case .serverBusy: "Try again later."
    case .protocolMismatch: "The protocol may have changed: look for a new version."
    case .other: nil
    }
  }
}

extension OneMeError {
  /// What a decoder disliked, in a phrase without any of the server's values.
  static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, let context):
      "\(place(context.codingPath + [key])) is missing"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
      DecodingError.dataCorrupted(let context):
      "\(place(context.codingPath)) is not as expected"
    default: "it is not as expected"
    }
  }

  private static func place(_ path: [any CodingKey]) -> String {
    let keys = path.map { $0.intValue.map(String.init) ?? $0.stringValue }
    return keys.isEmpty ? "it" : String(keys.joined(separator: ".").prefix(100))
  }
}
