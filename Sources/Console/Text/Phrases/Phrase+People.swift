extension Phrase {
  // Identities and groups.
  public static let identity: Phrase = "IDENTITY"
  public static let fingerprintOf: Phrase = "{} reads to you:"
  public static let fingerprintYours: Phrase = "You read:"
  public static let fingerprintBefore: Phrase = "Until now:"
  public static let fingerprintNow: Phrase = "Now:"
  public static let noFingerprint: Phrase = "none yet"
  public static let identityTrusted: Phrase =
    "{} has the key that was seen first. Nobody has compared it yet."
  public static let identityVerified: Phrase = "You have compared the key of {}, and it is right."
  public static let identityChanged: Phrase =
    "The key of {} has changed. Your messages wait until you decide."
  public static let adviceCompare: Phrase =
    "Read them aloud to each other; press v if both are right."
  public static let adviceOwn: Phrase = "Read it to whoever wants to be sure that it is you."
  public static let adviceChanged: Phrase =
    "A new phone, or somebody in between? Ask, but not here, then accept."
  public static let codeTooLarge: Phrase = "The terminal is too small for a code. It would say:"
  public static let codeOf: Phrase = "QR code of the key of {}"
  public static let codeOwn: Phrase = "QR code of your key"
  public static let group: Phrase = "GROUP"
  public static let groupWithoutName: Phrase = "Group without a name"
  public static let membersCount: Phrase = "{} members"
  public static let newContact: Phrase = "NEW CHAT"
  public static let newContactIntroduction: Phrase =
    "The number as it is registered with TextSecure, with its country code."
  public static let newDialogIntroduction: Phrase =
    "The name of a MAX contact, or a number with its country code; Tab completes names."
  public static let personLabel: Phrase = "Whom"
  public static let nameLabel: Phrase = "Name"
  public static let notNeeded: Phrase = "not needed"
  public static let lookingUp: Phrase = "Looking the number up…"
  public static let notOnRelay: Phrase = "{} is not registered with this relay."
  public static let newGroup: Phrase = "NEW GROUP"
  public static let renameGroup: Phrase = "RENAME THE GROUP"
  public static let addMembers: Phrase = "ADD MEMBERS"
  public static let membersLabel: Phrase = "Members"
  public static let membersIntroduction: Phrase =
    "Names or numbers, separated by commas; Tab completes names."
  public static let makingGroup: Phrase = "Making the group…"
  public static let renamingGroup: Phrase = "Renaming the group…"
  public static let addingMembers: Phrase = "Adding them…"
}
