import Trading

/// How a desk reaches its servers, as far as this run was told; nil means what a login remembered,
/// and without one the service's own address.
package struct DeskSettings: Sendable {
  /// `wss://…`; `ws://` for loopback alone.
  package var maxURL: String?
  /// `json` or `binary`, how MAX frames are written; nil means what a login remembered, and without
  /// one what the address suggests.
  package var maxCodec: String?
  /// The version of the MAX web client to pass for; servers refuse those they hold too old.
  package var maxAppVersion: String?
  /// `wss://…` likewise.
  package var tradingURL: String?
  /// `https://…` of a TextSecure relay; `http://` for loopback alone. There is none by default.
  package var textsecureURL: String?
  /// A PEM file of certificates to trust besides the system's.
  package var certificateAuthorityFile: String?
  /// How long a command waits for a server.
  package var timeout: Duration = .seconds(20)
  /// Whether the process ends when its call is answered: what was written then gets a while to go out.
  package var isPassing = false
  /// When others may see how far their messages were read.
  package var readMarks: ReadMarks = .focused
  /// Where everything is kept.
  package var dataDirectory = ""
  /// Where everything that is said to and by the trading server is written down; nil for nowhere.
  package var tradingRecorder: (any TradingRecorder)?
  /// Whether the trading server plays a recording.
  package var isReplay = false
  /// Whether the desk works on the built-in servers.
  package var isSandbox = false
  /// Whether everything works but the sending of swaps.
  package var isDryRun = false
  /// Whether swaps are filled here, at the market's prices, with money that is none.
  package var isPaper = false

  /// Whether MAX is the one that everybody uses, not a server of somebody's own.
  package var usesRealMax: Bool {
    guard let maxURL else { return !isSandbox }
    let host = maxURL.firstRange(of: "://").map { maxURL[$0.upperBound...] } ?? maxURL[...]
    return host.prefix { !"/:?#".contains($0) }.lowercased().hasSuffix("oneme.ru")
  }

  /// Each service's own address, 20 seconds.
  package init() {}
}

/// When a chat counts as read for those who wrote in it.
package enum ReadMarks: String, Sendable, CaseIterable {
  /// As soon as it is on the screen.
  case always
  /// While its pane has the keys.
  case focused
  /// Never: what was read is known here alone.
  case never
}
