/// All balances known. A push names some assets or all, nobody says which, so it is merged; only a
/// full answer proves that an asset is gone.
package struct BalanceSheet: Sendable {
  /// Sorted by asset.
  package private(set) var balances: [Balance] = []

  package init() {}

  package mutating func take(_ news: [Balance], isSnapshot: Bool) {
    if isSnapshot { balances = [] }
    // In order, so that each of a snapshot goes to the end.
    for balance in isSnapshot ? news.sorted(by: { $0.asset < $1.asset }) : news {
      let place = place(of: balance.asset)
      if place < balances.count, balances[place].asset == balance.asset {
        balances[place] = balance
      } else if balances.count < BalancesData.limit {
        balances.insert(balance, at: place)
      }
    }
  }

  /// Where the asset is, or belongs.
  private func place(of asset: String) -> Int {
    var low = 0
    var high = balances.count
    while low < high {
      let middle = (low + high) / 2
      if balances[middle].asset < asset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
