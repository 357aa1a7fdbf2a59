/// Balances, as exact texts.
package struct BalancesState: Sendable, Equatable {
  /// Which way a balance went when it last changed.
  package enum Movement: Sendable {
    /// Not lately.
    case none
    /// There is more of it.
    case up
    /// There is less of it.
    case down
  }

  /// What the account holds of one asset.
  package struct Row: Sendable, Equatable, Identifiable {
    /// The asset, of which there is one row.
    package var id: String { asset }
    /// `ETH`, as the server spells it.
    package var asset: String
    /// Everything that is held.
    package var total: String
    /// What open orders have set aside.
    package var locked: String
    /// `total - locked`; a leading minus is possible and alarming.
    package var available: String
    /// Direction of the last change, shown for a moment.
    package var movement: Movement = .none
    /// The total before that, to mark the digits that changed.
    package var before: String?
    /// What it is worth, about; nil when no price is known or needed.
    package var worth: String?
    /// How its price went, each 0 to 7; empty when that is not known.
    package var trend: [Int] = []
    /// Whether what the server said last cannot be read, so that the amounts are older.
    package var isUnreadable = false

    package init(
      asset: String,
      total: String,
      locked: String,
      available: String,
      movement: Movement = .none,
      before: String? = nil,
      worth: String? = nil,
      trend: [Int] = [],
      isUnreadable: Bool = false
    ) {
      self.asset = asset
      self.total = total
      self.locked = locked
      self.available = available
      self.movement = movement
      self.before = before
      self.worth = worth
      self.trend = trend
      self.isUnreadable = isUnreadable
    }
  }

  /// What everything is worth together.
  package struct Worth: Sendable, Equatable {
    /// In what it is counted.
    package var asset: String
    /// Cut to a few places.
    package var total: String
    /// Whether the price of everything is known.
    package var isWhole = true
    /// Against a day ago, or as long as it is known: `+12.3`.
    package var change: String?
    /// Since when that is, in wall ms.
    package var since: Int64?
    /// How it went, each 0 to 7.
    package var trend: [Int] = []

    package init(
      asset: String,
      total: String,
      isWhole: Bool = true,
      change: String? = nil,
      trend: [Int] = []
    ) {
      self.asset = asset
      self.total = total
      self.isWhole = isWhole
      self.change = change
      self.trend = trend
    }
  }

  /// In the server's order.
  package var rows: [Row] = []
  /// Nil while no price is known.
  package var worth: Worth?
  /// The asset in which worths are counted.
  package var countedIn: String?
  /// Index of the selected row; nil only when there are none.
  package var selection: Int?
  /// Whether the balances are up to date.
  package var freshness: Freshness = .notSetUp

  package init(
    rows: [Row] = [],
    worth: Worth? = nil,
    selection: Int? = nil,
    freshness: Freshness = .notSetUp
  ) {
    self.rows = rows
    self.worth = worth
    self.selection = selection
    self.freshness = freshness
  }
}

/// One order as the table and its detail dialog show it.
///
/// Amounts are exact decimal texts, as the server or the person wrote them.
package struct OrderRow: Sendable, Equatable, Identifiable {
  /// The client's own order id.
  package var id: String
  /// The server's id; nil until it has accepted the order.
  package var orderId: String?
  /// The asset that is paid with.
  package var from: String
  /// The asset that is received.
  package var to: String
  /// How much of `from` is paid.
  package var amount: String
  /// `PENDING`, `FILLED`, `UNKNOWN`, … verbatim when the server uses a word of its own.
  package var status: String
  /// More is expected of it.
  package var isOpen = false
  /// It was sent, and nobody knows what became of it.
  package var isUnknown = false
  /// How much of `to` was received; nil until the server tells.
  package var filledOut: String?
  /// What the accepted quote promised.
  package var expectedOut: String?
  /// The transaction on the chain; nil until there is one.
  package var txHash: String?
  /// When it was placed, in wall ms.
  package var createdAt: Int64 = 0
  /// The newest news about it, in wall ms.
  package var updatedAt: Int64 = 0
  /// Why it was rejected or is unknown, and what to do.
  package var reason: String?
  /// What came in against what the quote promised: `−0.01 %`.
  package var slippage: String?
  /// Less came in than was confirmed.
  package var isBelowMinimum = false
  /// The least that was confirmed.
  package var minimumOut: String?
  /// What came in less what was paid, at the newest prices: `+1.2 USDT`.
  package var result: String?

  package init(
    id: String,
    orderId: String? = nil,
    from: String,
    to: String,
    amount: String,
    status: String,
    isOpen: Bool = false,
    isUnknown: Bool = false,
    filledOut: String? = nil,
    expectedOut: String? = nil,
    txHash: String? = nil,
    createdAt: Int64 = 0,
    updatedAt: Int64 = 0,
    reason: String? = nil,
    slippage: String? = nil,
    isBelowMinimum: Bool = false,
    minimumOut: String? = nil,
    result: String? = nil
  ) {
    self.id = id
    self.orderId = orderId
    self.from = from
    self.to = to
    self.amount = amount
    self.status = status
    self.isOpen = isOpen
    self.isUnknown = isUnknown
    self.filledOut = filledOut
    self.expectedOut = expectedOut
    self.txHash = txHash
    self.createdAt = createdAt
    self.updatedAt = updatedAt
    self.reason = reason
    self.slippage = slippage
    self.isBelowMinimum = isBelowMinimum
    self.minimumOut = minimumOut
    self.result = result
  }
}

/// Orders, open ones first, then newest first.
package struct OrdersState: Sendable, Equatable {
  /// Which of the orders are shown.
  package enum Filter: String, Sendable, CaseIterable {
    /// One after the other by the key.
    case all, open, failed, unknown
  }

  /// The orders that may be in sight; of few, all.
  package var rows: Excerpt<OrderRow> = []
  /// Which of them these are.
  package var filter = Filter.all
  /// Index of the selected row; nil only when there are none.
  package var selection: Int?
  /// Whether the orders are up to date.
  package var freshness: Freshness = .notSetUp

  /// How many more is expected of.
  package var open = 0
  /// Of how many shown ones nobody knows what became of them.
  package var unknown = 0

  /// No orders.
  package init() {}

  /// All orders.
  package init(
    rows: [OrderRow],
    filter: Filter = Filter.all,
    selection: Int? = nil,
    freshness: Freshness = .notSetUp,
    open: Int = 0
  ) {
    self.rows = Excerpt(rows)
    unknown = rows.count { $0.isUnknown }
    self.filter = filter
    self.selection = selection
    self.freshness = freshness
    self.open = open
  }
}
