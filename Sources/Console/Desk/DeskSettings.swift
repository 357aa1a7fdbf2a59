import Trading

/// How a desk reaches its servers, as far as this run was told; nil means what a login remembered,
/// and without one the service's own address.
public struct DeskSettings: Sendable {
  /// `wss://…`; `ws://` for loopback alone.
  public var maxURL: String?
  /// `json` or `binary`, how MAX frames are written; nil means what a login remembered, and without
  /// one what the address suggests.
  public var maxCodec: String?
  /// The version of the MAX web client to pass for; servers refuse those they hold too old.
  public var maxAppVersion: String?
  /// `wss://…` likewise.
  public var tradingURL: String?
  /// `https://…` of a TextSecure relay; `http://` for loopback alone. There is none by default.
  public var textsecureURL: String?
  /// A PEM file of certificates to trust besides the system's.
  public var certificateAuthorityFile: String?
  /// How long a command waits for a server.
  public var timeout: Duration = .seconds(20)
  /// Whether the process ends when its call is answered: what was written then gets a while to go out.
  public var isPassing = false
  /// When others may see how far their messages were read.
  public var readMarks: ReadMarks = .focused
  /// Where everything is kept.
  public var dataDirectory = ""
  /// Where everything that is said to and by the trading server is written down; nil for nowhere.
  public var tradingRecorder: (any TradingRecorder)?
  /// Whether the trading server plays a recording.
  var isReplay = false
  /// Whether the desk works on the built-in servers.
  public var isSandbox = false
  /// Whether everything works but the sending of swaps.
  public var isDryRun = false
  /// Whether swaps are filled here, at the market's prices, with money that is none.
  public var isPaper = false

  /// Whether MAX is the one that everybody uses, not a server of somebody's own.
  var usesRealMax: Bool {
    guard let maxURL else { return !isSandbox }
    let host = maxURL.firstRange(of: "://").map { maxURL[$0.upperBound...] } ?? maxURL[...]
    return host.prefix { !"/:?#".contains($0) }.lowercased().hasSuffix("oneme.ru")
  }

  /// Each service's own address, 20 seconds.
  public init() {}
}

/// When a chat counts as read for those who wrote in it.
public enum ReadMarks: String, Sendable, CaseIterable {
  /// As soon as it is on the screen.
  case always
  /// While its pane has the keys.
  case focused
  /// Never: what was read is known here alone.
  case never
}
