import Storage

// Lines about MAX alone: see `Lines.swift` for what holds of all of them.

/// One device of `tercet sessions`. All texts are the server's.
public struct DeviceLine: Codable, Sendable, Equatable {
  /// What sort of program it is.
  public var client: String
  /// More about the device; null if the server does not tell.
  @OrNull public var info: String?
  /// About where it is; null likewise.
  @OrNull public var location: String?
  /// When it was last used; null likewise.
  @OrNull public var lastSeenAt: Int64?
  /// Whether it is this one.
  public var current: Bool
}

/// One server of `tercet calls check`.
public struct ReachLine: Codable, Sendable, Equatable {
  /// `stun:host:port` or `turn:host:port`.
  public var url: String
  /// Whether it would serve the call.
  public var ok: Bool
  /// From a question to its answer, in milliseconds; null without an answer.
  @OrNull public var rttMs: Int64?
  /// Where this machine is on the other side of its gateways, if the server told.
  public var address: String?
  /// Why it would not serve.
  public var error: String?

  init(url: String, ok: Bool, rttMs: Int64? = nil, address: String? = nil, error: String? = nil) {
    self.url = url
    self.ok = ok
    self.rttMs = rttMs
    self.address = address
    self.error = error
  }
}
