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
  /// This machine lacks a library that connections need; the text is the system's.
  case noLibrary(String)
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

extension TransportError: CustomStringConvertible {
  /// The `message`.
  public var description: String { message }

  /// What happened, in a sentence. Parts of it may be a server's or a library's own words: make
  /// control characters visible before it reaches a screen.
  public var message: String {
    switch self {
    case .badAddress(let text): "This is no usable address: \(text)".asSentence
    case .insecure(let host): "Nothing is sent to \(host) without encryption."
    case .nameNotResolved(let text): "The server's name is not known: \(text)".asSentence
    case .refused(let text): "The server does not accept connections: \(text)".asSentence
    case .proxy(let text): "The proxy does not connect: \(text)".asSentence
    case .tls(let text): "The server could not be trusted: \(text)".asSentence
    case .noTLS(nil): "The server does not speak TLS there."
    case .noTLS(let text?): "The server and this machine agree on no TLS: \(text)".asSentence
    case .timedOut(let phase): phase.message
    case .upgradeRefused(let status, let headers):
      TransportError.refusal(status, headers["Location"])
    case .tooLarge(let limit): "The answer has more than \(limit) bytes."
    case .closed(let closure): closure.message
    case .protocolViolation(let text): "The server broke the protocol: \(text)".asSentence
    case .file(let text): "A file cannot be used: \(text)".asSentence
    case .noLibrary(let text): "A library is missing: \(text)".asSentence
    case .io(let text): "The system reports: \(text)".asSentence
    case .cancelled: "This was cancelled."
    }
  }

  /// What to do about it, in a sentence; nil where there is nothing to do.
  public var hint: String? {
    switch self {
    case .badAddress: "Check the server's address."
    case .insecure: "Use wss:// or https://; plain text is for this machine alone."
    case .nameNotResolved, .refused: "Check the network and the server's address."
    case .tls where isUnknownIssuer:
      "If you trust whoever that is, name their certificate with --ca-file."
    case .tls: "Check the clock; a private authority can be named with --ca-file."
    case .noTLS(nil):
      "Check the port; an address of this machine may begin with ws:// or http://."
    case .noTLS: "Ask whoever runs the server: it may be too old, or want a certificate of yours."
    case .proxy:
      "Check the proxy's address, and its name and password, in https_proxy or all_proxy."
    case .upgradeRefused(let status, _): TransportError.advice(status)
    case .protocolViolation: "Check the server's address: what answers there is no such server."
    case .file: "Free some space, or check who may use the file."
    case .noLibrary: "Install it with the system's packages, then try again."
    case .timedOut, .closed: "Check the network; try again later if it is well."
    case .tooLarge, .io, .cancelled: nil
    }
  }
}

extension TransportError {
  private static let issuerWords = "its certificate is signed by"

  /// The certificate is one that nobody who is known here has signed.
  static func unknown(issuer: String, _ text: String) -> TransportError {
    .tls("\(issuerWords) “\(issuer)”, which this machine does not know (\(text))")
  }

  /// Whether the certificate's issuer is named and not known.
  public var isUnknownIssuer: Bool {
    if case .tls(let text) = self { text.hasPrefix(TransportError.issuerWords) } else { false }
  }

  /// What an HTTP answer to an upgrade says.
  /// Why no TLS came about, by the library's words: only some of them are about a certificate.
  static func handshake(_ text: String) -> TransportError {
    let words = text.lowercased()
    func has(_ signs: [String]) -> Bool { signs.contains { words.contains($0) } }
    // What was read as TLS is text of another protocol.
    if has([
      "wrong version number", "packet length too long", "http request", "unknown protocol",
      "record layer failure", "bad record type", "unexpected message",
    ]) {
      return .noTLS(nil)
    }
    // A line that breaks, or a server of another protocol that will not read on: nobody can tell.
    if has(["reset by peer", "unexpected eof", "ssl_error_syscall", "ssl_error_zero_return"]) {
      return .closed(
        .failed("it ended before TLS was agreed on; perhaps the server has no TLS there"))
    }
    // An alert is what the server says of us; its name may hold the word.
    return words.contains("certificate") && !words.contains("alert") ? .tls(text) : .noTLS(text)
  }

  private static func refusal(_ status: Int, _ place: String?) -> String {
    switch status {
    case 200..<300: "What answers is no WebSocket server (HTTP \(status))."
    case 300..<400:
      if let place {
        "The server sends us elsewhere (HTTP \(status), to \(place))."
      } else {
        "The server sends us elsewhere (HTTP \(status))."
      }
    case 429: "The server has had too many connections (HTTP 429)."
    case 500...: "The server is out of order (HTTP \(status))."
    default: "The server refused the connection (HTTP \(status))."
    }
  }

  /// What to do about such an answer.
  private static func advice(_ status: Int) -> String {
    switch status {
    case 300..<400: "Give the new address, if it is to be trusted: nobody is followed elsewhere."
    case 401, 403: "The server, or what stands before it, lets only some in: ask its operator."
    case 429: "Wait a while; trying on makes it longer."
    case 500...: "Try again later."
    default: "Check the server's address; try again later if it is right."
    }
  }
}

extension TimeoutPhase {
  /// What happened, in a sentence.
  public var message: String {
    switch self {
    case .connect: "The server could not be reached in time."
    case .handshake: "The server did not answer the WebSocket handshake in time."
    case .send: "The server did not take the message in time."
    case .pong: "The server no longer answers."
    case .close: "The server did not confirm the close in time."
    case .response: "The server did not answer in time."
    case .transfer: "The transfer stood still for too long."
    }
  }
}

extension WebSocketClosure: CustomStringConvertible {
  /// The `message`.
  public var description: String { message }

  /// What happened, in a sentence; the peer's reason is in it as it came.
  public var message: String {
    switch self {
    case .byPeer(let code, let reason):
      "The server closed the connection (\(code)\(reason.isEmpty ? "" : ": \(reason)"))."
    case .byUs: "The connection was closed here."
    case .endOfFile, .reset: "The connection broke off."
    case .timedOut(let phase): phase.message
    case .violation(_, let text): "The server broke the protocol: \(text)".asSentence
    case .failed(let text): "The connection failed: \(text)".asSentence
    }
  }
}

extension String {
  /// With a full stop, unless it ends as a sentence does: words of libraries come both ways.
  fileprivate var asSentence: String { last.map(".!?".contains) == true ? self : self + "." }
}
