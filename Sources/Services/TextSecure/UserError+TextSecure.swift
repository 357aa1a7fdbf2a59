import Accounts
import Domain
import Phrases
import TextSecure
import Transport

extension UserError {
  /// What the relay or the way to it refused.
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
}
