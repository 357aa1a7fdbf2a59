extension Phrase {
  // TextSecure: what stands in a conversation.
  public static let secureUnencrypted: Phrase = "(not encrypted, anybody may have written it) {}"
  public static let secureSessionEnded: Phrase =
    "{} ended the secure session. The next message starts another."
  public static let secureYouEndedSession: Phrase =
    "You ended the secure session. The next message starts another."
  public static let secureHeldMessage: Phrase =
    "A message under a new identity key. Press v to compare and accept it."
  public static let secureHeldFull: Phrase =
    "More messages came under a new identity key than are kept. Ask {} to send the last ones again."
  public static let secureUnreadable: Phrase =
    "A message could not be read: {}. Press E to start a new session."
  public static let secureUnknownGroup: Phrase = "{} wrote to a group that you are not in:"
  public static let secureStranger: Phrase =
    "{} is not in the group {} and cannot change it or write there:"
  public static let secureGroupCreated: Phrase = "{} created the group {} with {}"
  public static let secureYouCreatedGroup: Phrase = "You created the group {} with {}"
  public static let secureYouRenamedGroup: Phrase = "You renamed the group to {}"
  public static let secureYouAdded: Phrase = "You added {}"
  public static let secureNoLongerRegistered: Phrase = "{} is no longer registered"
  public static let secureYouLeftGroup: Phrase = "You left the group"

  // TextSecure: why something cannot be done.
  public static let secureIdentityChanged: Phrase = "The identity key of {} has changed"
  public static let secureIdentityUndecidedHint: Phrase =
    "Compare it, then accept it: tercet identity accept {}"
  public static let secureIdentityUnchanged: Phrase = "The identity key of {} has not changed"
  public static let secureIdentityUnchangedHint: Phrase =
    "To note that you compared it: tercet identity verify {}"
  public static let secureNoIdentity: Phrase = "No identity key of {} is known yet"
  public static let secureNoIdentityHint: Phrase =
    "It comes with the first message, yours or theirs"
  public static let secureTooLong: Phrase = "This is too long for one message"
  public static let secureTooLongHint: Phrase = "Send it in parts, or as a file"
  public static let secureNothingToSend: Phrase = "There is nothing to send"
  public static let secureNothingToSendHint: Phrase = "Give a text or a file"
  public static let secureOwnNumber: Phrase = "This is your own number"
  public static let secureOwnNumberHint: Phrase = "Give somebody else's"
  public static let secureBadGroupName: Phrase = "A group's name has 1 to 100 characters"
  public static let secureBadGroupNameHint: Phrase = "Give a shorter one"
  public static let secureGroupOfOne: Phrase = "A group needs somebody besides you"
  public static let secureGroupOfOneHint: Phrase = "Name its members by their numbers"
  public static let secureNotRegistered: Phrase = "Nobody is registered with {}"
  public static let secureNotRegisteredHint: Phrase = "Check the number, or invite them first"
  public static let secureBrokenFile: Phrase = "a file that cannot be opened"
  public static let emptyPassword: Phrase = "The password is empty"
  public static let emptyPasswordHint: Phrase = "Type the account's password"
  public static let secureGroupChanged: Phrase =
    "Somebody else has changed the group at the same moment"
  public static let secureLeftGroup: Phrase = "You have left the group {}"
  public static let secureLeftGroupHint: Phrase = "A member can add you again"
  public static let secureNoRelay: Phrase = "TextSecure has no public server"
  public static let secureNoRelayHint: Phrase = "Name a relay with --textsecure-url"
  public static let secureNoAnswers: Phrase = "TextSecure messages cannot answer a certain one"
  public static let secureNoAnswersHint: Phrase =
    "Send it without the answer, and quote in the text"
  public static let secureNoAttachment: Phrase = "The message has no attachment {}"
  public static let secureNoAttachmentHint: Phrase = "Count them from 1"
  public static let secureReadAlready: Phrase = "This message has been read before"
  public static let secureReadAlreadyHint: Phrase = "Look for it in its chat"
  public static let messageNotSent: Phrase = "The message was not sent"
  public static let messageNotSentHint: Phrase = "It is kept: tercet messages {}"
  public static let cannotWrite: Phrase = "{} chats cannot be written to yet"
  public static let cannotWriteHint: Phrase = "Write with another client of {}"
  public static let notSentYet: Phrase = "That message has not been sent yet"
  public static let notSentYetHint: Phrase = "Wait until it has its tick"
  public static let channelClosed: Phrase = "Only its owner writes in {}"
  public static let chatClosed: Phrase = "You are no longer in {}"
  public static let chatClosedHint: Phrase = "Read it, or write elsewhere"
}
