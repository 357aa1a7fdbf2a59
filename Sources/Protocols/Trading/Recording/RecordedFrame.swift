/// One thing that happened on a connection to the trading server, as a recording keeps it: a line
/// of JSON, without keys, signatures and nonces.
public struct RecordedFrame: Sendable, Equatable, Codable {
  /// What sort of thing.
  public enum Event: String, Sendable, Codable {
    /// A connection came about.
    case open
    /// It did not; `status` is the server's if it said one.
    case refused
    /// We said `frame`.
    case out
    /// The server said `frame`.
    case `in`
    /// The connection ended, with `code` if it was closed.
    case close
  }

  /// Wall-clock milliseconds of this machine.
  public var at: Int64
  /// What the connection is for: `trade`, `quotes` or `stream`.
  public var purpose: String
  /// What happened.
  public var event: Event
  /// The message, for `out` and `in`.
  public var frame: String?
  /// The server's time at an `open`, in milliseconds, where it said one.
  public var date: Int64?
  /// The HTTP status of a refusal.
  public var status: Int?
  /// The code of a close; nil for a connection that broke.
  public var code: Int?
  /// Whether it was we who closed.
  public var byUs: Bool?

  private enum CodingKeys: String, CodingKey {
    // Recordings of every version of the program call it `lane`.
    case purpose = "lane"
    case at, event, frame, date, status, code, byUs
  }

  /// A line with these fields.
  public init(
    at: Int64, purpose: String, event: Event, frame: String? = nil, date: Int64? = nil,
    status: Int? = nil, code: Int? = nil, byUs: Bool? = nil
  ) {
    self.at = at
    self.purpose = purpose
    self.event = event
    self.frame = frame
    self.date = date
    self.status = status
    self.code = code
    self.byUs = byUs
  }
}

/// Where a recording goes. Called in order on each connection, from several at once.
public protocol TradingRecorder: Sendable {
  /// Takes one line; it must not wait for long.
  func record(_ frame: RecordedFrame)

  /// Why something could not be kept, in a sentence, once; nil when there is nothing to tell.
  func takeFailure() -> String?
}

extension TradingRecorder {
  /// One that keeps everything has nothing to tell.
  public func takeFailure() -> String? { nil }
}
