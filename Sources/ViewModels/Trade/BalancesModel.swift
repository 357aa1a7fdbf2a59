import Accounts
import Domain
import ScreenState
import Storage

/// Balances, and which of them have just moved.
@MainActor
final class BalancesModel {
  private struct Movement {
    var direction: BalancesState.Movement
    /// The number before, to tell which digits changed.
    var before: String
    /// Wall ms.
    var until: Int64
  }

  /// What is drawn of the balances.
  private struct Table {
    /// What the rows were made of.
    var balances: [BalanceRecord]
    var rows: [BalancesState.Row]
    var worth: BalancesState.Worth?
    /// The versions of the prices and places that they were made with.
    var versions: [Int]
    /// When the first mark goes, in ms of uptime.
    var until: Int64
  }

  private(set) var balances: [BalanceRecord] = []
  /// When one was last told, in wall ms.
  private var newest: Int64?
  private var table: Table?
  private var movements: [String: Movement] = [:]
  private var selection = Selection()
  let worth: WorthModel
  /// With how many places amounts are shown.
  let places = AssetPlaces()
  private let context: ModelContext
  private let status: StatusModel

  /// How long a changed number is marked, in milliseconds.
  static let flash: Int64 = 1500

  init(_ context: ModelContext, status: StatusModel) {
    self.context = context
    self.status = status
    worth = WorthModel(context)
  }

  var state: BalancesState {
    let table = upToDateTable()
    var state = BalancesState()
    state.rows = table.rows
    state.selection = selection.index(in: assets)
    state.freshness = status.freshness(with: .exchange, changedAt: newest)
    state.worth = table.worth
    state.countedIn = worth.asset
    return state
  }

  private var assets: some RandomAccessCollection<String> { balances.lazy.map(\.asset) }

  /// The rows as they were made last, unless something of them has changed since: a frame costs the
  /// same however many there are.
  private func upToDateTable() -> Table {
    let isSame = table?.versions == versions
    if isSame, let table, table.until > context.uptime { return table }
    // Without a movement and with the same prices a row is its balance alone.
    let old = isSame ? table : nil
    let rows = balances.indices.map { place in
      let isMoving = movement(of: balances[place].asset) != nil
      if let old, !isMoving, place < old.balances.count, old.balances[place] == balances[place],
        old.rows[place].movement == .none
      {
        return old.rows[place]
      }
      return row(balances[place])
    }
    let made = Table(
      balances: balances, rows: rows, worth: worth.state(of: balances), versions: versions,
      until: nextExpiry ?? .max)
    table = made
    return made
  }

  private var versions: [Int] { [worth.version, places.version] }

  /// When the next mark of a changed number goes, in wall ms.
  var nextExpiry: Int64? {
    let now = context.uptime
    return movements.values.map(\.until).filter { $0 > now }.min()
  }

  var selectedAsset: String? { selection.index(in: assets).map { balances[$0].asset } }

  func balance(of asset: String) -> BalanceRecord? { balances.first { $0.asset == asset } }

  /// What a new ticket suggests: from the selected balance into the quote currency.
  var suggestedPair: (from: String, to: String) {
    let others = balances.map(\.asset).filter { $0 != AssetName.usualQuote }
    guard let selected = selectedAsset, selected != AssetName.usualQuote else {
      return selectedAsset == nil
        ? (others.first ?? "ETH", AssetName.usualQuote)
        : (AssetName.usualQuote, others.first ?? "ETH")
    }
    return (selected, AssetName.usualQuote)
  }

  func load() async {
    let ledger = context.hub.environment.ledger
    let stored = await context.hub.environment.storing { _ in try await ledger.balances.all() }
    for balance in stored ?? [] {
      places.see(balance.total, of: balance.asset)
      places.see(balance.locked, of: balance.asset)
    }
    show(stored ?? balances)
    await worth.load()
    context.onChange()
  }

  func receive(_ news: [BalanceRecord]) {
    // Mostly the same assets in the same order; else they are looked up.
    movements = movements.filter { $0.value.until > context.uptime }
    let isAligned = news.count == balances.count
    lazy var before = Dictionary(balances.map { ($0.asset, $0.total) }, uniquingKeysWith: { $1 })
    for (place, balance) in news.enumerated() {
      let isHere = isAligned && balances[place].asset == balance.asset
      guard let text = isHere ? balances[place].total : before[balance.asset],
        text != balance.total, let old = Amount(serverText: text),
        let new = Amount(serverText: balance.total), old != new
      else { continue }
      movements[balance.asset] = Movement(
        direction: old < new ? .up : .down, before: text,
        until: context.uptime + BalancesModel.flash)
      places.see(balance.total, of: balance.asset)
    }
    show(news)
    context.onChange()
  }

  /// Shows these balances and no others.
  func show(_ news: [BalanceRecord]) {
    balances = news
    newest = news.lazy.map(\.at).max()
    table?.until = .min
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: assets)
    context.onChange()
  }

  /// Selects an asset by the name that its row shows; false when there is none.
  func select(shown name: String) -> Bool {
    guard let balance = balances.first(where: { visibleCode($0.asset) == name }) else {
      return false
    }
    selection.select(balance.asset)
    context.onChange()
    return true
  }

  private func movement(of asset: String) -> Movement? {
    movements[asset].flatMap { $0.until > context.uptime ? $0 : nil }
  }

  private func row(_ balance: BalanceRecord) -> BalancesState.Row {
    let movement = movement(of: balance.asset)
    func shown(_ amount: String) -> String { places.text(amount, of: balance.asset) }
    return BalancesState.Row(
      asset: visibleCode(balance.asset), total: shown(balance.total),
      locked: shown(balance.locked), available: shown(balance.available),
      movement: movement?.direction ?? .none, before: movement.map { shown($0.before) },
      worth: worth.worth(of: balance)?.shortText,
      trend: worth.trend(of: balance.asset), isUnreadable: balance.isUnreadable)
  }
}
