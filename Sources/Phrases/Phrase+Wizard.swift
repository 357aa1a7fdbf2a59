extension Phrase {
  // Wizard.
  package static let welcome: Phrase = "Welcome to Tercet."
  package static let stepOf: Phrase = "{} of {}"
  package static let signInTitle: Phrase = "Sign in"
  package static let whichService: Phrase =
    "To which service? Space chooses several, Enter goes on."
  package static let whichServices: Phrase =
    "Which of these do you use? Space to choose, Enter to go on."
  package static let maxExplanation: Phrase =
    "chats and incoming calls, sign in with your phone number"
  package static let tradingExplanation: Phrase =
    "balances, quotes and swaps, sign in with an API key"
  package static let textSecureExplanation: Phrase =
    "private messages through a relay you or a friend runs"
  package static let keptIn: Phrase = "Everything is kept in {}, readable by you alone."
  package static let chooseOne: Phrase = "Choose at least one, or press Esc to look around first."
  package static let maxPhoneTitle: Phrase = "MAX: your phone number"
  package static let maxPhoneIntroduction: Phrase =
    "A code is sent to this number to prove that it is yours."
  package static let maxOtherWays: Phrase =
    "Or let a phone that is signed in scan a QR code, or bring a login of the web client."
  package static let maxQRFirst: Phrase =
    "A phone that is signed in scans a QR code: MAX sends codes to few programs but its own."
  package static let maxOtherThanQR: Phrase =
    "Or have a code sent to your number, or bring a login of the web client."
  package static let noCodesHere: Phrase =
    "{} sends no codes to programs like this one: scan a QR code instead."
  package static let noCodeCame: Phrase =
    "No code? {} often sends none to web clients. Enter shows a QR code instead."
  package static let phoneLabel: Phrase = "Phone"
  package static let signInByLabel: Phrase = "Sign in by"
  package static let byCode: Phrase = "a code"
  package static let byQR: Phrase = "a QR code"
  package static let byToken: Phrase = "a token"
  package static let maxScanTitle: Phrase = "MAX: scan this code"
  package static let maxScanIntroduction: Phrase =
    "Scan it in the MAX app of a phone that is signed in, where the app lists your devices."
  package static let scanWithin: Phrase = "The code is good for {}. The next one follows by itself."
  package static let waitingForPhone: Phrase = "Waiting for your phone…"
  package static let scanSays: Phrase = "The code says: {}"
  package static let captchaTitle: Phrase = "{}: are you a person?"
  package static let captchaIntroduction: Phrase =
    "{} wants to see a person before it sends a code. Open this link in a browser, then press Enter."
  package static let captchaThenEnter: Phrase =
    "{} wants to see a person first. Open this link: {}"
  package static let captchaDone: Phrase = "Enter when done"
  package static let maxTokenTitle: Phrase = "MAX: a login of the web client"
  package static let maxTokenIntroduction: Phrase =
    "The browser keeps them as __oneme_auth and __oneme_device_id. They belong together."
  package static let tokenLabel: Phrase = "Token"
  package static let deviceLabel: Phrase = "Device id"
  package static let checkingToken: Phrase = "Checking the token…"
  package static let badToken: Phrase = "This is no login token"
  package static let badTokenHint: Phrase = "Copy the whole of it, or all that __oneme_auth holds"
  package static let badDevice: Phrase = "This is no device id"
  package static let badDeviceHint: Phrase = "Copy what __oneme_device_id holds"
  package static let pauseFor: Phrase = "{} wants a pause: try again in {}."
  package static let signInAgainHint: Phrase =
    "Sign in again: press S in the console, or run `tercet login max`"
  package static let clientTooOldHint: Phrase =
    "Pass for a newer web client with --max-app-version, or update tercet"
  package static let sandboxAnswers: Phrase =
    "These are the sandbox's own: press Enter. What you type takes their place."
  package static let sandboxPassword: Phrase = "The sandbox's password is: {}"
  package static let codeTitle: Phrase = "{}: the code"
  package static let codeIntroduction: Phrase = "Type the code that was sent to {}."
  package static let codeByVoiceIntroduction: Phrase =
    "Type the code that a voice reads to you at {}."
  package static let codeLabel: Phrase = "Code"
  package static let passwordTitle: Phrase = "{}: your password"
  package static let passwordIntroduction: Phrase = "This account asks for its password as well."
  package static let passwordHint: Phrase = "Hint: {}"
  package static let passwordLabel: Phrase = "Password"
  package static let tradingTitle: Phrase = "TheOne: your API key"
  package static let tradingIntroduction: Phrase =
    "The key names the account, the secret signs. The secret stays here."
  package static let dialectLabel: Phrase = "Dialect"
  package static let keyOrderLabel: Phrase = "Order of keys"
  package static let badDialect: Phrase = "There is no such dialect"
  package static let badDialectHint: Phrase =
    "--dialect is doc, sdk, probe or, for a bit of both, sdk-key, sdk-names, sdk-empty or two of them with a “+” between"
  package static let keyLabel: Phrase = "Key"
  package static let secretLabel: Phrase = "Secret"
  package static let textSecureTitle: Phrase = "TextSecure: your relay and number"
  package static let relayIntroduction: Phrase =
    "Messages go through a relay that you or a friend runs; it cannot read them."
  package static let numberIntroduction: Phrase =
    "A code is sent to your number to prove that it is yours."
  package static let relayLabel: Phrase = "Relay"
  package static let numberLabel: Phrase = "Number"
  package static let relayNeeded: Phrase =
    "Type the address of the relay; there is no public one. `tercet relay` runs one."
  package static let codeByLabel: Phrase = "Code by"
  package static let bySms: Phrase = "SMS"
  package static let byVoice: Phrase = "a call"
  package static let askingForCode: Phrase = "Asking for a code…"
  package static let checkingCode: Phrase = "Checking the code…"
  package static let checkingPassword: Phrase = "Checking the password…"
  package static let checkingKey: Phrase = "Checking the key…"
  package static let newCodeIn: Phrase = "A new code can be asked for in {}."
  package static let newCodeNow: Phrase = "No code? Press Ctrl-R for a new one."
  package static let sandboxSms: Phrase = "The sandbox sent an SMS to {}: {}"
  package static let signedIn: Phrase = "{}: signed in as {}"
  package static let signedInAs: Phrase = "signed in as {}"
  package static let wizardDone: Phrase = "All set"
  package static let pressEnter: Phrase = "Press Enter to open the console."

  // The wizard's keys.
  package static let hintMove: Phrase = "move"
  package static let hintChoose: Phrase = "choose"
  package static let hintGoOn: Phrase = "go on"
  package static let hintLater: Phrase = "later"
  package static let hintBack: Phrase = "back"
  package static let hintNext: Phrase = "next field"
  package static let hintComplete: Phrase = "complete"
  package static let hintNewCode: Phrase = "new code"
  package static let hintQRCode: Phrase = "QR code"
  package static let hintReplyToCall: Phrase = "reply with a text"
  package static let hintCheckLine: Phrase = "test connection"
  package static let hintCloseDevices: Phrase = "sign out the others"
  package static let hintAgain: Phrase = "again"
  package static let hintOpen: Phrase = "open the console"
}
