extension Phrase {
  // Identities and groups.
  package static let identity: Phrase = "IDENTITY"
  package static let fingerprintOf: Phrase = "{} reads to you:"
  package static let fingerprintYours: Phrase = "You read:"
  package static let fingerprintBefore: Phrase = "Until now:"
  package static let fingerprintNow: Phrase = "Now:"
  package static let noFingerprint: Phrase = "none yet"
  package static let identityTrusted: Phrase =
    "{} has the key that was seen first. Nobody has compared it yet."
  package static let identityVerified: Phrase = "You have compared the key of {}, and it is right."
  package static let identityChanged: Phrase =
    "The key of {} has changed. Your messages wait until you decide."
  package static let adviceCompare: Phrase =
    "Read them aloud to each other; press v if both are right."
  package static let adviceOwn: Phrase = "Read it to whoever wants to be sure that it is you."
  package static let adviceChanged: Phrase =
    "A new phone, or somebody in between? Ask, but not here, then accept."
  package static let codeTooLarge: Phrase = "The terminal is too small for a code. It would say:"
  package static let codeOf: Phrase = "QR code of the key of {}"
  package static let codeOwn: Phrase = "QR code of your key"
  package static let group: Phrase = "GROUP"
  package static let groupWithoutName: Phrase = "Group without a name"
  package static let membersCount: Phrase = "{} members"
  package static let newContact: Phrase = "NEW CHAT"
  package static let contactsTitle: Phrase = "CONTACTS"
  package static let peoplePlaceholder: Phrase =
    "a name, or a number with its country code and what to call who has it"
  package static let nobodyFits: Phrase =
    "Nobody here. A number with its country code is looked up."
  package static let lookNumberUp: Phrase = "a number: look it up"
  package static let nobodyHasNumber: Phrase = "{}: nobody has the number {}."
  package static let groupWord: Phrase = "group"
  package static let openingChat: Phrase = "Opening the chat…"
  package static let noMessenger: Phrase = "Sign in to a messenger first: press S."
  package static let chatWord: Phrase = "chat"
  package static let mutedWord: Phrase = "muted"
  package static let commandShowContacts: Phrase = "show everybody whom the messengers know"
  package static let commandFilterChats: Phrase = "find a chat in the list by its name"
  package static let hintLookUp: Phrase = "look it up"
  package static let hintUnmute: Phrase = "unmute"
  package static let nameLabel: Phrase = "Name"
  package static let notNeeded: Phrase = "optional"
  package static let lookingUp: Phrase = "Looking the number up…"
  package static let newGroup: Phrase = "NEW GROUP"
  package static let renameGroup: Phrase = "RENAME THE GROUP"
  package static let addMembers: Phrase = "ADD MEMBERS"
  package static let membersLabel: Phrase = "Members"
  package static let membersIntroduction: Phrase =
    "Names or numbers, separated by commas; Tab completes names."
  package static let makingGroup: Phrase = "Making the group…"
  package static let renamingGroup: Phrase = "Renaming the group…"
  package static let addingMembers: Phrase = "Adding them…"
}
