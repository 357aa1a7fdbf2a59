/// Balances, as exact texts.
public struct BalancesState: Sendable, Equatable {
  /// Which way a balance went when it last changed.
  public enum Movement: Sendable {
    /// Not lately.
    case none
    /// There is more of it.
    case up
    /// There is less of it.
    case down
  }

  /// What the account holds of one asset.
  public struct Row: Sendable, Equatable, Identifiable {
    /// The asset, of which there is one row.
    public var id: String { asset }
    /// `ETH`, as the server spells it.
    public var asset: String
    /// Everything that is held.
    public var total: String
    /// What open orders have set aside.
    public var locked: String
    /// `total - locked`; a leading minus is possible and alarming.
    public var available: String
    /// Direction of the last change, shown for a moment.
    public var movement: Movement = .none
    /// The total before that, to mark the digits that changed.
    public var before: String?
    /// What it is worth, about; nil when no price is known or needed.
    public var worth: String?
    /// How its price went, each 0 to 7; empty when that is not known.
    public var trend: [Int] = []
    /// Whether what the server said last cannot be read, so that the amounts are older.
    public var isUnreadable = false
  }

  /// What everything is worth together.
  public struct Worth: Sendable, Equatable {
    /// In what it is counted.
    public var asset: String
    /// Cut to a few places.
    public var total: String
    /// Whether the price of everything is known.
    public var isWhole = true
    /// Against a day ago, or as long as it is known: `+12.3`.
    public var change: String?
    /// How it went, each 0 to 7.
    public var trend: [Int] = []
  }

  /// In the server's order.
  public var rows: [Row] = []
  /// Nil while no price is known.
  public var worth: Worth?
  /// Index of the selected row; nil only when there are none.
  public var selection: Int?
  /// Whether the balances are up to date.
  public var freshness: Freshness = .notSetUp
}

/// One order as the table and its detail dialog show it.
///
/// Amounts are exact decimal texts, as the server or the person wrote them.
public struct OrderRow: Sendable, Equatable, Identifiable {
  /// The client's own order id.
  public var id: String
  /// The server's id; nil until it has accepted the order.
  public var orderId: String?
  /// The asset that is paid with.
  public var from: String
  /// The asset that is received.
  public var to: String
  /// How much of `from` is paid.
  public var amount: String
  /// `PENDING`, `FILLED`, `UNKNOWN`, … verbatim when the server uses a word of its own.
  public var status: String
  /// More is expected of it.
  public var isOpen = false
  /// It was sent, and nobody knows what became of it.
  public var isUnknown = false
  /// How much of `to` was received; nil until the server tells.
  public var filledOut: String?
  /// What the accepted quote promised.
  public var expectedOut: String?
  /// The transaction on the chain; nil until there is one.
  public var txHash: String?
  /// When it was placed, in wall ms.
  public var createdAt: Int64 = 0
  /// The newest news about it, in wall ms.
  public var updatedAt: Int64 = 0
  /// Why it was rejected or is unknown, and what to do.
  public var reason: String?
  /// What came in against what the quote promised: `−0.01 %`.
  public var slippage: String?
  /// Less came in than was confirmed.
  public var isBelowMinimum = false
  /// The least that was confirmed.
  public var minimumOut: String?
  /// What came in less what was paid, at the newest prices: `+1.2 USDT`.
  public var result: String?
}

/// Orders, open ones first, then newest first.
public struct OrdersState: Sendable, Equatable {
  /// Which of the orders are shown.
  public enum Filter: String, Sendable, CaseIterable {
    /// One after the other by the key.
    case all, open, failed, unknown
  }

  /// The newest orders that are kept in view.
  public var rows: [OrderRow] = []
  /// Which of them these are.
  public var filter = Filter.all
  /// Index of the selected row; nil only when there are none.
  public var selection: Int?
  /// Whether the orders are up to date.
  public var freshness: Freshness = .notSetUp

  /// How many more is expected of.
  public var open = 0
}
