/// What happens in a sandbox while nobody touches it.
public enum Scenario: String, Sendable, CaseIterable {
  /// A populated account, a message every few seconds, a call 8 s after login, moving prices.
  case everyday
  /// The same account without anything spontaneous; prices stand still and every order fills.
  case quiet
  /// The quiet account, which asks for its password after a code or a QR code.
  case guarded
  /// The guarded account with a call 5 s after login and again every 45 s.
  case ringing
  /// A hundred pushes a second.
  case busy
  /// A call 3 s after login and again every 45 s.
  case calls
  /// The quiet account at a moment that is always the same, with one call after two minutes.
  case tour

  /// The scenario called `name`; throws `SandboxError.unknownScenario` for any other name.
  public init(named name: String) throws(SandboxError) {
    guard let scenario = Scenario(rawValue: name) else {
      throw .unknownScenario(name)
    }
    self = scenario
  }

  /// Time between two spontaneous pushes on the messenger; nil for none.
  var messengerInterval: Duration? {
    switch self {
    case .everyday: .seconds(3)
    case .quiet, .guarded, .ringing, .tour: nil
    case .busy: .milliseconds(10)
    case .calls: .seconds(10)
    }
  }

  /// From a login to its first call, and between calls; nil for none.
  var callInterval: (first: Duration, next: Duration)? {
    switch self {
    case .everyday: (.seconds(8), .seconds(300))
    case .quiet, .guarded, .busy: nil
    case .calls: (.seconds(3), .seconds(45))
    case .ringing: (.seconds(5), .seconds(45))
    case .tour: (.seconds(120), .seconds(86_400))
    }
  }

  /// Time between two movements of the balances; nil for none.
  var balanceInterval: Duration? {
    switch self {
    case .everyday, .calls: .seconds(2)
    case .busy: .milliseconds(100)
    case .quiet, .guarded, .ringing, .tour: nil
    }
  }

  /// The moment at which it always begins, in wall-clock milliseconds; nil where it begins now.
  public var start: Int64? {
    // Saturday 21 November 2026, 12:44 in Greenwich.
    self == .tour ? 1_795_265_040_000 : nil
  }

  /// Whether prices move and some orders fail.
  var isLively: Bool { ![.quiet, .guarded, .ringing, .tour].contains(self) }
}
