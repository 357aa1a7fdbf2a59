import Domain
import Transport

/// Why something could not be done: what happened (`message`), what to do (`hint`), and three
/// flags that programs act on.
public enum TradingError: Error, Sendable, Equatable {
  /// The server said no; the text is its own.
  case refused(Refusal, text: String)

  // Nothing was written.

  /// The request itself is wrong; why, for a person.
  case invalid(String)
  /// The quote is stale, or belongs to another request.
  case staleQuote
  /// Not connected, or still catching up with open orders.
  case notReady
  /// No turn came in time.
  case notSentInTime
  /// A newer quote was asked for meanwhile.
  case superseded
  /// This client order id was used before in this run.
  case alreadySent(ClientOrderID)
  case tooLarge(limit: Int)
  /// The journal could not be written; its words.
  case journal(String)
  /// No connection to the server.
  case unreachable(TransportError)
  /// The connection ended while nothing was asked.
  case disconnected(WebSocketClosure)
  /// The server answered the upgrade with an HTTP error.
  case upgradeRefused(status: Int, retryAfter: Duration?)
  /// The server closed the connection for policy (1008) again and again before authentication.
  case turnedAway
  /// No correction of the clock satisfies the server.
  case clockRefused
  case stopped

  // Written, and no definite answer.

  /// The connection ended before the answer came.
  case lost(operation: String, WebSocketClosure)
  /// The answer did not come in time; the connection was given up.
  case noReply(operation: String, after: Duration)
  /// The answer cannot be read; why.
  case unreadable(operation: String, String)
}

extension TradingError {
  /// Whether the same thing may simply be tried again later. Says nothing about swaps: see
  /// `SwapOutcome`.
  public var isRetryable: Bool {
    switch self {
    case .refused(let refusal, _): refusal.isRetryable
    case .notReady, .notSentInTime, .superseded, .staleQuote, .disconnected, .lost, .noReply,
      .unreadable:
      true
    case .unreachable(let error): !error.needsAPerson
    case .upgradeRefused(let status, _): ![401, 403, 404].contains(status)
    case .invalid, .alreadySent, .tooLarge, .journal, .clockRefused, .turnedAway, .stopped: false
    }
  }

  /// Whether connecting again is pointless until a person has changed something.
  public var isFatal: Bool {
    switch self {
    case .refused(let refusal, _): refusal == .invalidAPIKey || refusal == .invalidSignature
    case .upgradeRefused(let status, _): [401, 403, 404].contains(status)
    case .unreachable(let error): error.needsAPerson
    case .clockRefused, .turnedAway, .invalid: true
    default: false
    }
  }

  /// Whether connecting again is pointless although a login with this key has worked before: the key
  /// itself is refused, or the address cannot be one.
  var isFatalForAll: Bool {
    switch self {
    case .refused(let refusal, _): refusal == .invalidAPIKey || refusal == .invalidSignature
    case .unreachable(.badAddress), .unreachable(.insecure), .invalid: true
    default: false
    }
  }

  /// Whether the server may have carried out the swap that it answered so.
  public var isOutcomeUnknown: Bool {
    switch self {
    case .refused(let refusal, let text): !refusal.provesNothingWasDone(text)
    case .lost, .noReply, .unreadable: true
    default: false
    }
  }
}

extension TransportError {
  /// Whether trying again changes nothing: a wrong address, a certificate that is not trusted, or no TLS at all.
  fileprivate var needsAPerson: Bool {
    switch self {
    case .badAddress, .insecure, .tls, .noTLS: true
    default: false
    }
  }
}
