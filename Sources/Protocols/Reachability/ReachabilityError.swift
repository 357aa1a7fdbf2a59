import Transport

/// Why a STUN or TURN server could not be tried, or was not found good.
public enum ReachabilityError: Error, Sendable, Equatable {
  /// Not a STUN or TURN URI.
  case badAddress
  /// A server behind TLS or TCP, which this client does not try.
  case unsupported
  /// The datagrams could not be sent.
  case transport(TransportError)
  /// Nothing came back in time.
  case silent
  /// What came back is no answer to what was asked.
  case malformed
  /// The server answered with an error: it is there, but does not serve. The text is its own.
  case refused(code: Int, reason: String)
  /// The credentials are not, or no longer, good.
  case credentialsRefused
  case cancelled

  /// What happened, in one sentence. Parts of it may be the server's own words: make control
  /// characters visible before it reaches a screen.
  public var message: String {
    switch self {
    case .badAddress: "This is no address of such a server."
    case .unsupported: "The server is reached by TCP or TLS, which is not tried here."
    case .transport(let error): error.message
    case .silent: "The server did not answer."
    case .malformed: "The server's answer cannot be read."
    case .refused(let code, let reason):
      "The server refused (\(code)\(reason.isEmpty ? "" : ": \(reason)"))."
    case .credentialsRefused: "The server does not accept the call's credentials."
    case .cancelled: "This was cancelled."
    }
  }

  /// What to do about it; nil where there is nothing to do.
  public var hint: String? {
    switch self {
    case .transport(let error): error.hint
    case .silent: "A firewall may block UDP."
    case .credentialsRefused: "They end with the call: try with a newer one."
    case .badAddress, .unsupported, .malformed, .refused, .cancelled: nil
    }
  }
}
