import Domain
import Trading
import Transport

extension UserError {
  /// What the trading server or the way to it refused.
  package init(_ error: TradingError) {
    let kind: Kind
    let code: String
    switch error {
    case .refused(.invalidAPIKey, _): (kind, code) = (.credentials, "invalid-api-key")
    case .refused(.invalidSignature, _): (kind, code) = (.credentials, "invalid-signature")
    case .refused(.notAuthenticated, _): (kind, code) = (.credentials, "not-authenticated")
    case .refused: (kind, code) = (.refused, "refused")
    case .upgradeRefused(let status, _) where [401, 403].contains(status):
      (kind, code) = (.credentials, "http-\(status)")
    case .invalid, .tooLarge: (kind, code) = (.usage, "invalid-input")
    case .staleQuote, .superseded, .alreadySent: (kind, code) = (.refused, "not-sent")
    case .clockRefused: (kind, code) = (.refused, "clock")
    case .turnedAway: (kind, code) = (.credentials, "turned-away")
    case .journal: (kind, code) = (.failed, "journal")
    case .unreadable: (kind, code) = (.failed, "malformed")
    case .stopped: (kind, code) = (.failed, "stopped")
    case .unreachable(.insecure), .unreachable(.badAddress):
      (kind, code) = (.usage, "bad-address")
    case .notReady, .notSentInTime, .unreachable, .upgradeRefused, .disconnected, .lost, .noReply:
      (kind, code) = (.noConnection, "no-connection")
    }
    self.init(kind, code: code, error.message, hint: error.hint)
  }
}
