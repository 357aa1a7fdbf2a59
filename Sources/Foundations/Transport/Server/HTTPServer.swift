/// An HTTP and WebSocket server (libmicrohttpd) on a loopback or given address.
///
/// It serves until `stop()`, or until its last reference goes away.
public final class HTTPServer: Sendable {
  /// Where to listen and within which bounds.
  public struct Configuration: Sendable {
    /// A literal address; "127.0.0.1" or "::1" for this machine alone.
    public var address = "127.0.0.1"
    /// 0 lets the system choose.
    public var port: UInt16 = 0
    /// Listens on this Unix socket (mode 0600) instead of TCP. A socket file that nobody listens on
    /// is replaced; `stop()` removes the file.
    public var unixSocketPath: String?
    /// Serves TLS 1.2 and newer. libmicrohttpd passes upgraded connections through TLS a few bytes
    /// at a time: right, but slow (some 500 kB/s).
    public var tls: TLSIdentity?
    /// Cap on a request's body in bytes; beyond it the client gets 413.
    public var requestBytes = 4 << 20
    /// Decides by a request's head where its body goes, in place of `requestBytes`. Called on the
    /// server's thread: it must not wait.
    public var destination: (@Sendable (Request) -> BodyDestination)?
    /// What all connections together may take.
    public var bounds = HTTPServerBounds()
    /// Bounds of the upgraded connections; connect and handshake have none here.
    public var webSocketLimits = WebSocketLimits()

    /// A free port of 127.0.0.1, without TLS.
    public init() {}
  }

  /// Where the body of a request goes; beyond the limit, in bytes, the client gets 413.
  public enum BodyDestination: Sendable {
    ///
    /// `holding` is kept until the request is over, however it ends.
    case memory(limit: Int, holding: (any Sendable)? = nil)
    /// Into a new file of this path, which only its owner can read. After the answer it is removed,
    /// if it still has this name.
    case file(String, limit: Int, holding: (any Sendable)? = nil)
    /// Nowhere: this is answered at once, and the connection ends if there is a body.
    case refused(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [])
  }

  /// A request as it arrived.
  public struct Request: Sendable {
    /// As sent: `GET`, `POST`…
    public var method: String
    /// Path and query, byte for byte as sent.
    public var target: String
    /// In the order of arrival.
    public var headers: HTTPHeaders
    /// At most the configuration's `requestBytes`; empty if it went into a file.
    public var body: [UInt8]
    /// The path of the file with the body, if that is where it went.
    public var bodyFile: String?
    /// The literal address that it came from; nil with a Unix socket.
    public var address: String?
    /// Whether it asks for a WebSocket in a well-formed way; others that ask get 400 or 426 before
    /// they come here.
    public var isWebSocketUpgrade: Bool

    /// The size of its body as its head says; nil if that comes in chunks of any number.
    public var announcedBytes: Int? {
      guard headers["Transfer-Encoding"] == nil else { return nil }
      return headers["Content-Length"].flatMap { Int($0) } ?? 0
    }

    /// A request that came some other way than over a connection of its own.
    public init(
      method: String, target: String, headers: HTTPHeaders = [:], body: [UInt8] = [],
      bodyFile: String? = nil, address: String? = nil, isWebSocketUpgrade: Bool = false
    ) {
      self.method = method
      self.target = target
      self.headers = headers
      self.body = body
      self.bodyFile = bodyFile
      self.address = address
      self.isWebSocketUpgrade = isWebSocketUpgrade
    }
  }

  /// What a server answers.
  public enum Reply: Sendable {
    /// A plain answer; its length and `Date` are added.
    case response(status: Int, headers: HTTPHeaders = [:], body: [UInt8] = [])
    /// A plain answer with what is in a file; 404 if there is no such file.
    case file(String, headers: HTTPHeaders = [:])
    /// Ends the connection without a word, for trying how clients bear it.
    case hangUp
    /// Accepts the upgrade; `serve` runs in a task of its own and the connection is closed (1000)
    /// after it returns. To a request that is no upgrade the answer is 426.
    case webSocket(headers: HTTPHeaders = [:], serve: @Sendable (WebSocketConnection) async -> Void)
  }

  /// The TCP port; 0 with a Unix socket.
  public let port: UInt16

  private let daemon: HTTPDaemon

  /// Starts listening; returns when connections are accepted.
  ///
  /// `answer` is called for each complete request, many at a time, and cancelled by `stop()`. Throws
  /// `.badAddress` for an address that is no literal, `.tls` for an identity that cannot be used,
  /// `.noLibrary` without libmicrohttpd or libcurl and `.io` when the system refuses.
  public init(
    _ configuration: Configuration, network: Network,
    answer: @escaping @Sendable (Request) async -> Reply
  ) throws(TransportError) {
    try NetworkLibraries.openServer()
    // Its WebSocket connections are served by the network's loop, which is curl's.
    try NetworkLibraries.openCurl()
    daemon = HTTPDaemon(configuration, network: network, answer: answer)
    port = try daemon.start()
  }

  deinit {
    let daemon = daemon
    Task.detached { await daemon.stop() }
  }

  /// Stops accepting, closes what is open (1001) and waits until it is.
  public func stop() async { await daemon.stop() }
}

/// A certificate chain and its private key, as PEM text.
public struct TLSIdentity: Sendable {
  /// The server's certificate first, then those that vouch for it.
  public var certificate: String
  /// The key of the first certificate, not encrypted.
  public var privateKey: String

  /// Whether the two fit together is found out when a server starts with them.
  public init(certificate: String, privateKey: String) {
    self.certificate = certificate
    self.privateKey = privateKey
  }
}

extension TLSIdentity: CustomStringConvertible, CustomReflectable {
  /// Says nothing: the key must not reach a log by way of a printed configuration.
  public var description: String { "TLSIdentity(‹redacted›)" }
  /// Empty, for the same reason.
  public var customMirror: Mirror { Mirror(self, children: []) }
}

/// How much of its machine a server gives to those who connect, whoever they are.
public struct HTTPServerBounds: Sendable, Equatable {
  /// Connections at once, fewer where the system allows fewer files. When there are as many, the
  /// address that has most of them makes room for others.
  public var connections = 4096
  /// Of one address at once; of IPv6 a block of 2⁶⁴ counts as one. More are closed at once.
  public var connectionsPerAddress = 4096
  /// From a connection's beginning to the end of its first request's head, however busily it sends.
  public var headTimeout: Duration = .seconds(20)
  /// From an answer to the end of the next request's head.
  public var idleTimeout: Duration = .seconds(60)
  /// For a body, or for taking an answer, besides what its bytes need at `slowestRate`.
  public var bodyTimeout: Duration = .seconds(30)
  /// In bytes a second; what is slower is cut off. A poor mobile line does two or three times as much.
  public var slowestRate = 8 << 10
  /// Bytes of bodies and answers that are in memory at once; beyond it requests get 503.
  public var bufferedBytes = 256 << 20
  /// Of those, the share of one address.
  public var bufferedBytesPerAddress = 256 << 20

  /// For a server that is not open to strangers: one address may take everything.
  public init() {}
}
