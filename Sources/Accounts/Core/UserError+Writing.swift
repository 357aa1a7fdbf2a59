import Domain
import Phrases
import Storage

/// Why something that an account was asked for cannot be done.
extension UserError {
  package static let tooLong = UserError(
    .usage, code: "too-large", Phrase.secureTooLong.text, hint: Phrase.secureTooLongHint.text)

  package static let nothingToSend = UserError(
    .usage, code: "invalid-input", Phrase.secureNothingToSend.text,
    hint: Phrase.secureNothingToSendHint.text)

  package static let emptyPassword = UserError(
    .usage, code: "invalid-input", Phrase.emptyPassword.text, hint: Phrase.emptyPasswordHint.text)

  package static func nobodyRegistered(_ numbers: [String]) -> UserError {
    UserError(
      .refused, code: "not-registered",
      Phrase.secureNotRegistered.with(numbers.joined(separator: ", ")),
      hint: Phrase.secureNotRegisteredHint.text)
  }

  package static let ownNumber = UserError(
    .usage, code: "invalid-input", Phrase.secureOwnNumber.text,
    hint: Phrase.secureOwnNumberHint.text)

  package static let badGroupName = UserError(
    .usage, code: "invalid-input", Phrase.secureBadGroupName.text,
    hint: Phrase.secureBadGroupNameHint.text)

  package static let groupOfOne = UserError(
    .usage, code: "invalid-input", Phrase.secureGroupOfOne.text,
    hint: Phrase.secureGroupOfOneHint.text)

  package static let groupChanged = UserError(
    .failed, code: "group-changed", Phrase.secureGroupChanged.text, hint: Phrase.tryAgain.text)

  package static let noRelay = UserError(
    .usage, code: "no-relay", Phrase.secureNoRelay.text, hint: Phrase.secureNoRelayHint.text)

  package static let noAnswers = UserError(
    .refused, code: "no-replies", Phrase.secureNoAnswers.text,
    hint: Phrase.secureNoAnswersHint.text)

  package static func cannotWrite(_ service: Service) -> UserError {
    UserError(
      .refused, code: "cannot-write", Phrase.cannotWrite.with(service.title),
      hint: Phrase.cannotWriteHint.with(service.title))
  }

  package static let notSentYet = UserError(
    .refused, code: "not-sent-yet", Phrase.notSentYet.text, hint: Phrase.notSentYetHint.text)

  package static func closedChat(_ chat: ChatRecord) -> UserError {
    UserError(
      .refused, code: "read-only", chat.closedText, hint: Phrase.chatClosedHint.text)
  }

  package static func leftGroup(_ name: String) -> UserError {
    UserError(
      .refused, code: "left-group", Phrase.secureLeftGroup.with(name),
      hint: Phrase.secureLeftGroupHint.text)
  }

  package static func noIdentity(_ number: String) -> UserError {
    UserError(
      .failed, code: "no-identity", Phrase.secureNoIdentity.with(number),
      hint: Phrase.secureNoIdentityHint.text)
  }

  package static func identityUnchanged(_ number: String) -> UserError {
    UserError(
      .failed, code: "identity-unchanged", Phrase.secureIdentityUnchanged.with(number),
      hint: Phrase.secureIdentityUnchangedHint.with(number))
  }

  package static func identityUndecided(_ number: String) -> UserError {
    UserError(
      .refused, code: "identity-changed", Phrase.secureIdentityChanged.with(number),
      hint: Phrase.secureIdentityUndecidedHint.with(number))
  }

  package static func noAttachment(_ index: Int) -> UserError {
    UserError(
      .failed, code: "no-attachment", Phrase.secureNoAttachment.with(String(index + 1)),
      hint: Phrase.secureNoAttachmentHint.text)
  }

  package static let readAlready = UserError(
    .failed, code: "read-already", Phrase.secureReadAlready.text,
    hint: Phrase.secureReadAlreadyHint.text)

  package static let notRinging = UserError(
    .refused, code: "not-ringing", Phrase.notRinging.text, hint: Phrase.notRingingHint.text)

  /// Changing somebody else's words, or a line that is no message.
  package static let notYours = UserError(
    .refused, code: "not-yours", Phrase.onlyOwnChange.text, hint: Phrase.onlyOwnChangeHint.text)

  package static let cannotBeEdited = UserError(
    .refused, code: "not-editable", Phrase.cannotBeEdited.text,
    hint: Phrase.cannotBeEditedHint.text)

  package static let notDeleted = UserError(
    .refused, code: "not-deleted", Phrase.notDeleted.text, hint: Phrase.notDeletedHint.text)

  package static let nothingToForward = UserError(
    .refused, code: "not-a-message", Phrase.nothingToForward.text,
    hint: Phrase.selectMessageHint.text)

  /// Only MAX's server passes a message on by itself.
  package static let notForwarded = UserError(
    .refused, code: "unchangeable", Phrase.notForwarded.text, hint: Phrase.notForwardedHint.text)

  /// What a service cannot do with messages that were sent.
  package static func unchangeable(_ service: Service) -> UserError {
    UserError(
      .refused, code: "unchangeable", Phrase.unchangeable.with(service.title),
      hint: Phrase.unchangeableHint.text)
  }

  package static func noPerson(_ person: String) -> UserError {
    UserError(
      .failed, code: "no-person", Phrase.noSuchPerson.with(person),
      hint: Phrase.noSuchPersonHint.text)
  }
}

extension ChatRecord {
  /// Why nothing can be written in a chat that is closed, without a full stop.
  package var closedText: String {
    (kind == .channel ? Phrase.channelClosed : Phrase.chatClosed).with(shownTitle)
  }
}
