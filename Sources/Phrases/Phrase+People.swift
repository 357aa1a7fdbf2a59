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
  package static let newContactIntroduction: Phrase =
    "The number as it is registered with TextSecure, with its country code."
  package static let newDialogIntroduction: Phrase =
    "The name of a MAX contact, or a number with its country code; Tab completes names."
  package static let personLabel: Phrase = "Whom"
  package static let nameLabel: Phrase = "Name"
  package static let notNeeded: Phrase = "optional"
  package static let lookingUp: Phrase = "Looking the number up…"
  package static let notOnRelay: Phrase = "{} is not registered with this relay."
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
