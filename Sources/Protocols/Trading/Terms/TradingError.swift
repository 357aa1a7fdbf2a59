import Clocks
import Domain
import Transport

/// Why something could not be done: what happened (`message`), what to do (`hint`), and three
/// flags that programs act on.
public enum TradingError: Error, Sendable, Equatable {
  /// The server said no; the text is its own.
  case refused(TradingRefusal, text: String)

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

extension TradingError: CustomStringConvertible {
  public var description: String { "\(message) \(hint)" }

  /// What happened, in a sentence.
  public var message: String {
    switch self {
    case .refused(let refusal, let text): refusal.message(for: text)
    case .invalid(let reason): reason
    case .staleQuote: "The quote is no longer valid."
    case .notReady: "The connection is not ready."
    case .notSentInTime: "The request got no turn in time and was not sent."
    case .superseded: "A newer quote was asked for."
    case .alreadySent(let id): "The order \(id) was sent before."
    case .tooLarge(let limit): "The message is larger than \(limit / 1024) KB."
    case .journal(let text): "The journal cannot be written: \(text)"
    case .unreachable(let error): error.message
    case .disconnected(let closure): closure.message
    case .upgradeRefused(let status, _): "The server refused the connection (HTTP \(status))."
    case .clockRefused: "The server refuses this machine's time, and no correction helps."
    case .turnedAway: "The server turns this client away again and again."
    case .stopped: "The connection was closed here."
    case .lost(let operation, _): "The connection ended before the answer to \(operation) came."
    case .noReply(let operation, let time):
      "No answer to \(operation) within \(time.milliseconds / 1000) seconds."
    case .unreadable(let operation, let reason):
      "The answer to \(operation) cannot be read: \(reason)"
    }
  }

  /// What to do about it, in a sentence.
  public var hint: String {
    switch self {
    case .refused(let refusal, _): refusal.hint
    case .invalid, .tooLarge: "Change the request."
    case .staleQuote: "Ask for a new quote."
    case .notReady, .notSentInTime: "Nothing was sent; try again when the connection is up."
    case .superseded: "Wait for the newer one."
    case .alreadySent: "Start a new order."
    case .journal: "Nothing was sent; check the disk."
    case .unreachable(let error): error.hint ?? "Connecting goes on by itself."
    case .disconnected: "Connecting goes on by itself."
    case .upgradeRefused(let status, _):
      switch status {
      case 401, 403: "Check the key, its permissions and its list of addresses."
      case 404: "Check the address of the server."
      default: "Try again later; check the address of the server if it stays so."
      }
    case .clockRefused: "Set the clock of this machine."
    case .turnedAway: "Ask the operator of the server why."
    case .stopped: "Connect again."
    case .lost(let operation, _), .noReply(let operation, _), .unreadable(let operation, _):
      // Everything but a swap asks for something and changes nothing.
      operation == "swap"
        ? "It may have been carried out: check before repeating it." : "Ask again."
    }
  }
}

extension TradingError {
  /// Why no connection came about.
  init(connecting error: TransportError) {
    switch error {
    // The words for these tell where they lead, or what answers there.
    case .upgradeRefused(200..<400, _): self = .unreachable(error)
    case .upgradeRefused(let status, let headers):
      let retryAfter = headers["Retry-After"].flatMap { Int($0) }
      self = .upgradeRefused(
        status: status, retryAfter: retryAfter.map { .seconds(min(max($0, 0), 600)) })
    default:
      self = .unreachable(error)
    }
  }
}
