import Clocks
import Domain
import ScreenState
import Storage

/// The quotes of a ticket: the one under review, the one before it, and when to ask anew.
@MainActor
struct TicketQuotes {
  /// After so many questions without a key nobody looks any more, and asking ends.
  static let mostUnattended = 40
  /// How long before its end a quote is renewed.
  static let margin: Duration = .seconds(2)

  private(set) var current: Quote?
  /// When it came, in ms of uptime.
  private(set) var receivedAt: Int64 = 0
  /// The last quote for the same question that promised something else.
  private(set) var former: Quote?
  private var unattended = 0
  /// What this ticket's amounts have needed so far. The price and what is received at least are reckoned,
  /// and have more places than the asset: they go by names that no asset has.
  private let seen = AssetPlaces()
  private static let price = "?price"
  private static let minimum = "?minimum"

  /// A new quote comes under review.
  ///
  /// - Parameter bps: the slippage.
  mutating func show(_ quote: Quote, slippageBps bps: Int, at now: Int64) {
    let earlier = [current, former].compactMap(\.self).filter { $0.request == quote.request }
    former = earlier.first { $0.expectedOut != quote.expectedOut }
    current = quote
    receivedAt = now
    unattended += 1
    seen.see(quote.expectedOut.text, of: quote.request.to)
    seen.see(quote.minimumOut(slippageBps: bps).plainText, of: Self.minimum)
    if let price = quote.price { seen.see(price.text, of: Self.price) }
  }

  /// A new quote was asked for in vain.
  mutating func miss() { unattended += 1 }

  /// Somebody is there.
  mutating func attend() { unattended = 0 }

  /// Nothing is under review any more.
  mutating func drop() {
    former = current ?? former
    current = nil
  }

  /// How long to wait before asking anew; nil when there is nothing to renew or nobody looks.
  func renewal(at uptime: Duration) -> Duration? {
    guard let current, unattended < TicketQuotes.mostUnattended else { return nil }
    return max(.seconds(1), current.remaining(at: uptime) - TicketQuotes.margin)
  }

  /// The quote as the screen shows it.
  ///
  /// - Parameters:
  ///   - bps: the slippage.
  ///   - market: what is held, for what will be.
  func lines(
    slippageBps bps: Int, uptime: Duration, market: BalancesModel
  ) -> TicketState.QuoteLines? {
    guard let quote = current else { return nil }
    let (from, to) = (quote.request.from, quote.request.to)
    let minimum = quote.minimumOut(slippageBps: bps).plainText
    func shown(_ amount: String, of asset: String) -> String {
      Amount.padded(amount, places: max(seen[asset], market.places[asset]))
    }
    func held(_ amount: Amount, of asset: String) -> String {
      "\(asset) \(Amount.grouped(market.places.text(amount.plainText, of: asset)))"
    }
    let end = (uptime + quote.remaining(at: uptime)).milliseconds
    var lines = TicketState.QuoteLines(
      expectedOut: shown(quote.expectedOut.text, of: to),
      price: quote.price.map { seen.text($0.text, of: Self.price) } ?? "",
      minimumOut: seen.text(minimum, of: Self.minimum), route: TicketQuotes.route(quote),
      fee: quote.fee.map { Amount.grouped($0.text) }, validUntil: end, receivedAt: receivedAt)
    lines.warnings = quote.warnings.map(\.message)
    if let formerOut = former?.expectedOut {
      lines.before = shown(formerOut.text, of: to)
      lines.change = Amount.percentChange(from: formerOut, to: quote.expectedOut)
    }
    if let available = market.balance(of: from)?.exactAvailable {
      lines.afterFrom = held(available - quote.request.amount, of: from)
    }
    if let available = market.balance(of: to)?.exactAvailable {
      lines.afterTo = held(available + quote.expectedOut, of: to)
    }
    return lines
  }

  private static func route(_ quote: Quote) -> String {
    let assets = quote.route.compactMap(\.toAsset)
    let path = ([quote.request.from] + (assets.isEmpty ? [quote.request.to] : assets))
      .joined(separator: " → ")
    let places = quote.route.compactMap(\.place).map(abbreviated)
    return places.isEmpty ? path : "\(path)  \(places.joined(separator: ", "))"
  }

  /// `pool 0x88e6…5640`; names of venues stay whole.
  private static func abbreviated(_ place: String) -> String {
    guard place.hasPrefix("0x"), place.count > 14 else { return place }
    return "pool \(place.prefix(6))…\(place.suffix(4))"
  }
}

extension BalanceRecord {
  /// Total less locked; nil when the server's numbers cannot be read.
  var exactAvailable: Amount? { Amount(serverText: available) }
}
