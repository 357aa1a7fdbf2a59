import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What the balances are worth in an asset of the person's choice, by the newest prices asked for.
@MainActor
final class WorthModel {
  /// In what everything is counted.
  private(set) var asset = AssetName.usualQuote { didSet { version += 1 } }
  /// The prices that are kept, by asset, oldest first.
  private var points: [String: [PricePoint]] = [:] { didSet { version += 1 } }
  /// Rises with everything that changes what something is worth.
  private(set) var version = 0
  private let context: ModelContext

  init(_ context: ModelContext) { self.context = context }

  func load() async {
    let loaded = await context.hub.environment.storing {
      [ledger = context.hub.environment.ledger] store in
      let asset = try await store.settings.value(.valueAsset) ?? AssetName.usualQuote
      return (asset, try await ledger.prices.points(in: asset))
    }
    guard let (asset, all) = loaded else { return }
    count(inKnown: asset)
    points = Dictionary(grouping: all, by: \.sell)
  }

  /// Counts in the asset that was chosen earlier.
  func count(inKnown asset: String) { self.asset = asset }

  /// Counts in another asset from now on.
  func count(in asset: String) {
    context.attempt("worth.asset") { [self] () throws(UserError) in
      _ = try await context.hub.lines(of: CountWorth(asset: asset))
      await load()
      context.notices.show(NoticeText(.info, Phrase.countedIn.with(asset)))
    }
  }

  func receive(_ point: PricePoint) {
    guard point.buy == asset else { return }
    points[point.sell, default: []].append(point)
    let excess = (points[point.sell]?.count ?? 0) - PriceRepository.depth
    if excess > 0 { points[point.sell]?.removeFirst(excess) }
    context.onChange()
  }

  /// The newest price of an asset; one for the asset itself.
  func price(of asset: String) -> Amount? {
    if asset == self.asset { return Amount(serverText: "1") }
    return points[asset]?.last.flatMap { Amount(serverText: $0.price) }
  }

  /// Nil while nobody has told the price; of what is counted in, while no price at all is known.
  func worth(of balance: BalanceRecord) -> Amount? {
    if balance.asset == asset, points.isEmpty { return nil }
    guard let total = Amount(serverText: balance.total), !total.isZero else { return nil }
    return price(of: balance.asset).map { $0 * total }
  }

  /// The prices of an asset that are kept, oldest first.
  func points(of asset: String) -> [PricePoint] { points[asset] ?? [] }

  /// How the price went, lowest 0 and highest 7; nothing for less than two points.
  func trend(of asset: String) -> [Int] {
    WorthModel.levels((points[asset] ?? []).compactMap { Amount(serverText: $0.price) })
  }

  func state(of balances: [BalanceRecord]) -> BalancesState.Worth? {
    var total = Amount.zero
    var isWhole = true
    for balance in balances {
      guard let held = Amount(serverText: balance.total), !held.isZero else { continue }
      if let price = price(of: balance.asset) {
        total = total + held * price
      } else {
        isWhole = false
      }
    }
    guard total.isPositive, points[PricePoint.total] != nil || isWhole else { return nil }
    let past = points[PricePoint.total]?.first { $0.at > context.now - SwapRules.day }
    let change = past.flatMap { Amount(serverText: $0.price) }.map { total - $0 }
    var worth = BalancesState.Worth(
      asset: asset, total: total.shortText, isWhole: isWhole,
      change: change.flatMap { $0.isZero ? nil : Amount.grouped($0.signedText) },
      trend: trend(of: PricePoint.total))
    worth.since = past?.at
    return worth
  }

  /// What an order has won or lost by now: what came in less what was paid, at the newest prices.
  func result(of order: OrderRecord) -> String? {
    guard let received = order.filledOut.flatMap(Amount.init(serverText:)),
      let paid = Amount(serverText: order.amount), let to = price(of: order.to),
      let from = price(of: order.from)
    else { return nil }
    return "\(Amount.grouped((received * to - paid * from).signedText)) \(asset)"
  }

  /// The last of some amounts as eighths of the way from the least to the greatest.
  static func levels(_ amounts: [Amount], count: Int = 8) -> [Int] {
    let shown = WorthModel.samples(amounts, count: count)
    guard shown.count > 1, let least = shown.min(), let most = shown.max() else { return [] }
    let span = most - least
    guard span.isPositive else { return shown.map { _ in 3 } }
    let steps = (1...7).compactMap { Amount(serverText: "\($0)") }
    guard let eight = Amount(serverText: "8") else { return [] }
    return shown.map { amount in
      let height = (amount - least) * eight
      return steps.count { height >= span * $0 }
    }
  }

  /// Evenly taken from the whole, the first and the last among them.
  private static func samples(_ amounts: [Amount], count: Int) -> [Amount] {
    guard amounts.count > count else { return amounts }
    return (0..<count).map { amounts[$0 * (amounts.count - 1) / (count - 1)] }
  }
}

extension Amount {
  /// With two places, or up to six below one; cut, not rounded.
  var shortText: String {
    if isZero { return "0" }
    let isSmall = abs < (Amount(serverText: "1") ?? .zero)
    let cut = abs.portion(percent: 100, places: isSmall ? 6 : 2).plainText
    return (isNegative ? "-" : "") + Amount.padded(cut, places: 2)
  }

  /// The same with its sign: `+12.3`, `−0.01`.
  var signedText: String { (isNegative ? "−" : "+") + abs.shortText }

  private var abs: Amount { isNegative ? Amount.zero - self : self }
}
