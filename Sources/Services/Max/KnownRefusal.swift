import OneMe
import Phrases

/// What MAX means by an error whose code is known, in the language of the console: its own words are
/// Russian as a rule.
struct KnownRefusal {
  /// What happened, without a full stop.
  let message: Phrase
  /// What to do; nil where the server's kind says nothing of it.
  var hint: Phrase?

  /// Nil for one that only the server's own words tell.
  init?(_ kind: OneMeRefusal.Kind) {
    switch kind {
    case .signInAgain: (message, hint) = (.maxTokenVoid, .signInAgainHint)
    case .clientTooOld: (message, hint) = (.maxClientTooOld, .clientTooOldHint)
    case .flood: (message, hint) = (.maxFlood, .maxFloodHint)
    case .wrongCode: (message, hint) = (.maxWrongCode, .maxWrongCodeHint)
    case .codeExpired: (message, hint) = (.maxCodeExpired, .maxCodeExpiredHint)
    case .wrongPhone: (message, hint) = (.maxWrongPhone, .maxWrongPhoneHint)
    case .wrongPassword: (message, hint) = (.maxWrongPassword, .maxWrongPasswordHint)
    case .codesRefused: (message, hint) = (.maxCodesRefused, .maxCodesRefusedHint)
    case .captchaNeeded: (message, hint) = (.maxCaptcha, .captchaHint)
    case .blocked: (message, hint) = (.maxBlocked, .maxBlockedHint)
    case .notAllowed: (message, hint) = (.maxNotAllowed, .maxNotAllowedHint)
    case .notReady: (message, hint) = (.maxNotReady, .maxNotReadyHint)
    case .notFound: message = .maxNotFound
    case .notSignedIn: (message, hint) = (.maxNotSignedIn, .signInAgainHint)
    case .serverBusy: (message, hint) = (.maxBusy, .tryLater)
    case .protocolMismatch, .other: return nil
    }
  }

  private init(_ message: Phrase, _ hint: Phrase) { (self.message, self.hint) = (message, hint) }

  /// - Parameter error: whose code tells what it means; nil for all others.
  init?(_ error: OneMeError) {
    switch error {
    case .refused(let refusal):
      // How large a file may be, only the server's words tell.
      guard !error.isTooLargeFile else { return nil }
      if refusal.code == "not.chat.participant" {
        self.init(.maxNotInChat, .maxNotInChatHint)
        return
      }
      self.init(refusal.kind)
    case .timedOut: self.init(.maxSilent, .tryAgain)
    case .offline: self.init(.maxOffline, .tryAgain)
    case .signedOut: self.init(.maxTokenVoid, .signInAgainHint)
    case .transport, .malformed, .redirected, .loginsSpent, .overwhelmed, .badPhone, .badCode,
      .cancelled:
      return nil
    }
  }
}
