import Storage

/// What has to be written when balances have changed: a push names a few of them mostly, and writing
/// all of a large account many times a second is a disk's whole work.
struct BalanceDifference: Equatable {
  /// Those whose stored columns are different, or new.
  private(set) var changed: [BalanceRecord] = []
  /// Assets that are not there any more.
  private(set) var gone: [String] = []

  /// - Parameters:
  ///   - old: what is stored.
  ///   - new: what there is now.
  init(from old: [BalanceRecord], to new: [BalanceRecord]) {
    var before = Dictionary(old.map { ($0.asset, $0) }, uniquingKeysWith: { $1 })
    for balance in new {
      let stored = before.removeValue(forKey: balance.asset)
      if stored.map({ !$0.isStored(as: balance) }) ?? true { changed.append(balance) }
    }
    gone = before.keys.sorted()
  }
}

extension BalanceRecord {
  /// Whether both are the same row of the store.
  fileprivate func isStored(as other: BalanceRecord) -> Bool {
    at == other.at && total == other.total && locked == other.locked
  }
}
