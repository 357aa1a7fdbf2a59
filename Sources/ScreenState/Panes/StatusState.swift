import Domain

/// The first line: one lamp per service, and which world this is.
package struct StatusState: Sendable, Equatable {
  /// What money is at stake.
  package enum Mode: Sendable {
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
  package var entries: [ConnectionStatus] = []
  /// Those of them that are markets: what matters there is how far away they are.
  package var markets: Set<Service> = []
  /// Said at every moment, since the keys that trade are the same in each.
  package var mode: Mode = .live
  /// No swap leaves, whatever the world.
  package var isHalted = false

  package init(
    entries: [ConnectionStatus] = [],
    markets: Set<Service> = [],
    mode: Mode = .live,
    isHalted: Bool = false
  ) {
    self.entries = entries
    self.markets = markets
    self.mode = mode
    self.isHalted = isHalted
  }
}
