/// All balances known. A push names some assets or all, nobody says which, so it is merged; only a
/// full answer proves that an asset is gone.
struct BalanceSheet: Sendable {
  private var byAsset: [String: Balance] = [:]

  /// Sorted by asset.
  var balances: [Balance] { byAsset.values.sorted { $0.asset < $1.asset } }

  mutating func take(_ balances: [Balance], isSnapshot: Bool) {
    if isSnapshot { byAsset = [:] }
    for balance in balances where byAsset.count < BalancesData.limit {
      byAsset[balance.asset] = balance
    }
  }
}
