/// Bounds that the server holds its clients to.
enum MaxLimits {
  /// UTF-16 units of a message.
  static let textLength = 4000
  /// How long a message may be edited.
  static let editSeconds = 604_800
  /// Things asked for at once.
  static let page = 100
  /// The year 2100 in milliseconds; no mark lies beyond it.
  static let latestTime: Int64 = 4_102_444_800_000
  /// Logins with one token within `loginPeriod`; beyond it the token is revoked.
  static let logins = 40
  /// Logins with one revoked token within `loginPeriod` that are answered as such; a client that
  /// goes on is told to wait.
  static let vainLogins = 5
  /// Milliseconds.
  static let loginPeriod: Int64 = 600_000
  /// Messages of one account within `sendPeriod`.
  static let sends = 200
  /// Milliseconds.
  static let sendPeriod: Int64 = 10_000
}
