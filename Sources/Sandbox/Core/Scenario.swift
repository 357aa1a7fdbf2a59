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
    case .quiet, .guarded, .ringing: nil
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
    }
  }

  /// Time between two movements of the balances; nil for none.
  var balanceInterval: Duration? {
    switch self {
    case .everyday, .calls: .seconds(2)
    case .busy: .milliseconds(100)
    case .quiet, .guarded, .ringing: nil
    }
  }

  /// Whether prices move and some orders fail.
  var isLively: Bool { ![.quiet, .guarded, .ringing].contains(self) }
}
