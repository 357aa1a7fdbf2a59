import Domain

/// All balances known. A push names some assets or all, nobody says which, so it is merged; only a
/// full answer proves that an asset is gone.
package struct BalanceSheet: Sendable {
  /// Sorted by asset.
  package private(set) var balances: [Balance] = []
  /// When each was last told, in wall-clock milliseconds, in the same order.
  package private(set) var moments: [Int64] = []
  /// Assets whose newest row could not be read: what is kept of them is older.
  package private(set) var unreadable: Set<String> = []
  /// Whether the server has named more assets than are kept.
  package private(set) var isCut = false

  package init() {}

  /// Takes an answer or a push; false if it changes nothing. A row that could not be read is no row
  /// that was missing.
  @discardableResult
  package mutating func apply(
    _ news: [Balance], isSnapshot: Bool, unreadable flawed: [String] = [], at moment: Int64 = 0
  ) -> Bool {
    var hasChanged = isSnapshot
    if isSnapshot { forget(all: flawed) }
    if !unreadable.isEmpty || !flawed.isEmpty {
      let before = unreadable
      unreadable.subtract(news.map(\.asset))
      for asset in flawed where !asset.isEmpty && unreadable.count < BalancesData.limit {
        unreadable.insert(asset)
      }
      hasChanged = hasChanged || unreadable != before
    }
    var newcomers: [Balance] = []
    for balance in news {
      let place = place(of: balance.asset)
      if place < balances.count, balances[place].asset == balance.asset {
        balances[place] = balance
        moments[place] = moment
        hasChanged = true
      } else if balances.count + newcomers.count < BalancesData.limit {
        newcomers.append(balance)
      } else {
        isCut = true
      }
    }
    guard !newcomers.isEmpty else { return hasChanged }
    merge(newcomers, at: moment)
    return true
  }

  /// Puts assets that are not there yet in their places, all in one pass. Of two with one name the
  /// later one counts.
  private mutating func merge(_ newcomers: [Balance], at moment: Int64) {
    let sorted = Dictionary(newcomers.map { ($0.asset, $0) }, uniquingKeysWith: { $1 }).values
      .sorted { $0.asset < $1.asset }
    let (old, times) = (balances, moments)
    balances.removeAll(keepingCapacity: true)
    moments.removeAll(keepingCapacity: true)
    var next = 0
    for balance in sorted {
      while next < old.count, old[next].asset < balance.asset {
        balances.append(old[next])
        moments.append(times[next])
        next += 1
      }
      balances.append(balance)
      moments.append(moment)
    }
    balances += old[next...]
    moments += times[next...]
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
