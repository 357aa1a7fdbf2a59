/// Why a connection or a request failed: what happened, in words a person can act on.
public enum TransportError: Error, Sendable, Equatable {
  /// The address cannot be read as a URL with a known scheme and a host.
  case badAddress(String)
  /// `ws://` or `http://` to a host that is not loopback.
  case insecure(String)
  /// The name of the server has no address, or nobody could be asked.
  case nameNotResolved(String)
  /// Nobody listens there, or the network is not reachable.
  case refused(String)
  /// The proxy is not there, or would not connect; the text says why.
  case proxy(String)
  /// The certificate was not acceptable; the text is the library's.
  case tls(String)
  /// There is no TLS between us: whoever answers does not speak it (nil), or none that both of us
  /// know; the text is the library's.
  case noTLS(String?)
  /// A deadline passed; the phase says which one.
  case timedOut(TimeoutPhase)
  /// The server answered the upgrade with something other than 101. Redirects are never followed.
  case upgradeRefused(status: Int, headers: HTTPHeaders)
  /// A message or body is beyond its cap.
  case tooLarge(limit: Int)
  /// The connection has ended; how is in the closure.
  case closed(WebSocketClosure)
  /// The peer broke HTTP or WebSocket.
  case protocolViolation(String)
  /// A file could not be read or written here; the text is the system's.
  case file(String)
  /// The operating system or a library failed; the text is theirs.
  case io(String)
  /// The task was cancelled.
  case cancelled
}

/// Which wait was too long; `WebSocketLimits` and `HTTPRequest` say how long each may be.
public enum TimeoutPhase: String, Sendable {
  case connect, handshake, send, pong, close, response, transfer
}

/// How a WebSocket connection ended.
public enum WebSocketClosure: Sendable, Equatable {
  /// The peer closed with a close frame. 1005 stands for "no code given".
  case byPeer(code: UInt16, reason: String)
  /// This side closed it.
  case byUs(code: UInt16)
  /// End of file without a close frame (what browsers call 1006).
  case endOfFile
  /// The connection was reset.
  case reset
  /// No pong, or another deadline.
  case timedOut(TimeoutPhase)
  /// The peer broke the protocol; the code is the one sent to it (1002, 1007, 1009).
  case violation(code: UInt16, String)
  /// Any other failure, in the library's words.
  case failed(String)
}
