/// The swap ticket: editing, then review, then what became of it.
public struct TicketState: Sendable, Equatable {
  /// The fields, in the order in which Tab visits them.
  public enum FieldID: Int, Sendable, CaseIterable {
    /// Each is shown in one row of the ticket.
    case amount, from, to, slippage, network, filter
  }

  /// How far the swap is.
  public enum Stage: Sendable, Equatable {
    /// This field is being typed into.
    case editing(FieldID)
    /// A quote is on its way.
    case quoting
    /// Everything about the quote is shown; nothing is sent until the commit key.
    case review
    /// The swap is on its way, and nothing can be pressed.
    case sending
    /// The server has the order (or refused, or nobody knows): the words to show.
    case finished(status: String, text: String, isGood: Bool)
  }

  /// A received quote, ready to show; amounts are exact texts.
  public struct QuoteLines: Sendable, Equatable {
    /// What is received if the price holds.
    public var expectedOut: String
    /// Of one unit paid; empty when the server does not tell.
    public var price: String
    /// What is received at least, or the swap fails: the expectation less the slippage.
    public var minimumOut: String
    /// `ETH → USDT  pool 0x88e6…5640`.
    public var route: String
    /// As the server wrote it, which leaves its unit open; nil when it names none.
    public var fee: String?
    /// When it ends, in ms of uptime.
    public var validUntil: Int64
    /// When it came, in ms of uptime.
    public var receivedAt: Int64
    /// Expected output of the quote before this one, if that asked for the same.
    public var before: String?
    /// From that to this one, in percent: `−0.01 %`.
    public var change: String?
    /// What is odd about the quote, as sentences.
    public var warnings: [String] = []
    /// What would be left of the asset paid with: `ETH 0.7`; nil when the balance is unknown.
    public var afterFrom: String?
    /// What there would be of the asset received: `USDT 3346.90`; nil likewise.
    public var afterTo: String?
  }

  /// How far the swap is.
  public var stage: Stage = .editing(.amount)
  /// What money is at stake, said in the frame.
  public var mode: StatusState.Mode
  /// No swap leaves before trade is resumed; said beside it.
  public var isHalted = false
  /// How much is paid.
  public var amount = FieldState()
  /// The asset paid with.
  public var from = FieldState()
  /// The asset received.
  public var to = FieldState()
  /// Percent, as typed: `0.30`.
  public var slippage = FieldState(text: "0.30")
  /// The network to look at; empty for any.
  public var network = FieldState()
  /// Venues to use, separated by commas; empty for all.
  public var filter = FieldState()
  /// The slippage as it counts, in 1/100 of a percent.
  public var slippageBps = 30
  /// `2.2`; nil when the balance is unknown.
  public var available: String?
  /// The quote under review; nil before there is one.
  public var quote: QuoteLines?
  /// What is wrong with the fields, or why there is no quote.
  public var problem: String?
  /// Why the commit key does nothing now; nil when it would commit.
  public var commitDisabled: String?
  /// What one press of the commit key would only agree to: a changed price, the same swap again.
  public var question: String?
  /// The keys of this stage.
  public var hints: [Hint] = []
}

extension TicketState {
  /// The field with this name.
  subscript(id: FieldID) -> FieldState {
    get { self[keyPath: Self.path(of: id)] }
    set { self[keyPath: Self.path(of: id)] = newValue }
  }

  private static func path(of id: FieldID) -> WritableKeyPath<TicketState, FieldState> {
    switch id {
    case .amount: \.amount
    case .from: \.from
    case .to: \.to
    case .slippage: \.slippage
    case .network: \.network
    case .filter: \.filter
    }
  }
}
