/// The first line: one lamp per service, and which world this is.
public struct StatusState: Sendable, Equatable {
  /// What money is at stake.
  public enum Mode: Sendable {
    /// Real money.
    case live
    /// Pretend money on the built-in servers.
    case sandbox
    /// Everything works but the sending of swaps.
    case dryRun
    /// Swaps are filled here, with money that is none.
    case paper
  }

  /// In the order in which they are shown.
  public var entries: [ConnectionStatus] = []
  /// Said at every moment, since the keys that trade are the same in each.
  public var mode: Mode = .live
  /// No swap leaves, whatever the world.
  public var isHalted = false
  /// Something the person asked for is in flight.
  public var isBusy = false
}
