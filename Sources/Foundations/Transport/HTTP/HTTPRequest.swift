/// One HTTP request.
public struct HTTPRequest: Sendable {
  /// What is sent after the head.
  public enum Body: Sendable {
    case none
    case bytes([UInt8])
    /// Streamed from the file at this path.
    case file(String)
    /// The same between other bytes, as forms have it.
    case framed(before: [UInt8], file: String, after: [UInt8])
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
  /// Keeps the body of a successful answer (2xx) in this file instead of the memory.
  ///
  /// The file must not exist yet; only its owner can read it. It is there after a success alone. The
  /// body of any other answer stays in the memory, cut after 64 KiB.
  public var responseFile: String?
  /// From start to the last byte of the answer, unless there is a `stallTimeout`.
  public var timeout: Duration = .seconds(30)
  /// How long not a byte may come or go, however long the whole takes: for large bodies, which a slow
  /// line carries for minutes.
  public var stallTimeout: Duration?
  /// Told on the network thread, after every piece of the request's body, and of a success's.
  public var progress: (@Sendable (TransferProgress) -> Void)?
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

/// How far the transfer of a body is.
public struct TransferProgress: Sendable, Equatable {
  /// In bytes.
  public let done: Int
  /// In bytes; nil if the server does not say.
  public let total: Int?

  public init(done: Int, total: Int?) {
    self.done = done
    self.total = total
  }
}

/// The answer to an `HTTPRequest`.
public struct HTTPResponse: Sendable {
  /// 100 to 599 as a rule; any number that the server writes.
  public var status: Int
  /// Of the final answer, not of interim ones.
  public var headers: HTTPHeaders
  /// At most the request's `responseBytes`; empty if it went into a file.
  public var body: [UInt8]
}

extension HTTPResponse {
  /// Whether the status is one of 200 ... 299.
  public var isSuccess: Bool { HTTPResponse.isSuccess(status) }

  static func isSuccess(_ status: Int) -> Bool { 200...299 ~= status }
}
