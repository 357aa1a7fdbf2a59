import Transport

/// Why something asked of a MAX server did not happen.
public enum OneMeError: Error, Sendable, Equatable {
  /// The connection failed or ended.
  case transport(TransportError)
  /// The server answered with an error.
  case refused(Refusal)
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
  /// There were as many logins of late as an account may have; the next may be made after this time.
  case loginsSpent(Duration)
  /// Events came faster than they were taken, and the line was given up.
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
