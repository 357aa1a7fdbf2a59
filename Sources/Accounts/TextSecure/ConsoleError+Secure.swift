import Domain
import Glibc
import Phrases
import Storage

// Why something written could not be taken, in the console's terms.

extension ConsoleError {
  static let tooLong = ConsoleError(
    .usage, code: "too-large", Phrase.secureTooLong.text, hint: Phrase.secureTooLongHint.text)

  static let nothingToSend = ConsoleError(
    .usage, code: "invalid-input", Phrase.secureNothingToSend.text,
    hint: Phrase.secureNothingToSendHint.text)

  static let emptyPassword = ConsoleError(
    .usage, code: "invalid-input", Phrase.emptyPassword.text, hint: Phrase.emptyPasswordHint.text)

  static func nobodyRegistered(_ numbers: [String]) -> ConsoleError {
    ConsoleError(
      .refused, code: "not-registered",
      Phrase.secureNotRegistered.with(numbers.joined(separator: ", ")),
      hint: Phrase.secureNotRegisteredHint.text)
  }

  static let ownNumber = ConsoleError(
    .usage, code: "invalid-input", Phrase.secureOwnNumber.text,
    hint: Phrase.secureOwnNumberHint.text)

  static let badGroupName = ConsoleError(
    .usage, code: "invalid-input", Phrase.secureBadGroupName.text,
    hint: Phrase.secureBadGroupNameHint.text)

  static let groupOfOne = ConsoleError(
    .usage, code: "invalid-input", Phrase.secureGroupOfOne.text,
    hint: Phrase.secureGroupOfOneHint.text)

  static let groupChanged = ConsoleError(
    .failed, code: "group-changed", Phrase.secureGroupChanged.text, hint: Phrase.tryAgain.text)

  static let noRelay = ConsoleError(
    .usage, code: "no-relay", Phrase.secureNoRelay.text, hint: Phrase.secureNoRelayHint.text)

  static let noAnswers = ConsoleError(
    .refused, code: "no-replies", Phrase.secureNoAnswers.text,
    hint: Phrase.secureNoAnswersHint.text)

  static func cannotWrite(_ service: Service) -> ConsoleError {
    ConsoleError(
      .refused, code: "cannot-write", Phrase.cannotWrite.with(service.title),
      hint: Phrase.cannotWriteHint.with(service.title))
  }

  static let notSentYet = ConsoleError(
    .refused, code: "not-sent-yet", Phrase.notSentYet.text, hint: Phrase.notSentYetHint.text)

  static func closedChat(_ chat: ChatRecord) -> ConsoleError {
    ConsoleError(
      .refused, code: "read-only", chat.closedText, hint: Phrase.chatClosedHint.text)
  }

  static func leftGroup(_ name: String) -> ConsoleError {
    ConsoleError(
      .refused, code: "left-group", Phrase.secureLeftGroup.with(name),
      hint: Phrase.secureLeftGroupHint.text)
  }

  static func noIdentity(_ number: String) -> ConsoleError {
    ConsoleError(
      .failed, code: "no-identity", Phrase.secureNoIdentity.with(number),
      hint: Phrase.secureNoIdentityHint.text)
  }

  static func identityUnchanged(_ number: String) -> ConsoleError {
    ConsoleError(
      .failed, code: "identity-unchanged", Phrase.secureIdentityUnchanged.with(number),
      hint: Phrase.secureIdentityUnchangedHint.with(number))
  }

  static func identityUndecided(_ number: String) -> ConsoleError {
    ConsoleError(
      .refused, code: "identity-changed", Phrase.secureIdentityChanged.with(number),
      hint: Phrase.secureIdentityUndecidedHint.with(number))
  }

  static func noAttachment(_ index: Int) -> ConsoleError {
    ConsoleError(
      .failed, code: "no-attachment", Phrase.secureNoAttachment.with(String(index + 1)),
      hint: Phrase.secureNoAttachmentHint.text)
  }

  static let readAlready = ConsoleError(
    .failed, code: "read-already", Phrase.secureReadAlready.text,
    hint: Phrase.secureReadAlreadyHint.text)
}

extension ChatRecord {
  /// Why nothing can be written in a chat that is closed, without a full stop.
  package var closedText: String {
    (kind == .channel ? Phrase.channelClosed : Phrase.chatClosed).with(title)
  }
}
