extension Phrase {
  // Wizard.
  public static let welcome: Phrase = "Welcome to Tercet."
  public static let stepOf: Phrase = "{} of {}"
  public static let whichServices: Phrase =
    "Which of these do you use? Space to choose, Enter to go on."
  public static let maxExplanation: Phrase =
    "chats and incoming calls, sign in with your phone number"
  public static let tradingExplanation: Phrase =
    "balances, quotes and swaps, sign in with an API key"
  public static let textSecureExplanation: Phrase =
    "private messages through a relay you or a friend runs"
  public static let keptIn: Phrase = "Everything is kept in {}, readable by you alone."
  public static let chooseOne: Phrase = "Choose at least one, or press Esc to look around first."
  public static let maxPhoneTitle: Phrase = "MAX: your phone number"
  public static let maxPhoneIntroduction: Phrase =
    "A code is sent to this number to prove that it is yours."
  public static let maxOtherWays: Phrase =
    "Or let a phone that is signed in scan a QR code, or bring a login of the web client."
  public static let maxQRFirst: Phrase =
    "A phone that is signed in scans a QR code: MAX sends codes to few programs but its own."
  public static let maxOtherThanQR: Phrase =
    "Or have a code sent to your number, or bring a login of the web client."
  public static let noCodesHere: Phrase =
    "MAX sends no codes to programs like this one: scan a QR code instead."
  public static let noCodeCame: Phrase =
    "No code? MAX often sends none to web clients. Enter shows a QR code instead."
  public static let phoneLabel: Phrase = "Phone"
  public static let signInByLabel: Phrase = "Sign in by"
  public static let byCode: Phrase = "a code"
  public static let byQR: Phrase = "a QR code"
  public static let byToken: Phrase = "a token"
  public static let maxScanTitle: Phrase = "MAX: scan this code"
  public static let maxScanIntroduction: Phrase =
    "Scan it in the MAX app of a phone that is signed in, where the app lists your devices."
  public static let scanWithin: Phrase = "The code is good for {}. The next one follows by itself."
  public static let waitingForPhone: Phrase = "Waiting for your phone…"
  public static let scanSays: Phrase = "The code says: {}"
  public static let captchaTitle: Phrase = "MAX: are you a person?"
  public static let captchaIntroduction: Phrase =
    "MAX wants to see a person before it sends a code. Open this link in a browser, then press Enter."
  public static let captchaThenEnter: Phrase = "MAX wants to see a person first. Open this link: {}"
  public static let captchaDone: Phrase = "Enter when done"
  public static let maxTokenTitle: Phrase = "MAX: a login of the web client"
  public static let maxTokenIntroduction: Phrase =
    "The browser keeps them as __oneme_auth and __oneme_device_id. They belong together."
  public static let tokenLabel: Phrase = "Token"
  public static let deviceLabel: Phrase = "Device id"
  public static let checkingToken: Phrase = "Checking the token…"
  public static let badToken: Phrase = "This is no login token"
  public static let badTokenHint: Phrase = "Copy the whole of it, or all that __oneme_auth holds"
  public static let badDevice: Phrase = "This is no device id"
  public static let badDeviceHint: Phrase = "Copy what __oneme_device_id holds"
  public static let pauseFor: Phrase = "MAX wants a pause: try again in {}."
  public static let signInAgainHint: Phrase =
    "Sign in again: press S in the console, or run `tercet login max`"
  public static let clientTooOldHint: Phrase =
    "Pass for a newer web client with --max-app-version, or update tercet"
  public static let sandboxPassword: Phrase = "The sandbox's password is: {}"
  public static let maxCodeTitle: Phrase = "MAX: the code"
  public static let codeIntroduction: Phrase = "Type the code that was sent to {}."
  public static let codeByVoiceIntroduction: Phrase =
    "Type the code that a voice reads to you at {}."
  public static let codeLabel: Phrase = "Code"
  public static let maxPasswordTitle: Phrase = "MAX: your password"
  public static let maxPasswordIntroduction: Phrase = "This account asks for its password as well."
  public static let passwordHint: Phrase = "Hint: {}"
  public static let passwordLabel: Phrase = "Password"
  public static let tradingTitle: Phrase = "TheOne: your API key"
  public static let tradingIntroduction: Phrase =
    "The key names the account, the secret signs. The secret stays here."
  public static let keyLabel: Phrase = "Key"
  public static let secretLabel: Phrase = "Secret"
  public static let textSecureTitle: Phrase = "TextSecure: your relay and number"
  public static let textSecureCodeTitle: Phrase = "TextSecure: the code"
  public static let relayIntroduction: Phrase =
    "Messages go through a relay that you or a friend runs; it cannot read them."
  public static let numberIntroduction: Phrase =
    "A code is sent to your number to prove that it is yours."
  public static let relayLabel: Phrase = "Relay"
  public static let numberLabel: Phrase = "Number"
  public static let relayNeeded: Phrase =
    "Type the address of the relay; there is no public one. `tercet relay` runs one."
  public static let codeByLabel: Phrase = "Code by"
  public static let bySms: Phrase = "SMS"
  public static let byVoice: Phrase = "a call"
  public static let askingForCode: Phrase = "Asking for a code…"
  public static let checkingCode: Phrase = "Checking the code…"
  public static let checkingPassword: Phrase = "Checking the password…"
  public static let checkingKey: Phrase = "Checking the key…"
  public static let newCodeIn: Phrase = "A new code can be asked for in {}."
  public static let newCodeNow: Phrase = "No code? Press Ctrl-R for a new one."
  public static let sandboxSms: Phrase = "The sandbox sent an SMS to {}: {}"
  public static let signedIn: Phrase = "{}: signed in as {}"
  public static let wizardDone: Phrase = "All set"
  public static let pressEnter: Phrase = "Press Enter to open the console."

  // The wizard's keys.
  public static let hintMove: Phrase = "move"
  public static let hintChoose: Phrase = "choose"
  public static let hintGoOn: Phrase = "go on"
  public static let hintLater: Phrase = "later"
  public static let hintBack: Phrase = "back"
  public static let hintNext: Phrase = "next field"
  public static let hintNewCode: Phrase = "new code"
  public static let hintQRCode: Phrase = "QR code"
  public static let hintReplyToCall: Phrase = "reply with a text"
  public static let hintCheckLine: Phrase = "check the line"
  public static let hintCloseDevices: Phrase = "sign out the others"
  public static let hintAgain: Phrase = "again"
  public static let hintOpen: Phrase = "open the console"
}
