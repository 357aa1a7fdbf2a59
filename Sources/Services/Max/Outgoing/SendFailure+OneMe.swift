import Accounts
import Domain
import OneMe
import Transport

extension SendFailure {
  /// Why MAX, or the way to it, will not take a message however often it is tried.
  init(_ error: OneMeError) {
    switch error {
    case .transport(.io(let words)): self = .system(words: words.withoutFullStop)
    case .transport(.tooLarge(let limit)): self = .answerTooLong(limit: Int64(limit))
    case .transport(.insecure(let host)): self = .inTheClear(host: host)
    case .refused(let refusal):
      self = .answered(words: refusal.text.withoutFullStop, advice: Advice(refusal))
    case .malformed(_, let part): self = .answerUnreadable(part: part)
    // None of these is about a message, or another attempt is worth it.
    case .transport, .timedOut, .offline, .signedOut, .redirected, .loginsSpent, .overwhelmed,
      .badPhone, .badCode, .cancelled:
      self = .unexplained
    }
  }
}

extension SendFailure.Advice {
  init(_ refusal: OneMeRefusal) {
    self =
      switch refusal.kind {
      case .clientTooOld: .updateClient
      case _ where refusal.code == "http.413": .sendInParts
      case .captchaNeeded: .openCaptcha
      case .blocked: .seeApp
      case .notAllowed: .notAllowed
      case .protocolMismatch: .lookForUpdate
      case .notFound: .notFound
      case .other: .tryAgain
      // About a sign-in, or to be tried again soon: no end of a message.
      case .signInAgain, .flood, .wrongCode, .codeExpired, .wrongPhone, .wrongPassword,
        .codesRefused, .notReady, .notSignedIn, .serverBusy:
        .tryAgain
      }
  }
}
