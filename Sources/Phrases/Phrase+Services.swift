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
}
