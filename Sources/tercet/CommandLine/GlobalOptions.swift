extension Subcommand {
  /// What every command takes.
  static let globalOptions: [Option] = [
    .value("profile", "NAME", "keep accounts apart by name (default: default)"),
    .value("data-dir", "DIR", "where everything is kept"),
    .value("config", "FILE", "settings, one `name = value` a line"),
    .flag("json", "print JSON Lines"),
    .value("ca-file", "FILE", "also trust the certificates in this PEM file"),
    .value("max-url", "URL", "address of the MAX server"),
    .value("trading-url", "URL", "address of the trading server"),
    .value("textsecure-url", "URL", "address of the TextSecure relay"),
    .value("max-codec", "json|binary", "how MAX frames are written"),
    .value("record", "FILE", "write down what the trading server and we say, without secrets"),
    .value("timeout", "SECONDS", "how long to wait for a server (default: 20)"),
    .flag("v", "log to standard error"),
    .flag("help", "what the command does and takes"),
    .flag("version", "the version"),
  ]
}
