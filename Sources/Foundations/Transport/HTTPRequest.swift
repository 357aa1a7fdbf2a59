/// One HTTP request.
public struct HTTPRequest: Sendable {
  /// What is sent after the head.
  public enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// Streamed from the file at this path.
    case file(String)
  }

  /// Capital letters, as in `PATCH`.
  public var method: String
  /// `https://…`; `http://` is accepted for loopback addresses alone.
  public var url: String
  /// Sent beside `Host`, `Accept` and the body's length; no `Content-Type` is made up.
  public var headers: HTTPHeaders = [:]
  /// The body, sent with its length (never chunked unless a header says so).
  public var body: Body = .none
  /// Cap on the answer's body in bytes.
  public var responseBytes = 4 << 20
  /// From start to the last byte of the answer.
  public var timeout: Duration = .seconds(30)
  /// A file of PEM certificates trusted besides those of the system's certificate directory.
  public var certificateAuthorityFile: String?
  /// Connects to this Unix socket instead of the URL's host; the URL then names only the target.
  public var unixSocketPath: String?

  /// A request without headers and body.
  public init(method: String = "GET", url: String) {
    self.method = method
    self.url = url
  }
}

/// The answer to an `HTTPRequest`.
public struct HTTPResponse: Sendable {
  /// 100 to 599 as a rule; any number that the server writes.
  public var status: Int
  /// Of the final answer, not of interim ones.
  public var headers: HTTPHeaders
  /// At most the request's `responseBytes`.
  public var body: [UInt8]
}
