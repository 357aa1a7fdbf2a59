extension Phrase {
  // Services and lamps.
  package static let serviceMax: Phrase = "MAX"
  package static let serviceTrading: Phrase = "TheOne"
  package static let serviceTextSecure: Phrase = "TextSecure"
  package static let lampConnecting: Phrase = "connecting"
  package static let lampRetry: Phrase = "retry in {}"
  package static let lampStopped: Phrase = "stopped"
  package static let lampNotSetUp: Phrase = "not set up"
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
}
