import Cryptography
import JSON

/// A token for the Calls API (seed 000, CallTokenRequest).
public struct CallToken: Sendable, Equatable {
  /// What the Calls API asks for.
  public var token: Secret
  /// Wall-clock milliseconds at which it ends.
  public var expiresAt: Int64?
  /// Wall-clock milliseconds from which a new one should be asked for.
  public var refreshAt: Int64?

  /// A token with these times.
  public init(token: Secret, expiresAt: Int64? = nil, refreshAt: Int64? = nil) {
    self.token = token
    self.expiresAt = expiresAt
    self.refreshAt = refreshAt
  }
}

extension CallToken: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    token = try object.required("token", as: Secret.self)
    expiresAt = object.moment("token_lifetime_ts")
    refreshAt = object.moment("token_refresh_ts")
  }
}
