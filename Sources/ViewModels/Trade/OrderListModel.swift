import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// Orders: open ones first, then newest first, as many as somebody has looked back for.
@MainActor
final class OrderListModel {
  private var list = SortedList<OrderRecord>()
  /// Those that the filter lets through; nil while it lets all.
  private var filtered: SortedList<OrderRecord>?
  private(set) var filter = OrdersState.Filter.all
  private var totals = Totals()
  private var rows = KeptRows<OrderRow>()
  /// With how many places amounts are shown.
  private let places: AssetPlaces
  private var selection = Selection()
  /// Whether the store has no older ones.
  private var isComplete = false
  private let context: ModelContext
  private let status: StatusModel

  /// How many are read at a time.
  static let page = 500

  init(_ context: ModelContext, status: StatusModel, places: AssetPlaces) {
    self.context = context
    self.places = places
    self.status = status
  }

  /// Up to so many rows the columns are made for all of them, so that they stand still while one moves
  /// through the list.
  private static let measuredRows = 200

  /// What a screen of so many rows can show of it.
  func state(rows reach: Int) -> OrdersState {
    let shown = shown.all
    if totals.places != places.version {
      totals.places = places.version
      rows.forget()
    }
    var state = OrdersState()
    state.selection = selectedIndex
    state.rows = rows.rows(
      of: shown.count, around: state.selection,
      reach: shown.count > Self.measuredRows ? reach : shown.count
    ) { row(shown[$0]) }
    state.open = totals.open
    state.unknown = filter == .all ? totals.doubtful : shown.count(where: Totals.isDoubtful)
    state.filter = filter
    state.freshness = status.freshness(with: .exchange, changedAt: totals.newest)
    return state
  }

  /// Sums over all orders.
  private struct Totals {
    /// More is expected of them.
    var open = 0
    /// Nobody knows what became of them.
    var doubtful = 0
    /// The same, as long as there is hope to learn it.
    var unknown: Set<String> = []
    /// When one was last told, in wall ms.
    var newest: Int64?
    /// The version of the places with which they were last shown.
    var places = 0

    static func isDoubtful(_ order: OrderRecord) -> Bool { order.isUnknown || order.isLost }

    mutating func count(_ order: OrderRecord) {
      if order.isOpen { open += 1 }
      if Self.isDoubtful(order) { doubtful += 1 }
      if order.isUnknown { unknown.insert(order.id) }
      newest = [newest, order.updatedAt].compactMap(\.self).max()
    }

    mutating func forget(_ order: OrderRecord) {
      if order.isOpen { open -= 1 }
      if Self.isDoubtful(order) { doubtful -= 1 }
      unknown.remove(order.id)
    }
  }

  /// All that are known.
  var orders: [OrderRecord] { list.all }

  private var shown: SortedList<OrderRecord> { filtered ?? list }

  private var selectedIndex: Int? {
    let shown = shown
    return shown.all.isEmpty ? nil : selection.id.flatMap { shown.index(of: $0) } ?? 0
  }

  var selected: OrderRecord? { selectedIndex.map { shown.all[$0] } }

  /// Orders whose outcome nobody knows.
  var unknown: [OrderRecord] {
    totals.unknown.compactMap { list[$0] }.sorted(by: OrderRecord.isBefore)
  }

  func order(_ id: String) -> OrderRecord? { list[id] }

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
    (list, totals) = (SortedList(), Totals())
    keep(recent + open)
    context.onChange()
  }

  func receive(_ order: OrderRecord) {
    keep([order])
    context.onChange()
  }

  /// When one was last told, in wall ms.
  var newest: Int64? { totals.newest }

  /// Takes orders in that are new or look different, each once.
  private func keep(_ news: [OrderRecord]) {
    let news = SortedList(news).all
    for order in news {
      if let old = list[order.id] { totals.forget(old) }
      totals.count(order)
      places.see(order.amount, of: order.from)
      for amount in [order.filledOut, order.expectedOut] {
        if let amount { places.see(amount, of: order.to) }
      }
    }
    rows.forget()
    list.update(news)
    guard filtered != nil else { return }
    filtered?.update(news.filter(filter.includes))
    for order in news where !filter.includes(order) { filtered?.remove(order.id) }
  }

  private func show(_ filter: OrdersState.Filter) {
    self.filter = filter
    rows.forget()
    filtered = filter == .all ? nil : SortedList(list.all.filter(filter.includes))
  }

  func move(_ step: Selection.Step) {
    guard let index = selectedIndex else { return }
    let shown = shown.all
    let target = step.target(from: index, of: shown.count)
    selection.select(shown[target].id)
    if target >= shown.count - 20 { readOlder() }
    context.onChange()
  }

  func select(_ id: String) {
    if let order = order(id), !filter.includes(order) { show(.all) }
    selection.select(id)
    context.onChange()
  }

  /// Shows another part of the orders.
  func nextFilter() {
    let all = OrdersState.Filter.allCases
    let index = all.firstIndex(of: filter) ?? 0
    show(all[(index + 1) % all.count])
    if shown.all.count < 20 { readOlder() }
    context.onChange()
  }

  private func readOlder() {
    guard !isComplete, let oldest = list.all.last(where: { !$0.isOpen }) else { return }
    // Not twice at the same time.
    isComplete = true
    context.start("orders.older") { [self] in
      let ledger = context.hub.environment.ledger
      let older = await context.hub.environment.storing { _ in
        try await ledger.orders.older(than: oldest, limit: OrderListModel.page)
      }
      guard let older else { return }
      // What is here already may be newer.
      keep(older.filter { list[$0.id] == nil })
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

  func row(_ order: OrderRecord) -> OrderRow {
    func shown(_ amount: String?) -> String? { amount.map { places.text($0, of: order.to) } }
    return OrderRow(
      id: order.id, orderId: order.orderId, from: visibleCode(order.from),
      to: visibleCode(order.to),
      amount: places.text(order.amount, of: order.from), status: order.status.word,
      isOpen: order.isOpen, isUnknown: order.isUnknown || order.isLost,
      filledOut: shown(order.filledOut), expectedOut: shown(order.expectedOut),
      txHash: order.txHash, createdAt: order.createdAt,
      updatedAt: order.updatedAt ?? order.createdAt, reason: order.reason,
      slippage: order.slippageText, isBelowMinimum: order.isBelowMinimum,
      minimumOut: shown(order.minimumOut?.plainText))
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
