import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// How the price of an asset went, or what everything is worth, over what was seen and is kept: a day,
/// restarts included.
@MainActor
package final class ChartModel {
  private struct Version: Equatable {
    var subject: String
    var prices: Int
    var orders: Int64?
    var alerts: Int
  }

  /// The asset, or `PricePoint.total`.
  private var subject: String
  private var alerts: [PriceAlertOutput] = []
  /// Counts the times at which alerts have come.
  private var alertsVersion = 0
  private var made: (version: Version, state: ChartState)?
  private let context: ModelContext
  private let exchange: TradingModels

  init(_ context: ModelContext, exchange: TradingModels, asset: String?) {
    self.context = context
    self.exchange = exchange
    let subjects = ChartModel.subjects(exchange)
    let wanted = asset.flatMap { subjects.contains($0) ? $0 : nil }
    subject = wanted ?? subjects.first ?? asset ?? PricePoint.total
    context.start("chart.alerts") { [self] in
      do throws(UserError) {
        alerts = try await context.hub.lines(of: ListPriceAlerts())
        alertsVersion += 1
      } catch {
        // The chart is there without them; the list of alerts says what is wrong.
        return
      }
    }
  }

  /// What there are charts of: assets with prices in the order of the balances, then everything.
  private static func subjects(_ exchange: TradingModels) -> [String] {
    let worth = exchange.market.worth
    let assets = exchange.market.balances.map(\.asset).filter { worth.points(of: $0).count > 1 }
    return assets + (worth.points(of: PricePoint.total).count > 1 ? [PricePoint.total] : [])
  }

  /// Another asset, or everything.
  func move(by step: Int) {
    let subjects = ChartModel.subjects(exchange)
    guard subjects.count > 1 else { return }
    let index = subjects.firstIndex(of: subject) ?? 0
    subject = subjects[(index + step + subjects.count) % subjects.count]
    context.onChange()
  }

  var state: ChartState {
    let version = Version(
      subject: subject, prices: exchange.market.worth.version,
      orders: exchange.orders.newest, alerts: alertsVersion)
    if let made, made.version == version { return made.state }
    let state = makeState()
    made = (version, state)
    return state
  }

  private func makeState() -> ChartState {
    let worth = exchange.market.worth
    let isTotal = subject == PricePoint.total
    let title =
      isTotal
      ? Phrase.chartOfWorth.with(worth.asset)
      : Phrase.chartOfPrice.with(visibleCode(subject), visibleCode(worth.asset))
    var state = ChartState(title: title)
    let points = worth.points(of: subject).compactMap { point in
      Amount(serverText: point.price).map { (at: point.at, price: $0) }
    }
    guard points.count > 1, let first = points.first, let last = points.last else { return state }
    let waited = isTotal ? [] : waitedFor(in: worth.asset)
    let scale = Scale(points.map(\.price))
    state.points = points.map { .init(at: $0.at, level: scale.level(of: $0.price)) }
    let places = max(2, points.map { min(8, $0.price.places) }.max() ?? 0)
    func shown(_ price: Amount) -> String {
      let cut = price.portion(percent: 100, places: places).plainText
      return Amount.grouped(Amount.padded(cut, places: 2))
    }
    state.prices = (shown(scale.most), shown(scale.least), shown(last.price))
    state.change = Amount.percentChange(from: first.price, to: last.price)
    state.alerts = waited.map { alert in
      .init(
        level: scale.contains(alert.price) ? scale.level(of: alert.price) : nil,
        price: shown(alert.price), isAbove: alert.isAbove)
    }
    if !isTotal { state.fills = fills(since: first.at) }
    return state
  }

  private func waitedFor(in asset: String) -> [(price: Amount, isAbove: Bool)] {
    alerts.filter { $0.from == subject && $0.to == asset && $0.toldAt == nil }
      .prefix(Self.mostAlerts).compactMap { alert in
        Amount(serverText: alert.price).map {
          ($0, alert.direction == PriceAlert.Direction.above.rawValue)
        }
      }
  }

  /// More lines than these would hide the price.
  private static let mostAlerts = 8

  private func fills(since start: Int64) -> [ChartState.Fill] {
    exchange.orders.orders.filter {
      $0.status == .filled && ($0.from == subject || $0.to == subject)
    }.compactMap { order in
      let at = order.updatedAt ?? order.createdAt
      return at >= start ? .init(at: at, isBuy: order.to == subject) : nil
    }.sorted { $0.at < $1.at }
  }

  /// Heights of exact amounts.
  private struct Scale {
    let least: Amount
    let most: Amount

    init(_ amounts: [Amount]) {
      least = amounts.min() ?? .zero
      most = amounts.max() ?? .zero
    }

    func contains(_ amount: Amount) -> Bool { least <= amount && amount <= most }

    /// By bisection: exact, without a division.
    func level(of amount: Amount) -> Int {
      let span = most - least
      guard span.isPositive else { return ChartState.top / 2 }
      let height = (amount - least) * Self.amount(ChartState.top)
      var (low, high) = (0, ChartState.top)
      while low < high {
        let middle = (low + high + 1) / 2
        if span * Self.amount(middle) <= height { low = middle } else { high = middle - 1 }
      }
      return low
    }

    private static func amount(_ number: Int) -> Amount {
      Amount(serverText: String(number)) ?? .zero
    }
  }
}
