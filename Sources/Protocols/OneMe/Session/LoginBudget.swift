/// How often an account may be logged in to, counted by whoever outlives a session: servers void
/// tokens that log in 30 to 50 times in a short while, whichever process did it (MAX protocol notes
/// §0, 11).
public protocol LoginBudget: Sendable {
  /// How long until there may be another login; nil for none at all.
  func untilNext() async -> Duration?
  /// Counts a login that is about to be made; else how long until there may be one.
  func spend() async -> Duration?
}

/// Logins without end, for a session that nobody else shares its account with: its own policy is
/// bound enough.
public struct UnlimitedLogins: LoginBudget {
  /// Needs no state.
  public init() {}

  public func untilNext() async -> Duration? { nil }
  public func spend() async -> Duration? { nil }
}
