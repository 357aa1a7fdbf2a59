/// Whether the servers of a call can be reached from here.
package struct LineCheckState: Sendable, Equatable {
  /// One server.
  package struct Row: Sendable, Equatable {
    /// What is known of it so far.
    package enum Outcome: Sendable, Equatable {
      /// Its answer is awaited.
      case waiting
      /// It would serve; the address is this machine's on the other side of its gateways.
      case good(roundTrip: Int64, address: String?)
      /// It would not, for this reason.
      case bad(String)
    }

    /// `stun:host:port`.
    package var url: String
    /// What is known of it so far.
    package var outcome: Outcome

    package init(
      url: String,
      outcome: Outcome
    ) {
      self.url = url
      self.outcome = outcome
    }
  }

  /// Who called.
  package var caller: String
  /// In the order of the call's configuration.
  package var rows: [Row] = []
  /// Why nothing can be tried.
  package var problem: String?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    caller: String,
    rows: [Row] = [],
    problem: String? = nil,
    hints: [Hint] = []
  ) {
    self.caller = caller
    self.rows = rows
    self.problem = problem
    self.hints = hints
  }
}
