import Accounts
import Domain
import Storage

/// Prices for somebody who is about to wait for one: those that are known, and of other pairs of what is
/// held those that the server tells when it is asked.
@MainActor
final class AskedPrices {
  private struct Pair: Hashable {
    var sell: String
    var buy: String
  }

  private var told: [Pair: Amount] = [:]
  private var asked: Set<Pair> = []
  private let context: ModelContext
  private let market: BalancesModel

  init(_ context: ModelContext, market: BalancesModel) {
    self.context = context
    self.market = market
  }

  /// How much of one asset the other costs; nil while that is not known.
  func price(of sell: String, in buy: String) -> Amount? {
    if buy == market.worth.asset, let known = market.worth.price(of: sell) { return known }
    return told[Pair(sell: sell, buy: buy)]
  }

  /// Asks the server, once for each pair, for a price that is not known.
  func ask(_ sell: String, in buy: String) {
    // Half a name that is being typed is the name of nothing that is held.
    guard sell != buy, price(of: sell, in: buy) == nil, market.balance(of: sell) != nil,
      market.balance(of: buy) != nil, asked.insert(Pair(sell: sell, buy: buy)).inserted
    else { return }
    context.start("price") { [self] in
      do throws(UserError) {
        let call = HoldQuote(EstimateSwap(from: sell, to: buy, amount: "1"))
        guard let held = try await context.hub.lines(of: call).first else { return }
        told[Pair(sell: sell, buy: buy)] = held.quote.expectedOut
      } catch {
        // The dialog says that the price is not known; the alert works without.
        return
      }
    }
  }
}
