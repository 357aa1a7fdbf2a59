/// All balances known. A push names some assets or all, nobody says which, so it is merged; only a
/// full answer proves that an asset is gone.
package struct BalanceSheet: Sendable {
  /// Sorted by asset.
  package private(set) var balances: [Balance] = []
  /// When each was last told, in wall-clock milliseconds, in the same order.
  package private(set) var moments: [Int64] = []
  /// Assets whose newest row could not be read: what is kept of them is older.
  package private(set) var unreadable: Set<String> = []

  package init() {}

  /// Takes an answer or a push. A row that could not be read is no row that was missing.
  package mutating func take(
    _ news: [Balance], isSnapshot: Bool, unreadable flawed: [String] = [], at moment: Int64 = 0
  ) {
    if isSnapshot { forget(all: flawed) }
    if !unreadable.isEmpty { unreadable.subtract(news.map(\.asset)) }
    if !flawed.isEmpty { unreadable.formUnion(flawed.lazy.filter { !$0.isEmpty }) }
    // In order, so that each of a snapshot goes to the end.
    for balance in isSnapshot ? news.sorted(by: { $0.asset < $1.asset }) : news {
      let place = place(of: balance.asset)
      if place < balances.count, balances[place].asset == balance.asset {
        balances[place] = balance
        moments[place] = moment
      } else if balances.count < BalancesData.limit {
        balances.insert(balance, at: place)
        moments.insert(moment, at: place)
      }
    }
  }

  /// Only a full answer proves that an asset is gone. Of one with a row that nobody could even name,
  /// nothing is.
  private mutating func forget(all flawed: [String]) {
    unreadable = []
    guard !flawed.contains("") else { return }
    let kept = balances.indices.filter { flawed.contains(balances[$0].asset) }
    (balances, moments) = (kept.map { balances[$0] }, kept.map { moments[$0] })
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
