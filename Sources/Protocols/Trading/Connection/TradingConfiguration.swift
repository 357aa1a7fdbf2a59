/// Where the trading server is and how to talk to it.
public struct TradingConfiguration: Sendable {
  /// `wss://…`; `ws://` for loopback alone.
  public var url = "wss://partner-api.the-one.io/ws/v1/stream"
  /// How messages are signed and named.
  public var dialect = Dialect.doc
  /// How the fields of a message are ordered before they are signed.
  public var keyOrder = KeyOrder.sorted
  /// A file of PEM certificates trusted besides the system's.
  public var certificateAuthorityFile: String?
  /// Told of everything that is said on the connections, without what is secret in it.
  public var recorder: (any TradingRecorder)?
  /// Whether a connection says in its address what it is for: for a server that plays a recording.
  public var marksPurposes = false
  /// Whether a login with this key has worked before: then only a key that is refused ends the
  /// attempts. Everything else may pass, such as a proxy that restarts.
  public var hasWorked = false
  /// How long anything may take.
  public var timeouts = Timeouts()

  /// The public server, spoken to as the seed says.
  public init() {}

  /// Deadlines, all on the uptime clock.
  public struct Timeouts: Sendable {
    /// From the authentication message to its answer.
    public var authentication: Duration = .seconds(10)
    /// From any other message to its answer; beyond it the connection is given up.
    public var reply: Duration = .seconds(10)
    /// How long a request may wait for its turn.
    public var queue: Duration = .seconds(10)
    /// A connection that was silent for so long sends a `balances` request: the server closes
    /// after five minutes.
    public var idle: Duration = .seconds(110)

    /// The usual deadlines.
    public init() {}
  }
}
