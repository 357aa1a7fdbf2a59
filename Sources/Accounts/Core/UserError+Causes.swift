import Clocks
import Database
import Domain
import Files
import Phrases
import Storage

// What went wrong below, in the console's terms.

extension UserError {
  /// What the database could not do.
  package init(_ error: DatabaseError) {
    let (message, hint): (String, String) =
      switch error {
      case .diskFull: (Phrase.storeFull.text, Phrase.diskFullHint.text)
      case .busy: (Phrase.storeBusy.text, Phrase.storeBusyHint.text)
      case .readOnly(let text): (Phrase.storeReadOnly.with(text), Phrase.storeReadOnlyHint.text)
      default: (error.message.asSentence, error.hint)
      }
    self.init(.failed, code: UserError.storage, message, hint: hint)
  }

  /// The code of what the store could not do.
  package static let storage = "storage"

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

  /// Why a sealed profile is not opened.
  package init(_ error: KeyError) {
    self.init(.credentials, code: "sealed", error.message.asSentence, hint: error.hint)
  }

  /// Why a backup was not written, or nothing taken out of one.
  package init(_ error: BackupError) {
    switch error {
    case .exists(let path):
      self.init(
        .refused, code: "exists", "\(path) is there already", hint: "Name another file")
    case .notEmpty(let path):
      self.init(
        .refused, code: "not-empty", "\(path) holds a profile already",
        hint: "Name a new one with --profile, or remove this one with tercet wipe")
    case .damaged(let path):
      self.init(
        .failed, code: "damaged", "\(path) is no backup, or is damaged",
        hint: "Use another copy of it")
    case .keys(let error): self.init(error)
    case .database(let error): self.init(error)
    case .file(let error): self.init(error)
    case .profile(let error): self.init(error)
    }
  }

  /// Why what earlier versions have left in the open is not sealed.
  package init(_ error: Store.SealingError) {
    switch error {
    case .database(let error): self.init(error)
    case .keys(let error): self.init(error)
    }
  }

  /// Closures cannot name the error they throw; all that the store throws are database errors.
  package init(storing error: any Error) {
    self =
      (error as? DatabaseError).map(UserError.init)
      ?? UserError(
        .failed, code: "storage", String(describing: error), hint: Phrase.tryAgain.text)
  }

  package static func notSignedIn(_ service: Service) -> UserError {
    UserError(
      .credentials, code: "not-signed-in", Phrase.notSignedIn.with(service.title),
      hint: Phrase.signInHint.with(service.rawValue))
  }

  /// The code of a login that was not made because there were too many.
  package static let loginsSpent = "logins-spent"

  /// The same as said by a request that has answered from the store: where nothing is wrong but that
  /// what it told may be old, that is a remark and no failure.
  var besideStored: UserError {
    guard code == UserError.loginsSpent else { return self }
    var remark = self
    remark.message = Phrase.storedOnly.with(message)
    remark.isRemark = true
    return remark
  }

  /// - Parameter cause: why the last attempt failed; nil while the first one still waits.
  package static func noConnection(
    _ service: Service, because cause: UserError? = nil
  ) -> UserError {
    guard let cause else {
      return UserError(
        .noConnection, code: "no-connection", Phrase.noAnswerFrom.with(service.title),
        hint: Phrase.noConnectionHint.text)
    }
    // A server that answers and asks for patience can be reached.
    let isPause =
      cause.kind == .refused && cause.retryAfterMs != nil && cause.code != UserError.loginsSpent
    var error = UserError(
      .noConnection, code: "no-connection",
      (isPause ? Phrase.tooManyRequests : .noConnectionBecause)
        .with(service.title, cause.message.asClause), hint: cause.hint)
    error.retryAfterMs = cause.retryAfterMs
    return error
  }

  /// No service that this program knows can do it.
  package static let unsupported = UserError(
    .refused, code: "unsupported", Phrase.noAccountCan.text, hint: Phrase.noAccountCanHint.text)

  /// Nobody has begun to sign in.
  package static let noSignIn = UserError(
    .usage, code: "no-sign-in", Phrase.noSignIn.text, hint: Phrase.noSignInHint.text)

  /// Another sign-in was begun meanwhile.
  static let signInReplaced = UserError(
    .failed, code: "cancelled", Phrase.signInReplaced.text, hint: Phrase.tryAgain.text)

  package static let halted = UserError(
    .refused, code: "halted", Phrase.halted.text, hint: Phrase.haltedHint.text)

  package static func noOrder(_ id: String) -> UserError {
    UserError(
      .failed, code: "no-order", Phrase.noSuchOrder.with(id), hint: Phrase.noSuchOrderHint.text)
  }

  package static func noChat(_ chat: ChatID) -> UserError { noChat(named: chat.text) }

  /// - Parameter text: what was written in a chat's place.
  package static func noChat(named text: String) -> UserError {
    UserError(
      .failed, code: "no-chat", Phrase.noSuchChat.with(text), hint: Phrase.noSuchChatHint.text)
  }

  package static func noMessage(_ id: String, in chat: ChatID) -> UserError {
    UserError(
      .failed, code: "no-message", Phrase.noSuchMessage.with(id, chat.text),
      hint: Phrase.noSuchMessageHint.with(chat.text))
  }
}

extension ChatID {
  /// The chat that a person has named; throws `no-chat` for what is no chat's name.
  package init(named text: String) throws(UserError) {
    guard let chat = ChatID(text) else { throw .noChat(named: text) }
    self = chat
  }
}

extension UserError {
  /// What kept a file from being read or written: each cause has its own words.
  package init(_ error: FileError) {
    let failure = FileFailure(error)
    let (kind, code): (Kind, String) =
      switch error {
      case .empty: (.usage, "empty-file")
      case .tooLarge: (.usage, "too-large")
      case .diskFull: (.failed, "storage")
      case .cancelled: (.failed, "cancelled")
      case .missing, .directory, .notOrdinary, .forbidden, .failed: (.failed, "file")
      }
    self.init(kind, code: code, failure.message, hint: failure.hint.text)
  }
}

extension FileFailure {
  /// The same without the words.
  package init(_ error: FileError) {
    self =
      switch error {
      case .missing(let path): .missing(path: path)
      case .directory(let path): .directory(path: path)
      case .notOrdinary(let path): .notOrdinary(path: path)
      case .forbidden(let path): .forbidden(path: path)
      case .empty(let path): .empty(path: path)
      case .tooLarge(let path, let size, let limit):
        .tooLarge(path: path, bytes: Int64(size), limit: Int64(limit))
      case .diskFull(let path): .diskFull(path: path)
      case .failed(let path, let reason): .failed(path: path, reason: reason)
      case .cancelled: .cancelled
      }
  }
}
