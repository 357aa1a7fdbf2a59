import Clocks
import Domain
import OneMe
import Phrases
import Transport

extension UserError {
  /// What MAX or the way to it refused.
  package init(_ error: OneMeError) {
    let kind: Kind
    let code: String
    switch error {
    case .transport(.insecure), .transport(.badAddress):
      (kind, code) = (.usage, "bad-address")
    case .loginsSpent: (kind, code) = (.refused, UserError.loginsSpent)
    case .transport(.file): (kind, code) = (.failed, "file")
    case .transport, .timedOut, .offline, .redirected, .overwhelmed:
      (kind, code) = (.noConnection, "no-connection")
    case .refused(let refusal):
      (kind, code) =
        error.needsPerson || refusal.kind.isAboutCredentials
        ? (.credentials, refusal.code) : (.refused, refusal.code)
    case .signedOut: (kind, code) = (.credentials, "signed-out")
    case .badPhone, .badCode: (kind, code) = (.usage, "invalid-input")
    case .malformed: (kind, code) = (.failed, "malformed")
    case .cancelled: (kind, code) = (.failed, "cancelled")
    }
    let known = KnownRefusal(error)
    self.init(
      kind, code: code, known?.message.text ?? error.message,
      hint: known?.hint?.text ?? UserError.hint(for: error) ?? error.hint ?? Phrase.tryAgain.text)
    if case .loginsSpent(let wait) = error { retryAfterMs = wait.milliseconds }
    if error.isFlood { retryAfterMs = UserError.floodPause }
  }

  /// What to do, where that is a matter of this program's own keys and flags.
  private static func hint(for error: OneMeError) -> String? {
    error.isTooLargeFile ? Phrase.fileTooLargeHint.text : nil
  }

  /// Servers say that it was too much, not for how long; each try makes it longer.
  private static let floodPause: Int64 = 300_000
}

extension OneMe.OneMeRefusal.Kind {
  fileprivate var isAboutCredentials: Bool {
    switch self {
    case .wrongCode, .codeExpired, .wrongPhone, .notSignedIn, .signInAgain: true
    default: false
    }
  }
}
