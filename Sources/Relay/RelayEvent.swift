/// Something that happened in a relay.
public enum RelayEvent: Sendable, Equatable {
  /// A code was made and delivered.
  case code(VerificationCode)
  /// An account has keys for the first time, or for the first time since it was registered anew: now
  /// it can be written to.
  case joined(number: String)
  /// A request was answered.
  case request(RelayLogLine)
}

/// One line of the request log. It names nobody: no number, token, code, query or body.
public struct RelayLogLine: Sendable, Equatable, CustomStringConvertible {
  /// As sent, at most 16 characters.
  public let method: String
  /// The endpoint with placeholders, as `/v1/keys/{number}/{device}`; `other` for unknown ones.
  public let endpoint: String
  /// The answer's status; 101 for an upgrade.
  public let status: Int
  /// From the complete request to the answer.
  public let milliseconds: Int64
  /// Sixteen hexadecimal digits that stand for the device that asked, always the same ones with one
  /// store and of no use without its key; nil for requests without accepted credentials.
  public let caller: String?

  /// `PUT /v1/messages/{number} 200 3ms 9f86d081884c7d65`.
  public var description: String {
    "\(method) \(endpoint) \(status) \(milliseconds)ms \(caller ?? "-")"
  }
}
