/// Whether a person is there, and when they last were (MAX protocol notes §3.1, opcode 132).
public struct Presence: Sendable, Equatable {
  /// How the server puts it; statuses it may invent later read as `offline`.
  public enum Status: Sendable, Equatable {
    case offline, online, recently, longAgo
  }

  /// Whether the person is there.
  public var status: Status
  /// Wall-clock milliseconds at which the person was last seen.
  public var seen: Int64?

  /// A presence with these fields.
  public init(status: Status, seen: Int64? = nil) {
    self.status = status
    self.seen = seen
  }
}

extension Presence: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    status =
      switch object.number("status") {
      case 1: .online
      case 2: .recently
      case 3: .longAgo
      default: .offline
      }
    // Some servers count in seconds: as milliseconds such a number would lie before March 1973.
    seen = object.moment("seen").map { $0 < 100_000_000_000 ? $0 * 1000 : $0 }
  }
}
