extension Phrase {
  // Questions before something that cannot be undone: what would be lost, and the two answers.
  package static let signOutTitle: Phrase = "SIGN OUT OF {}"
  package static let signOutOfMaxLoses: Phrase =
    "Lost on this machine: {} chats with their messages, drafts, the call log, and what waits to be sent. MAX keeps its own copy."
  package static let signOutOfTextSecureLoses: Phrase =
    "Lost for good: {} chats with their messages, and the keys. No copy exists elsewhere. Others see a new key when you sign in again."
  package static let signOutOfTradingLoses: Phrase =
    "Lost on this machine: the API key with its secret, and the balances. Orders and their journal stay."
  package static let staySignedIn: Phrase = "stay signed in"
  package static let signOutNow: Phrase = "sign out"
  package static let signingOut: Phrase = "Signing out…"
  package static let replaceTitle: Phrase = "REPLACE THE {} LOGIN"
  package static let wouldReplace: Phrase = "{} is signed in to {} here. {} would take that place."
  package static let wouldReplaceHint: Phrase =
    "Give --replace to do so, or another --profile to keep both"
  package static let keepLogin: Phrase = "keep what is here"
  package static let replaceNow: Phrase = "replace it"
  package static let replacing: Phrase = "Replacing the login…"
  package static let givingUpLogin: Phrase = "Giving the new login up…"
  package static let replaceQuestion: Phrase = "Replace it and lose that?"
  package static let nothingReplaced: Phrase = "Nothing was changed"
  package static let leaveGroupTitle: Phrase = "LEAVE {}"
  package static let leaveGroupLoses: Phrase =
    "You get no more messages of this group and cannot write there. Only a member can add you again."
  package static let stayInGroup: Phrase = "stay in the group"
  package static let leaveGroupNow: Phrase = "leave it"
  package static let closeDevicesTitle: Phrase = "SIGN OUT OTHER DEVICES"
  package static let closeDevicesLoses: Phrase =
    "Other devices that are signed out of MAX: {}. Each needs a new sign-in."
  package static let keepDevices: Phrase = "leave them signed in"
  package static let closeDevicesNow: Phrase = "sign them out"
  package static let resumeTitle: Phrase = "RESUME TRADING"
  package static let resumeLoses: Phrase =
    "Swaps go out again, from here and from every script that uses this profile."
  package static let stayHalted: Phrase = "stay halted"
  package static let resumeNow: Phrase = "resume"
  package static let tradingHalted: Phrase =
    "Trading is halted: no new swap goes out, from here or by a command."
  package static let tradingResumed: Phrase = "Trading is resumed."
  package static let acceptKeyTitle: Phrase = "ACCEPT THE NEW KEY"
  package static let acceptKeyLoses: Phrase =
    "What waits goes out to whoever has the new key of {}. The old key is no longer believed."
  package static let keepOldKey: Phrase = "do not accept it"
  package static let acceptKeyNow: Phrase = "accept it"
  package static let verifyKeyTitle: Phrase = "MARK THE KEY AS COMPARED"
  package static let verifyKeyMeans: Phrase =
    "Say yes only if you and {} have read both fingerprints to each other and they are the same."
  package static let notCompared: Phrase = "not compared yet"
  package static let keysAreRight: Phrase = "they match"
  package static let endSessionTitle: Phrase = "BEGIN A NEW SESSION"
  package static let endSessionLoses: Phrase =
    "What {} has sent in this session and has not arrived yet cannot be read any more."
  package static let keepSession: Phrase = "keep this session"
  package static let endSessionNow: Phrase = "begin a new one"
}
