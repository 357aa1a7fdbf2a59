import Accounts
import Domain
import Storage
import Trading
import Transport

/// Asks now and then what the assets that are held cost, as long as somebody looks at them, and for the
/// prices that an alert waits for, as long as the account is open. It stays far below the server's limits,
/// and never delays a question that a person has asked.
actor PriceFeed {
  /// What is asked for, and how often.
  private struct Pair: Hashable {
    var sell: String
    var buy: String
  }

  /// Between two questions.
  static let spacing: Duration = .milliseconds(300)
  /// After the line is up, so that what a person asks first comes first.
  static let patience: Duration = .milliseconds(1200)
  /// Between two questions about an asset that is held.
  static let holdingInterval: Duration = .seconds(300)
  /// Between two questions about a price that is waited for.
  static let alertInterval: Duration = .seconds(30)

  private let environment: AccountEnvironment
  /// Opens when there may be something to ask for.
  private let occasion = AsyncGate()
  private var asked: [Pair: Duration] = [:]
  /// The assets of which there is something.
  private var held: Set<String> = []
  private var running: Task<Void, Never>?

  init(_ environment: AccountEnvironment) { self.environment = environment }

  /// Looks again at what there is to ask for.
  nonisolated func reconsider() { occasion.open() }

  /// Looks again if other assets are held now; how much of them there is does not matter here.
  func reconsider(_ balances: [BalanceRecord]) {
    let held = Set(balances.filter(\.isHeld).map(\.asset))
    guard held != self.held else { return }
    self.held = held
    occasion.open()
  }

  /// Asks from now on, until `stop()`.
  func start(by account: TradingAccount) {
    running = Task { await run(by: account) }
  }

  func stop() { running?.cancel() }

  private func run(by account: TradingAccount) async {
    while !Task.isCancelled {
      await occasion.wait(atMost: await round(by: account), time: environment.time)
      occasion.close()
    }
  }

  /// Asks for what is due and returns how long nothing more is.
  private func round(by account: TradingAccount) async -> Duration {
    guard case .online = await account.status.state else { return PriceFeed.holdingInterval }
    do { try await environment.time.sleep(for: PriceFeed.patience) } catch { return .zero }
    guard let wanted = await wanted() else { return PriceFeed.alertInterval }
    var hasNewHolding = false
    for (pair, interval) in wanted where isDue(pair, every: interval) {
      guard let request = PriceFeed.question(pair) else { continue }
      do throws(UserError) {
        // A person is asking: theirs is the turn.
        guard let quote = try await account.quietEstimate(request) else { return .seconds(2) }
        await handle(quote.expectedOut, of: pair)
        hasNewHolding = hasNewHolding || interval == PriceFeed.holdingInterval
      } catch {
        // Not every pair is traded; a line that is down brings another occasion.
        environment.log("no price of \(pair.sell) in \(pair.buy): \(error.message)")
      }
      asked[pair] = environment.time.uptime
      do { try await environment.time.sleep(for: PriceFeed.spacing) } catch { return .zero }
    }
    if hasNewHolding { await sum() }
    return wanted.map { pair, interval in
      (asked[pair] ?? .zero) + interval - environment.time.uptime
    }
    .min().map { max($0, .seconds(1)) } ?? PriceFeed.holdingInterval
  }

  private func isDue(_ pair: Pair, every interval: Duration) -> Bool {
    asked[pair].map { environment.time.uptime - $0 >= interval } ?? true
  }

  private func wanted() async -> [(Pair, Duration)]? {
    let stored = await environment.storing { [ledger = environment.ledger] store in
      (
        try await ledger.balances.all(), try await store.prices.alerts(),
        try await store.settings.value(.valueAsset) ?? AssetName.usualQuote
      )
    }
    guard let (balances, alerts, asset) = stored else { return nil }
    let waiting = alerts.filter { $0.toldAt == nil }.map { Pair(sell: $0.sell, buy: $0.buy) }
    // Whoever comes back to the screen has them asked for again.
    let isLookedAt = environment.audience.isThere(at: environment.time.uptime)
    let held = balances.filter { isLookedAt && $0.asset != asset && $0.isHeld }
      .map { Pair(sell: $0.asset, buy: asset) }
    let often = Set(waiting)
    return often.sorted { $0.sell < $1.sell }.map { ($0, PriceFeed.alertInterval) }
      + held.filter { !often.contains($0) }.map { ($0, PriceFeed.holdingInterval) }
  }

  /// What one of it costs.
  private static func question(_ pair: Pair) -> QuoteRequest? {
    guard let one = Amount(serverText: "1") else { return nil }
    do throws(UserError) {
      return try QuoteRequest(from: pair.sell, to: pair.buy, amount: one)
    } catch {
      return nil
    }
  }

  private func handle(_ price: Amount, of pair: Pair) async {
    await keep(price, pair.sell, in: pair.buy)
    let alerts = await environment.storing { store in try await store.prices.alerts() } ?? []
    let now = environment.time.wallTime
    for alert in alerts
    where alert.sell == pair.sell && alert.buy == pair.buy && alert.isReached(by: price) {
      let isNews = await environment.storing { store in
        try await store.prices.tell(alert: alert.id, at: now)
      }
      if isNews == true { environment.changes.send(.priceReached(alert, price.text)) }
    }
  }

  private func keep(_ price: Amount, _ sell: String, in buy: String) async {
    let point = PricePoint(
      sell: sell, buy: buy, at: environment.time.wallTime, price: price.plainText)
    await environment.storing { [ledger = environment.ledger] _ in
      try await ledger.prices.save(point)
    }
    environment.changes.send(.price(point))
  }

  /// What everything is worth together, as far as prices are known.
  private func sum() async {
    let stored = await environment.storing { [ledger = environment.ledger] store in
      let asset = try await store.settings.value(.valueAsset) ?? AssetName.usualQuote
      return (asset, try await ledger.balances.all(), try await ledger.prices.points(in: asset))
    }
    guard let (asset, balances, points) = stored else { return }
    let prices = Dictionary(points.map { ($0.sell, $0.price) }, uniquingKeysWith: { $1 })
    var total = Amount.zero
    for balance in balances {
      guard let held = Amount(serverText: balance.total), !held.isZero else { continue }
      let price = balance.asset == asset ? "1" : prices[balance.asset]
      // A sum with a gap in it would look like a loss.
      guard let price = price.flatMap(Amount.init(serverText:)) else { return }
      total = total + held * price
    }
    await keep(total, PricePoint.total, in: asset)
  }
}

extension BalanceRecord {
  /// Whether there is something of it.
  fileprivate var isHeld: Bool { Amount(serverText: total)?.isZero == false }
}

extension PriceAlert {
  /// Whether this is the price that is waited for, or beyond it.
  func isReached(by price: Amount) -> Bool {
    guard toldAt == nil, let wanted = Amount(serverText: self.price) else { return false }
    return direction == .above ? price >= wanted : price <= wanted
  }
}
