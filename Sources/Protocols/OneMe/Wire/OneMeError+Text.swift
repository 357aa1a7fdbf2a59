import Transport

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
      "Tercet has signed in to MAX \(ReconnectLadder.loginLimit) times in half an hour, and more may "
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

extension Refusal.Kind {
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
