extension Phrase {
  // TextSecure: what stands in a conversation.
  package static let secureUnencrypted: Phrase = "(not encrypted, anybody may have written it) {}"
  package static let secureSessionEnded: Phrase =
    "{} ended the secure session. The next message starts another."
  package static let secureYouEndedSession: Phrase =
    "You ended the secure session. The next message starts another."
  package static let secureHeldMessage: Phrase =
    "A message under a new identity key. Press v to compare and accept it."
  package static let secureHeldFull: Phrase =
    "More messages came under a new identity key than are kept. Ask {} to send the last ones again."
  package static let secureUnreadable: Phrase =
    "A message could not be read: {}. Press E to start a new session."
  package static let secureUnknownGroup: Phrase = "{} wrote to a group that you are not in:"
  package static let secureStranger: Phrase =
    "{} is not in the group {} and cannot change it or write there:"
  package static let secureGroupCreated: Phrase = "{} created the group {} with {}"
  package static let secureYouCreatedGroup: Phrase = "You created the group {} with {}"
  package static let secureYouRenamedGroup: Phrase = "You renamed the group to {}"
  package static let secureYouAdded: Phrase = "You added {}"
  package static let secureNoLongerRegistered: Phrase = "{} is no longer registered"
  package static let secureYouLeftGroup: Phrase = "You left the group"

  // TextSecure: why something cannot be done.
  package static let secureIdentityChanged: Phrase = "The identity key of {} has changed"
  package static let secureIdentityUndecidedHint: Phrase =
    "Compare it, then accept it: tercet identity accept {}"
  package static let secureIdentityUnchanged: Phrase = "The identity key of {} has not changed"
  package static let secureIdentityUnchangedHint: Phrase =
    "To note that you compared it: tercet identity verify {}"
  package static let secureNoIdentity: Phrase = "No identity key of {} is known yet"
  package static let secureNoIdentityHint: Phrase =
    "It comes with the first message, yours or theirs"
  package static let secureTooLong: Phrase = "This is too long for one message"
  package static let secureTooLongHint: Phrase = "Send it in parts, or as a file"
  package static let secureNothingToSend: Phrase = "There is nothing to send"
  package static let secureNothingToSendHint: Phrase = "Give a text or a file"
  package static let secureOwnNumber: Phrase = "This is your own number"
  package static let secureOwnNumberHint: Phrase = "Give somebody else's"
  package static let secureBadGroupName: Phrase = "A group's name has 1 to 100 characters"
  package static let secureBadGroupNameHint: Phrase = "Give a shorter one"
  package static let secureGroupOfOne: Phrase = "A group needs somebody besides you"
  package static let secureGroupOfOneHint: Phrase = "Name its members by their numbers"
  package static let secureNotRegistered: Phrase = "Nobody is registered with {}"
  package static let secureNotRegisteredHint: Phrase = "Check the number, or invite them first"
  package static let secureBrokenFile: Phrase = "a file that cannot be opened"
  package static let emptyPassword: Phrase = "The password is empty"
  package static let emptyPasswordHint: Phrase = "Type the account's password"
  package static let secureGroupChanged: Phrase =
    "Somebody else has changed the group at the same moment"
  package static let secureLeftGroup: Phrase = "You have left the group {}"
  package static let secureLeftGroupHint: Phrase = "A member can add you again"
  package static let secureNoRelay: Phrase = "TextSecure has no public relay"
  package static let secureNoRelayHint: Phrase = "Name a relay with --textsecure-url"
  package static let secureNoAnswers: Phrase = "TextSecure cannot reply to one particular message"
  package static let secureNoAnswersHint: Phrase =
    "Send it without the answer, and quote in the text"
  package static let secureNoAttachment: Phrase = "The message has no attachment {}"
  package static let secureNoAttachmentHint: Phrase = "Count them from 1"
  package static let secureReadAlready: Phrase = "This message has been read before"
  package static let secureReadAlreadyHint: Phrase = "Look for it in its chat"
  package static let messageNotSent: Phrase = "The message was not sent"
  package static let messageNotSentHint: Phrase = "It is kept: tercet messages {}"
  package static let cannotWrite: Phrase = "{} chats cannot be written to yet"
  package static let cannotWriteHint: Phrase = "Write with another client of {}"
  package static let notSentYet: Phrase = "That message has not been sent yet"
  package static let notSentYetHint: Phrase = "Wait until it has its tick"
  package static let channelClosed: Phrase = "Only its owner writes in {}"
  package static let chatClosed: Phrase = "You are no longer in {}"
  package static let chatClosedHint: Phrase = "Read it, or write elsewhere"
}
