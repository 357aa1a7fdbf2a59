import Storage
import Trading

/// Balances, and which of them have just moved.
@MainActor
final class MarketModel {
  private struct Movement {
    var direction: BalancesState.Movement
    /// The number before, to tell which digits changed.
    var before: String
    /// Wall ms.
    var until: Int64
  }

  private(set) var balances: [BalanceRecord] = []
  private var movements: [String: Movement] = [:]
  private var selection = Selection()
  let worth: WorthModel
  private let context: ModelContext
  private let status: StatusModel

  /// How long a changed number is marked, in milliseconds.
  static let flash: Int64 = 1500
  /// The asset that others are usually counted in.
  nonisolated static let quoteAsset = "USDT"

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
    worth = WorthModel(context)
  }

  var state: BalancesState {
    var state = BalancesState()
    state.rows = balances.map(row)
    state.selection = selection.index(in: balances.map(\.asset))
    state.freshness = status.freshness(of: .trading, changedAt: balances.map(\.at).max())
    state.worth = worth.state(of: balances)
    return state
  }

  /// When the next mark of a changed number goes, in wall ms.
  var nextExpiry: Int64? { movements.values.map(\.until).filter { $0 > context.uptime }.min() }

  var selectedAsset: String? {
    selection.index(in: balances.map(\.asset)).map { balances[$0].asset }
  }

  func balance(of asset: String) -> BalanceRecord? { balances.first { $0.asset == asset } }

  /// What a new ticket suggests: from the selected balance into the quote currency.
  var suggestedPair: (from: String, to: String) {
    let others = balances.map(\.asset).filter { $0 != MarketModel.quoteAsset }
    guard let selected = selectedAsset, selected != MarketModel.quoteAsset else {
      return selectedAsset == nil
        ? (others.first ?? "ETH", MarketModel.quoteAsset)
        : (MarketModel.quoteAsset, others.first ?? "ETH")
    }
    return (selected, MarketModel.quoteAsset)
  }

  func load() async {
    let ledger = context.desk.context.ledger
    let stored = await context.desk.context.storing { _ in try await ledger.balances.all() }
    balances = stored ?? balances
    await worth.load()
    context.onChange()
  }

  func take(_ news: [BalanceRecord]) {
    let before = Dictionary(balances.map { ($0.asset, $0.total) }, uniquingKeysWith: { $1 })
    for balance in news {
      guard let text = before[balance.asset], let old = Amount(serverText: text),
        let new = Amount(serverText: balance.total), old != new
      else { continue }
      movements[balance.asset] = Movement(
        direction: old < new ? .up : .down, before: text, until: context.uptime + MarketModel.flash)
    }
    balances = news
    context.onChange()
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: balances.map(\.asset))
    context.onChange()
  }

  private func row(_ balance: BalanceRecord) -> BalancesState.Row {
    let movement = movements[balance.asset].flatMap { $0.until > context.uptime ? $0 : nil }
    return BalancesState.Row(
      asset: visibleCode(balance.asset), total: balance.total, locked: balance.locked,
      available: balance.available, movement: movement?.direction ?? .none,
      before: movement?.before, worth: worth.worth(of: balance)?.shortText,
      trend: worth.trend(of: balance.asset), isUnreadable: balance.isUnreadable)
  }
}
