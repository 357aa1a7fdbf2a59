import Domain
import Storage

// Lines about MAX alone: see `Lines.swift` for what holds of all of them.

/// One device of `tercet sessions`. All texts are the server's.
package struct DeviceOutput: Codable, Sendable, Equatable {
  /// What sort of program it is.
  package var client: String
  /// More about the device; null if the server does not tell.
  @OrNull package var info: String?
  /// About where it is; null likewise.
  @OrNull package var location: String?
  /// When it was last used; null likewise.
  @OrNull package var lastSeenAt: Int64?
  /// Whether it is this one.
  package var current: Bool

  package init(
    client: String,
    info: String? = nil,
    location: String? = nil,
    lastSeenAt: Int64? = nil,
    current: Bool
  ) {
    self.client = client
    self.info = info
    self.location = location
    self.lastSeenAt = lastSeenAt
    self.current = current
  }
}

/// One server of `tercet calls check`.
package struct ServerCheckOutput: Codable, Sendable, Equatable {
  /// `stun:host:port` or `turn:host:port`.
  package var url: String
  /// Whether it would serve the call.
  package var ok: Bool
  /// From a question to its answer, in milliseconds; null without an answer.
  @OrNull package var rttMs: Int64?
  /// Where this machine is on the other side of its gateways, if the server told.
  package var address: String?
  /// Why it would not serve.
  package var error: String?

  package init(
    url: String, ok: Bool, rttMs: Int64? = nil, address: String? = nil, error: String? = nil
  ) {
    self.url = url
    self.ok = ok
    self.rttMs = rttMs
    self.address = address
    self.error = error
  }
}
