extension Phrase {
  // Services and how their connections are doing.
  package static let serviceMax: Phrase = "MAX"
  package static let serviceTrading: Phrase = "TheOne"
  package static let serviceTextSecure: Phrase = "TextSecure"
  package static let connectionConnecting: Phrase = "connecting"
  package static let connectionRetry: Phrase = "retry in {}"
  package static let connectionStopped: Phrase = "stopped"
  package static let connectionNotSetUp: Phrase = "not set up"
  package static let skew: Phrase = "skew {}"
  package static let modeLive: Phrase = "LIVE"
  package static let modeSandbox: Phrase = "SANDBOX"
  package static let modeHalted: Phrase = "HALTED"
  package static let modeDryRun: Phrase = "DRY RUN"
  package static let modePaper: Phrase = "PAPER"

  // What the help of commands says of each.
  package static let maxSignIn: Phrase = "sign in to MAX with a code, a QR code or a token"
  package static let tradingSignIn: Phrase = "sign in to TheOne with an API key and its secret"
  package static let textSecureSignIn: Phrase =
    "register a number with a TextSecure relay; the code comes by SMS"
  package static let maxServer: Phrase = "the MAX server"
  package static let tradingServer: Phrase = "the trading server"
  package static let textSecureServer: Phrase = "the TextSecure relay"

  // Devices.
  package static let devicesTitle: Phrase = "DEVICES AND ACCOUNTS"
  package static let devicesHeading: Phrase = "MAX is signed in on"
  package static let accountsHeading: Phrase = "Accounts here"
  package static let thisDevice: Phrase = "this one"
  package static let deviceSeen: Phrase = "seen {}"
  package static let askingForDevices: Phrase = "Asking MAX…"
  package static let closingDevices: Phrase = "Signing the others out…"
  package static let noOtherDevice: Phrase = "No other device is signed in."
  package static let callUnreadable: Phrase = "The call's configuration could not be read: {}."
  package static let logoutUnconfirmed: Phrase = "The server was not told that you signed out"
  package static let logoutHint: Phrase = "Close this session in the MAX app on your phone"
}
