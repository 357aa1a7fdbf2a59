/// What to connect to, and within which bounds.
public struct WebSocketRequest: Sendable {
  /// `wss://…`; `ws://` is accepted for loopback addresses alone.
  public var url: String
  /// Sent as they stand, in this order, beside the handshake's own.
  public var headers: HTTPHeaders = [:]
  /// Sizes and deadlines.
  public var limits = WebSocketLimits()
  /// A file of PEM certificates trusted besides those of the system's certificate directory.
  public var certificateAuthorityFile: String?
  /// Connects to this Unix socket instead of the URL's host; the URL then names only the target.
  public var unixSocketPath: String?

  /// A request with no headers of its own and the usual limits.
  public init(url: String) { self.url = url }
}

/// Bounds of one connection. Its durations are real time, whatever clock the program is given.
public struct WebSocketLimits: Sendable {
  /// Largest incoming message after joining fragments, in bytes; beyond it the peer gets 1009.
  public var messageBytes = 1 << 20
  /// Incoming messages that may wait for the reader; beyond it, or beyond `messageBytes` of them,
  /// reading from the socket pauses.
  public var incomingMessages = 256
  /// Outgoing bytes that may wait for the socket; beyond it `send` waits.
  public var outgoingBytes = 4 << 20
  /// For name, TCP, proxy and TLS together.
  public var connectTimeout: Duration = .seconds(10)
  /// From the connection to the answer's last header.
  public var handshakeTimeout: Duration = .seconds(10)
  /// From `send` to the message's last byte; a message that takes longer ends the connection.
  public var sendTimeout: Duration = .seconds(20)
  /// How long the peer may take to confirm a close.
  public var closeTimeout: Duration = .seconds(3)
  /// Interval of WebSocket pings, a client's first one going out at once; nil sends none.
  public var pingInterval: Duration? = .seconds(25)
  /// With no pong and not a byte else for this long the connection ends.
  public var pongTimeout: Duration = .seconds(10)

  /// The usual limits.
  public init() {}
}

/// A whole message, fragments joined. Text is valid UTF-8.
public enum WebSocketMessage: Sendable, Equatable {
  case text(String)
  case binary([UInt8])
}
