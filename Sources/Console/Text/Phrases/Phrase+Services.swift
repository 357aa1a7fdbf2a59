extension Phrase {
  // Services and lamps.
  public static let serviceMax: Phrase = "MAX"
  public static let serviceTrading: Phrase = "TheOne"
  public static let serviceTextSecure: Phrase = "TextSecure"
  public static let lampConnecting: Phrase = "connecting"
  public static let lampRetry: Phrase = "retry in {}"
  public static let lampStopped: Phrase = "stopped"
  public static let lampNotSetUp: Phrase = "not set up"
  public static let skew: Phrase = "skew {}"
  public static let modeLive: Phrase = "LIVE"
  public static let modeSandbox: Phrase = "SANDBOX"
  public static let modeHalted: Phrase = "HALTED"
  public static let modeDryRun: Phrase = "DRY RUN"
  public static let modePaper: Phrase = "PAPER"
}
