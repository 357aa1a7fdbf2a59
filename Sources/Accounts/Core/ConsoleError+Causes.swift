import Clocks
import Database
import Domain
import OneMe
import Phrases
import Storage
import TextSecure
import Trading

// What went wrong below, in the console's terms.

extension ConsoleError {
  /// What the database could not do.
  package init(_ error: DatabaseError) {
    self.init(.failed, code: "storage", error.message.asSentence, hint: error.hint)
  }

  /// Why a profile cannot be used; a name or place that the command line gave is a usage error.
  package init(_ error: StorageError) {
    let (kind, code): (Kind, String) =
      switch error {
      case .badProfileName: (.usage, "usage")
      case .noDataDirectory: (.usage, "no-home")
      case .inaccessible, .exposed, .heldByAnotherProcess: (.failed, "storage")
      }
    self.init(kind, code: code, error.message.asSentence, hint: error.hint)
  }

  /// Closures cannot name the error they throw; all that the store throws are database errors.
  package init(storing error: any Error) {
    self =
      (error as? DatabaseError).map(ConsoleError.init)
      ?? ConsoleError(
        .failed, code: "storage", String(describing: error), hint: Phrase.tryAgain.text)
  }

  package init(_ error: OneMeError) {
    let kind: Kind
    let code: String
    switch error {
    case .transport(.insecure), .transport(.badAddress):
      (kind, code) = (.usage, "bad-address")
    case .loginsSpent: (kind, code) = (.refused, ConsoleError.loginsSpent)
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
    self.init(
      kind, code: code, error.message,
      hint: ConsoleError.hint(for: error) ?? error.hint ?? Phrase.tryAgain.text)
    if case .loginsSpent(let wait) = error { retryAfterMs = wait.milliseconds }
    if error.isFlood { retryAfterMs = ConsoleError.floodPause }
  }

  /// What to do, where that is a matter of this program's own keys and flags.
  private static func hint(for error: OneMeError) -> String? {
    switch error {
    case .signedOut: return Phrase.signInAgainHint.text
    case .refused(let refusal):
      switch refusal.kind {
      case .signInAgain: return Phrase.signInAgainHint.text
      case .clientTooOld: return Phrase.clientTooOldHint.text
      case _ where refusal.code == "http.413": return Phrase.fileTooLargeHint.text
      default: return nil
      }
    default: return nil
    }
  }

  /// Servers say that it was too much, not for how long; each try makes it longer.
  private static let floodPause: Int64 = 300_000

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

  package init(_ error: TextSecureError) {
    let kind: Kind
    let code: String
    switch error {
    case .file(let error):
      self.init(error)
      return
    case .transport(.insecure), .transport(.badAddress): (kind, code) = (.usage, "bad-address")
    case .transport(.file): (kind, code) = (.failed, "file")
    case .transport: (kind, code) = (.noConnection, "no-connection")
    case .badNumber: (kind, code) = (.usage, "invalid-input")
    case .badCredentials: (kind, code) = (.credentials, "refused-credentials")
    case .wrongCode: (kind, code) = (.credentials, "wrong-code")
    case .registeredElsewhere: (kind, code) = (.refused, "registered-elsewhere")
    case .unregistered: (kind, code) = (.refused, "not-registered")
    case .attachmentGone: (kind, code) = (.failed, "attachment-gone")
    case .noAttachments: (kind, code) = (.refused, "no-attachments")
    case .rateLimited: (kind, code) = (.refused, "rate-limited")
    case .unavailable, .devicesKeepChanging, .mismatchedDevices, .staleDevices:
      (kind, code) = (.refused, "unavailable")
    case .refused(let status):
      (kind, code) = (status >= 500 ? .noConnection : .refused, "http-\(status)")
    case .malformed: (kind, code) = (.failed, "malformed")
    case .notAuthentic: (kind, code) = (.failed, "not-authentic")
    case .untrustedIdentity: (kind, code) = (.refused, "identity-changed")
    case .session: (kind, code) = (.failed, "session")
    case .tooLarge: (kind, code) = (.usage, "too-large")
    case .store: (kind, code) = (.failed, "storage")
    case .cancelled: (kind, code) = (.failed, "cancelled")
    }
    self.init(kind, code: code, error.message, hint: error.hint ?? Phrase.tryAgain.text)
  }

  package static func notSignedIn(_ service: Service) -> ConsoleError {
    ConsoleError(
      .credentials, code: "not-signed-in", Phrase.notSignedIn.with(service.title),
      hint: Phrase.signInHint.with(service.rawValue))
  }

  /// The code of a login that was not made because there were too many.
  static let loginsSpent = "logins-spent"

  /// The same as said by a call that has answered from the store: where nothing is wrong but that
  /// what it told may be old, that is a remark and no failure.
  var besideStored: ConsoleError {
    guard code == ConsoleError.loginsSpent else { return self }
    var remark = self
    remark.message = Phrase.storedOnly.with(message)
    remark.isRemark = true
    return remark
  }

  /// - Parameter cause: why the last attempt failed; nil while the first one still waits.
  package static func noConnection(
    _ service: Service, because cause: ConsoleError? = nil
  ) -> ConsoleError {
    guard let cause else {
      return ConsoleError(
        .noConnection, code: "no-connection", Phrase.noAnswerFrom.with(service.title),
        hint: Phrase.noConnectionHint.text)
    }
    // A server that answers and asks for patience can be reached.
    let isPause =
      cause.kind == .refused && cause.retryAfterMs != nil && cause.code != ConsoleError.loginsSpent
    var error = ConsoleError(
      .noConnection, code: "no-connection",
      (isPause ? Phrase.tooManyRequests : .noConnectionBecause)
        .with(service.title, cause.message.asClause), hint: cause.hint)
    error.retryAfterMs = cause.retryAfterMs
    return error
  }

  /// No service that this program knows can do it.
  static let unsupported = ConsoleError(
    .refused, code: "unsupported", Phrase.noAccountCan.text, hint: Phrase.noAccountCanHint.text)

  package static let halted = ConsoleError(
    .refused, code: "halted", Phrase.halted.text, hint: Phrase.haltedHint.text)

  package static func noOrder(_ id: String) -> ConsoleError {
    ConsoleError(
      .failed, code: "no-order", Phrase.noSuchOrder.with(id), hint: Phrase.noSuchOrderHint.text)
  }

  static func noChat(_ key: String) -> ConsoleError {
    ConsoleError(
      .failed, code: "no-chat", Phrase.noSuchChat.with(key), hint: Phrase.noSuchChatHint.text)
  }

  static func noMessage(_ id: String, in chat: String) -> ConsoleError {
    ConsoleError(
      .failed, code: "no-message", Phrase.noSuchMessage.with(id, chat),
      hint: Phrase.noSuchMessageHint.with(chat))
  }
}

extension OneMe.Refusal.Kind {
  fileprivate var isAboutCredentials: Bool {
    switch self {
    case .wrongCode, .codeExpired, .wrongPhone, .notSignedIn, .signInAgain: true
    default: false
    }
  }
}
