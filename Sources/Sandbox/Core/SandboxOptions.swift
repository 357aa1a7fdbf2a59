/// How a sandbox is started.
public struct SandboxOptions: Sendable {
  /// 0 lets the system choose the ports; otherwise MAX listens here, trading and the relay on the two
  /// ports after it.
  public var portBase: UInt16 = 0
  /// What the accounts hold and how much happens on them.
  public var scenario = Scenario.everyday
  /// Serves `wss://` with a certificate made on the spot.
  public var tls = false
  /// Everything random in the sandbox follows from this number.
  public var seed: UInt64 = 1
  /// The moment (wall ms) up to which the accounts have a history; nil means the start. A sandbox
  /// started again with the same moment and seed tells the same history.
  public var epoch: Int64?
  /// What goes wrong on purpose.
  public var faults = FaultPlan()
  /// The relay's data directory; nil keeps accounts and messages for the run alone. One in which
  /// another relay works already is left to it.
  public var relayDirectory: String?
  /// An existing directory in which MAX's world and the trading account are kept; nil keeps them for
  /// the run alone. One in which another sandbox works already is left to it.
  public var worldDirectory: String?
  /// An existing directory for the certificate that clients must trust; required with `tls`.
  public var certificateDirectory: String?

  /// Refuses MAX connections without the `Origin` that the OneMe document demands ("WebSocket
  /// Connection"). Some public clients send none; the real server bears it.
  public var requiresOrigin = true

  /// An everyday sandbox on free ports, where nothing goes wrong.
  public init() {}
}
