/// The swap ticket: editing, then review, then what became of it.
package struct TicketState: Sendable, Equatable {
  /// The fields, in the order in which Tab visits them.
  package enum FieldID: Int, Sendable, CaseIterable {
    /// Each is shown in one row of the ticket.
    case from, amount, to, slippage, network, filter
  }

  /// How far the swap is.
  package enum Stage: Sendable, Equatable {
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
  package struct QuoteLines: Sendable, Equatable {
    /// What is received if the price holds.
    package var expectedOut: String
    /// Of one unit paid; empty when the server does not tell.
    package var price: String
    /// What is received at least, or the swap fails: the expectation less the slippage.
    package var minimumOut: String
    /// `ETH → USDT  pool 0x88e6…5640`.
    package var route: String
    /// As the server wrote it, which leaves its unit open; nil when it names none.
    package var fee: String?
    /// When it ends, in ms of uptime.
    package var validUntil: Int64
    /// When it came, in ms of uptime.
    package var receivedAt: Int64
    /// Expected output of the quote before this one, if that asked for the same.
    package var before: String?
    /// From that to this one, in percent: `−0.01 %`.
    package var change: String?
    /// What is odd about the quote, as sentences.
    package var warnings: [String] = []
    /// What would be left of the asset paid with: `ETH 0.7`; nil when the balance is unknown.
    package var afterFrom: String?
    /// What there would be of the asset received: `USDT 3346.90`; nil likewise.
    package var afterTo: String?

    package init(
      expectedOut: String,
      price: String,
      minimumOut: String,
      route: String,
      fee: String? = nil,
      validUntil: Int64,
      receivedAt: Int64,
      before: String? = nil,
      change: String? = nil,
      warnings: [String] = [],
      afterFrom: String? = nil,
      afterTo: String? = nil
    ) {
      self.expectedOut = expectedOut
      self.price = price
      self.minimumOut = minimumOut
      self.route = route
      self.fee = fee
      self.validUntil = validUntil
      self.receivedAt = receivedAt
      self.before = before
      self.change = change
      self.warnings = warnings
      self.afterFrom = afterFrom
      self.afterTo = afterTo
    }
  }

  /// How far the swap is.
  package var stage: Stage = .editing(.from)
  /// What money is at stake, said in the frame.
  package var mode: StatusState.Mode
  /// No swap leaves before trade is resumed; said beside it.
  package var isHalted = false
  /// How much is paid.
  package var amount = FieldState()
  /// The asset paid with.
  package var from = FieldState()
  /// The asset received.
  package var to = FieldState()
  /// Percent, as typed: `0.30`.
  package var slippage = FieldState(text: "0.30")
  /// The network to look at; empty for any.
  package var network = FieldState()
  /// Venues to use, separated by commas; empty for all.
  package var filter = FieldState()
  /// The slippage as it counts, in 1/100 of a percent.
  package var slippageBps = 30
  /// `2.2`; nil when the balance is unknown.
  package var available: String?
  /// What a part of that comes to, where a part is to be paid: `1.1`.
  package var part: String?
  /// The quote under review; nil before there is one.
  package var quote: QuoteLines?
  /// What is wrong with the fields, or why there is no quote.
  package var problem: String?
  /// Why the commit key does nothing now; nil when it would commit.
  package var commitDisabled: String?
  /// What one press of the commit key would only agree to: a changed price, the same swap again.
  package var question: String?
  /// The keys of this stage.
  package var hints: [Hint] = []

  package init(
    stage: Stage = .editing(.from),
    mode: StatusState.Mode,
    isHalted: Bool = false,
    amount: FieldState = FieldState(),
    from: FieldState = FieldState(),
    to: FieldState = FieldState(),
    slippage: FieldState = FieldState(text: "0.30"),
    network: FieldState = FieldState(),
    filter: FieldState = FieldState(),
    slippageBps: Int = 30,
    available: String? = nil,
    quote: QuoteLines? = nil,
    problem: String? = nil,
    commitDisabled: String? = nil,
    question: String? = nil,
    hints: [Hint] = []
  ) {
    self.stage = stage
    self.mode = mode
    self.isHalted = isHalted
    self.amount = amount
    self.from = from
    self.to = to
    self.slippage = slippage
    self.network = network
    self.filter = filter
    self.slippageBps = slippageBps
    self.available = available
    self.quote = quote
    self.problem = problem
    self.commitDisabled = commitDisabled
    self.question = question
    self.hints = hints
  }
}

extension TicketState {
  /// The field with this name.
  package subscript(id: FieldID) -> FieldState {
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
