import Accounts
import Axolotl
import Domain
import TextSecure

extension SendFailure {
  /// Why a relay, or the way through it, will not take a message however often it is tried.
  init(_ error: TextSecureError) {
    self =
      switch error {
      case .badNumber(let number): .notANumber(number: number)
      case .unregistered: .unregistered
      case .noAttachments: .noFiles
      case .mismatchedDevices: .otherDevices
      case .staleDevices: .newInstallation
      case .refused(let status): .refused(status: Int64(status))
      case .malformed, .notAuthentic, .session, .tooLarge: .flawed(flaw: MessageFlaw(error))
      case .file(let error): .file(failure: FileFailure(error))
      case .untrustedIdentity(let number, _): .identityChanged(of: .named(name: number))
      // None of these is about a message that is sent, or another attempt is worth it.
      case .transport, .badCredentials, .wrongCode, .registeredElsewhere, .attachmentGone,
        .rateLimited, .unavailable, .devicesKeepChanging, .store, .cancelled:
        .unexplained
      }
  }
}

extension MessageFlaw {
  /// What is wrong with a message that came, or with a session that it was to go through.
  init(_ error: TextSecureError) {
    self =
      switch error {
      case .malformed(let part): .malformed(part: part)
      case .notAuthentic: .notAuthentic
      case .tooLarge(let limit): .tooLarge(limit: Int64(limit))
      case .session(let error): MessageFlaw(error)
      default: .unknown
      }
  }

  private init(_ error: AxolotlError) {
    self =
      switch error {
      case .malformed(let part): .damaged(part: part)
      case .damagedSession(let part): .damagedSession(part: part)
      case .unsupportedVersion(let version): .otherVersion(version: Int64(version))
      case .unusableKey: .unusableKey
      case .tooLong(let count):
        .tooLong(bytes: Int64(count), limit: Int64(WhisperMessage.maximumPlaintext))
      case .noSession: .noSession
      case .unknownPreKey(let id): .unknownPreKey(id: Int64(id))
      case .duplicate: .duplicate
      case .tooFarAhead(let count): .tooFarAhead(count: Int64(count))
      case .notAuthentic: .foreign
      }
  }
}
