import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Orders: open ones first, then newest first, as many as somebody has looked back for.
@MainActor
final class OrderListModel {
  private(set) var orders: [OrderRecord] = []
  private(set) var filter = OrdersState.Filter.all
  private var selection = Selection()
  /// Whether the store has no older ones.
  private var isComplete = false
  private let context: ModelContext
  private let status: StatusModel

  /// How many are read at a time.
  static let page = 500

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
  }

  var state: OrdersState {
    var state = OrdersState()
    state.rows = shown.map(row)
    state.open = orders.count { $0.isOpen }
    state.filter = filter
    state.selection = selection.index(in: shown.map(\.id))
    state.freshness = status.freshness(
      with: .exchange, changedAt: orders.compactMap(\.updatedAt).max())
    return state
  }

  private var shown: [OrderRecord] { filter == .all ? orders : orders.filter(filter.includes) }

  var selected: OrderRecord? {
    let shown = shown
    return selection.index(in: shown.map(\.id)).map { shown[$0] }
  }

  /// Orders whose outcome nobody knows.
  var unknown: [OrderRecord] { orders.filter(\.isUnknown) }

  func order(_ id: String) -> OrderRecord? { orders.first { $0.id == id } }

  /// A swap of the same amount of the same pair that was placed lately.
  func sameSwap(as request: QuoteRequest, since: Int64) -> OrderRecord? {
    orders.first { order in
      order.createdAt > since && order.from == request.from && order.to == request.to
        && Amount(serverText: order.amount) == request.amount && order.mayHavePaid
    }
  }

  func load() async {
    let ledger = context.hub.environment.ledger
    let stored = await context.hub.environment.storing { _ in
      (try await ledger.orders.recent(limit: OrderListModel.page), try await ledger.orders.open())
    }
    if let (recent, open) = stored { show(recent, open: open) }
  }

  /// Shows the latest orders, and all of which more is expected.
  func show(_ recent: [OrderRecord], open: [OrderRecord] = []) {
    isComplete = recent.count < OrderListModel.page
    let known = Set(recent.map(\.id))
    orders = sorted(recent + open.filter { !known.contains($0.id) })
    context.onChange()
  }

  func receive(_ order: OrderRecord) {
    orders = sorted(orders.filter { $0.id != order.id } + [order])
    context.onChange()
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: shown.map(\.id))
    if let index = selection.index(in: shown.map(\.id)), index >= shown.count - 20 { readOlder() }
    context.onChange()
  }

  func select(_ id: String) {
    if let order = order(id), !filter.includes(order) { filter = .all }
    selection.select(id)
    context.onChange()
  }

  /// Shows another part of the orders.
  func nextFilter() {
    let all = OrdersState.Filter.allCases
    let index = all.firstIndex(of: filter) ?? 0
    filter = all[(index + 1) % all.count]
    if shown.count < 20 { readOlder() }
    context.onChange()
  }

  private func readOlder() {
    guard !isComplete, let oldest = orders.filter({ !$0.isOpen }).last else { return }
    // Not twice at the same time.
    isComplete = true
    context.start("orders.older") { [self] in
      let ledger = context.hub.environment.ledger
      let older = await context.hub.environment.storing { _ in
        try await ledger.orders.older(than: oldest, limit: OrderListModel.page)
      }
      guard let older else { return }
      let known = Set(orders.map(\.id))
      orders = sorted(orders + older.filter { !known.contains($0.id) })
      isComplete = older.count < OrderListModel.page
    }
  }

  /// Asks the server what became of the selected order; of an unknown one until it has said three
  /// times that there is none.
  func refreshSelected() {
    guard let order = selected else { return }
    let isSought = order.isUnknown || order.isLost
    if isSought { context.notices.show(NoticeText(.info, Phrase.askingForOrder.text)) }
    context.attempt("order.refresh") { [context] () throws(UserError) in
      let call = RefreshOrder(id: order.clientOrderId, thoroughly: isSought)
      try await context.hub.run(call) { _ in }
    }
  }

  private func sorted(_ orders: [OrderRecord]) -> [OrderRecord] {
    orders.sorted {
      ($0.isOpen && !$0.isLost ? 1 : 0, $0.createdAt, $0.id)
        > ($1.isOpen && !$1.isLost ? 1 : 0, $1.createdAt, $1.id)
    }
  }

  func row(_ order: OrderRecord) -> OrderRow {
    OrderRow(
      id: order.id, orderId: order.orderId, from: visibleCode(order.from),
      to: visibleCode(order.to),
      amount: order.amount, status: order.status.text, isOpen: order.isOpen,
      isUnknown: order.isUnknown || order.isLost, filledOut: order.filledOut,
      expectedOut: order.expectedOut, txHash: order.txHash, createdAt: order.createdAt,
      updatedAt: order.updatedAt ?? order.createdAt, reason: order.reason,
      slippage: order.slippageText, isBelowMinimum: order.isBelowMinimum,
      minimumOut: order.minimumOut?.plainText)
  }
}

extension OrdersState.Filter {
  func includes(_ order: OrderRecord) -> Bool {
    switch self {
    case .all: true
    case .open: order.isOpen
    case .failed:
      [.failed, .cancelled, .rejected, .notSent].contains(order.status)
    case .unknown: order.isUnknown || order.isLost
    }
  }
}
