extension Phrase {
  // Questions before something that cannot be undone: what would be lost, and the two answers.
  public static let signOutTitle: Phrase = "SIGN OUT OF {}"
  public static let signOutOfMaxLoses: Phrase =
    "Lost on this machine: {} chats with their messages, drafts, the call log, and what waits to be sent. MAX keeps its own copy."
  public static let signOutOfTextSecureLoses: Phrase =
    "Lost for good: {} chats with their messages, and the keys. No copy exists elsewhere. Others see a new key when you sign in again."
  public static let signOutOfTradingLoses: Phrase =
    "Lost on this machine: the API key with its secret, and the balances. Orders and their journal stay."
  public static let staySignedIn: Phrase = "stay signed in"
  public static let signOutNow: Phrase = "sign out"
  public static let signingOut: Phrase = "Signing out…"
  public static let leaveGroupTitle: Phrase = "LEAVE {}"
  public static let leaveGroupLoses: Phrase =
    "You get no more messages of this group and cannot write there. Only a member can add you again."
  public static let stayInGroup: Phrase = "stay in the group"
  public static let leaveGroupNow: Phrase = "leave it"
  public static let closeDevicesTitle: Phrase = "SIGN OUT OTHER DEVICES"
  public static let closeDevicesLoses: Phrase =
    "Other devices that are signed out of MAX: {}. Each needs a new sign-in."
  public static let keepDevices: Phrase = "leave them signed in"
  public static let closeDevicesNow: Phrase = "sign them out"
  public static let resumeTitle: Phrase = "RESUME TRADING"
  public static let resumeLoses: Phrase =
    "Swaps go out again, from here and from every script that uses this profile."
  public static let stayHalted: Phrase = "stay halted"
  public static let resumeNow: Phrase = "resume"
  public static let tradingHalted: Phrase =
    "Trading is halted: no new swap goes out, from here or by a command."
  public static let tradingResumed: Phrase = "Trading is resumed."
  public static let acceptKeyTitle: Phrase = "ACCEPT THE NEW KEY"
  public static let acceptKeyLoses: Phrase =
    "What waits goes out to whoever has the new key of {}. The old key is no longer believed."
  public static let keepOldKey: Phrase = "do not accept it"
  public static let acceptKeyNow: Phrase = "accept it"
  public static let verifyKeyTitle: Phrase = "MARK THE KEY AS COMPARED"
  public static let verifyKeyMeans: Phrase =
    "Say yes only if you and {} have read both fingerprints to each other and they are the same."
  public static let notCompared: Phrase = "not compared yet"
  public static let keysAreRight: Phrase = "they are the same"
  public static let endSessionTitle: Phrase = "BEGIN A NEW SESSION"
  public static let endSessionLoses: Phrase =
    "What {} has sent in this session and has not arrived yet cannot be read any more."
  public static let keepSession: Phrase = "keep this session"
  public static let endSessionNow: Phrase = "begin a new one"
}
