/// Whether the servers of a call can be reached from here.
public struct LineCheckState: Sendable, Equatable {
  /// One server.
  public struct Row: Sendable, Equatable {
    /// What is known of it so far.
    public enum Outcome: Sendable, Equatable {
      /// Its answer is awaited.
      case waiting
      /// It would serve; the address is this machine's on the other side of its gateways.
      case good(roundTrip: Int64, address: String?)
      /// It would not, for this reason.
      case bad(String)
    }

    /// `stun:host:port`.
    public var url: String
    /// What is known of it so far.
    public var outcome: Outcome
  }

  /// Who called.
  public var caller: String
  /// In the order of the call's configuration.
  public var rows: [Row] = []
  /// Why nothing can be tried.
  public var problem: String?
  /// The keys.
  public var hints: [Hint] = []
}
