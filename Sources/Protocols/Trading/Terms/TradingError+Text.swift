import Clocks
import Transport

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
