import Accounts
import Domain
import Storage
import Trading

/// Keeps the balances that the server tells on disk.
actor BalanceKeeper {
  private let environment: AccountEnvironment
  /// The balances as this run has stored them; nil before the first ones, and after a write that failed.
  private var stored: [BalanceRecord]?
  /// Assets of which the server's newest amounts could not be read.
  private(set) var unreadable: Set<String> = []

  init(_ environment: AccountEnvironment) { self.environment = environment }

  /// Stores what has changed, and returns all balances as they are now.
  func store(_ update: BalancesUpdate) async -> [BalanceRecord] {
    let records = zip(update.balances, update.moments).map { balance, moment in
      BalanceRecord(
        asset: balance.asset, total: balance.total.text, locked: balance.locked.text, at: moment,
        isUnreadable: update.unreadable.contains(balance.asset))
    }
    unreadable = update.unreadable
    if let stored {
      let difference = BalanceDifference(from: stored, to: records)
      self.stored = await environment.storing { [ledger = environment.ledger] _ in
        try await ledger.balances.update(difference.changed, removing: difference.gone)
        return records
      }
    } else {
      // Nobody knows what is on disk: it is from an earlier run, or a write has failed.
      stored = await environment.storing { [ledger = environment.ledger] _ in
        try await ledger.balances.replaceAll(records)
        return records
      }
    }
    return records
  }
}

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
