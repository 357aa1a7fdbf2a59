import Domain
import Phrases
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
    let words = UserError.words(for: error)
    self.init(kind, code: code, words.message, hint: words.hint)
  }

  /// What happened and what to do: of what the server refuses, in the language of the console.
  private static func words(for error: TradingError) -> (message: String, hint: String) {
    guard case .refused(let refusal, let text) = error else { return (error.message, error.hint) }
    switch refusal {
    case .notAuthenticated: return (Phrase.exchangeForgotUs.text, Phrase.exchangeForgotUsHint.text)
    case .invalidSignature:
      return (Phrase.exchangeBadSignature.text, Phrase.exchangeBadSignatureHint.text)
    case .invalidAPIKey: return (Phrase.exchangeBadKey.text, Phrase.exchangeBadKeyHint.text)
    case .timestampOutsideWindow:
      return (Phrase.exchangeBadTime.text, Phrase.exchangeBadTimeHint.text)
    case .nonceUsed: return (Phrase.exchangeNonceUsed.text, Phrase.tryAgain.text)
    case .rateLimited: return (Phrase.exchangeRateLimited.text, Phrase.exchangeRateLimitedHint.text)
    case .insufficientFunds:
      return (Phrase.exchangeNoFunds.with(text), Phrase.exchangeNoFundsHint.text)
    case .badRequest: return (Phrase.exchangeRefuses.with(text), Phrase.changeRequestHint.text)
    case .notFound: return (Phrase.exchangeNoOrder.with(text), Phrase.exchangeNoOrderHint.text)
    case .other: return (Phrase.exchangeSays.with(text), Phrase.exchangeSaysHint.text)
    // They are about the protocol, and no matter for a person.
    case .unknownOperation, .invalidChannel: return (error.message, error.hint)
    }
  }
}
