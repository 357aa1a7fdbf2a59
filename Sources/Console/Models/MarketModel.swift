import Storage
import Trading

/// Balances and orders.
@MainActor
final class MarketModel {
  private var balances: [BalanceRecord] = []
  private var movements: [String: (BalancesState.Movement, until: Int64)] = [:]
  private var orders: [OrderRecord] = []
  private var balanceSelection = Selection()
  private var orderSelection = Selection()
  private let context: ModelContext
  private let status: StatusModel

  /// How long a changed number is marked, in milliseconds.
  static let flash: Int64 = 1500
  static let orderLimit = 500
  /// The asset that others are usually counted in.
  static let quoteAsset = "USDT"

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
  }

  var balancesState: BalancesState {
    var state = BalancesState()
    state.rows = balances.map(row)
    state.selection = balanceSelection.index(in: balances.map(\.asset))
    state.freshness = status.freshness(of: .trading, changedAt: balances.map(\.at).max())
    return state
  }

  var ordersState: OrdersState {
    var state = OrdersState()
    state.rows = orders.map(row)
    state.selection = orderSelection.index(in: orders.map(\.id))
    state.freshness = status.freshness(
      of: .trading, changedAt: orders.compactMap(\.updatedAt).max())
    return state
  }

  var selectedOrder: OrderRecord? {
    orderSelection.index(in: orders.map(\.id)).map { orders[$0] }
  }

  /// Orders whose outcome nobody knows.
  var unknownOrders: [OrderRecord] { orders.filter(\.isUnknown) }

  /// When the next mark of a changed number goes, in wall ms.
  var nextExpiry: Int64? { movements.values.map(\.until).filter { $0 > context.now }.min() }

  func balance(of asset: String) -> BalanceRecord? { balances.first { $0.asset == asset } }

  func order(_ id: String) -> OrderRecord? { orders.first { $0.id == id } }

  /// What a new ticket suggests: from the selected balance into the quote currency.
  var suggestedPair: (from: String, to: String) {
    let selected = balanceSelection.index(in: balances.map(\.asset)).map { balances[$0].asset }
    let others = balances.map(\.asset).filter { $0 != MarketModel.quoteAsset }
    guard let selected, selected != MarketModel.quoteAsset else {
      return selected == nil
        ? (others.first ?? "ETH", MarketModel.quoteAsset)
        : (MarketModel.quoteAsset, others.first ?? "ETH")
    }
    return (selected, MarketModel.quoteAsset)
  }

  func orderRow(_ id: String) -> OrderRow? { order(id).map(row) }

  func load() async {
    let stored = await context.desk.context.storing { store in
      (try await store.balances.all(), try await store.orders.recent(limit: MarketModel.orderLimit))
    }
    if let (balances, orders) = stored {
      self.balances = balances
      self.orders = sorted(orders)
    }
    context.onChange()
  }

  func take(_ news: [BalanceRecord]) {
    let before = Dictionary(balances.map { ($0.asset, $0.total) }, uniquingKeysWith: { $1 })
    for balance in news {
      guard let old = before[balance.asset].flatMap({ Amount(serverText: $0) }),
        let new = Amount(serverText: balance.total), old != new
      else { continue }
      movements[balance.asset] = (old < new ? .up : .down, context.now + MarketModel.flash)
    }
    balances = news
    context.onChange()
  }

  func take(_ order: OrderRecord) {
    let before = orders.first { $0.id == order.id }
    orders = sorted(orders.filter { $0.id != order.id } + [order])
    if let before, before.isOpen, !order.isOpen { announce(order) }
    context.onChange()
  }

  func moveBalances(_ step: Selection.Step) {
    balanceSelection.move(step, in: balances.map(\.asset))
    context.onChange()
  }

  func moveOrders(_ step: Selection.Step) {
    orderSelection.move(step, in: orders.map(\.id))
    context.onChange()
  }

  func selectOrder(_ id: String) {
    orderSelection.select(id)
    context.onChange()
  }

  /// Asks the server what became of the selected order.
  func refreshSelected() {
    guard let order = selectedOrder else { return }
    context.attempt("order.refresh") { [context] () throws(ConsoleError) in
      try await context.desk.onlineTrader().refresh(order)
    }
  }

  /// One notice per end of an order.
  private func announce(_ order: OrderRecord) {
    let pair = "\(order.amount) \(order.from) → \(order.to)"
    switch order.status {
    case OrderStatus.filled.text:
      let received = order.filledOut.map { "\($0) \(order.to)" } ?? ""
      context.notices.show(NoticeText(.success, Phrase.orderFilledNotice.with(pair, received)))
    default:
      context.notices.show(
        NoticeText(
          .failure, Phrase.orderEndedNotice.with(pair, order.status), hint: order.reason))
    }
  }

  private func sorted(_ orders: [OrderRecord]) -> [OrderRecord] {
    orders.sorted {
      ($0.isOpen ? 1 : 0, $0.createdAt, $0.id) > ($1.isOpen ? 1 : 0, $1.createdAt, $1.id)
    }
  }

  private func row(_ balance: BalanceRecord) -> BalancesState.Row {
    let movement = movements[balance.asset].flatMap { $0.until > context.now ? $0.0 : nil }
    return BalancesState.Row(
      asset: balance.asset, total: balance.total, locked: balance.locked,
      available: balance.available, movement: movement ?? .none)
  }

  private func row(_ order: OrderRecord) -> OrderRow {
    OrderRow(
      id: order.id, orderId: order.orderId, from: order.from, to: order.to,
      amount: order.amount, status: order.status, isOpen: order.isOpen,
      isUnknown: order.isUnknown, filledOut: order.filledOut, expectedOut: order.expectedOut,
      txHash: order.txHash, createdAt: order.createdAt,
      updatedAt: order.updatedAt ?? order.createdAt, reason: order.reason)
  }
}

extension OrderRecord {
  /// Whether it was sent and nobody knows what became of it.
  var isUnknown: Bool { status == OrderStatus.unknown.text }
}
