import Clocks
import Cryptography
import Domain
import Storage
import Transport

/// What every account of a hub shares: where to keep things, whom to tell, and the clocks.
package struct AccountEnvironment: Sendable {
  package let store: Store
  /// Where orders, their journal, balances and limits are kept: the store, or that of paper trading.
  package let ledger: Store
  package let network: Network
  package let time: any TimeSource
  package let random: any RandomSource
  /// News for whoever shows or logs them.
  package private(set) var changes = Broadcast<AccountEvent>()
  /// Whether swaps are halted, whatever the ledger says.
  package let haltSwitch = HaltSwitch()
  /// Work in flight.
  package let busy = ActivityTracker()
  /// Whether somebody looks at the screen.
  package let audience = Audience()
  /// One line for the log; dropped unless the program was started with `-v`.
  package let log: @Sendable (String) -> Void

  /// - Parameters:
  ///   - ledger: of paper trading; nil keeps orders with everything else.
  ///   - log: takes one line; what it drops nobody misses.
  package init(
    store: Store, ledger: Store? = nil, network: Network, time: any TimeSource,
    random: any RandomSource,
    log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.store = store
    self.ledger = ledger ?? store
    self.network = network
    self.time = time
    self.random = random
    self.log = log
  }

  /// Stores or reads something; a failure becomes a notice, because the person must know that what
  /// the screen shows is not what is on disk.
  @discardableResult
  package func storing<Result: Sendable>(
    _ work: @Sendable (Store) async throws -> Result
  ) async -> Result? {
    do {
      let result = try await work(store)
      if store.trouble.isOver(after: writesKept) { changes.send(.storeWorks) }
      return result
    } catch {
      notify(UserError(storing: error))
      return nil
    }
  }

  /// The same environment with nobody listening, for an account that is only being tried.
  package var silent: AccountEnvironment {
    var copy = self
    copy.changes = Broadcast()
    return copy
  }

  /// - Parameter connection: the service whose connection it is about, if it is about one.
  package func notify(
    _ kind: NoticeKind, _ text: String, hint: String? = nil, about connection: Service? = nil
  ) {
    changes.send(.notice(NoticeText(kind, text, hint: hint, about: connection)))
  }

  package func notify(_ error: UserError, about connection: Service? = nil) {
    if error.code == UserError.storage { noteTrouble() }
    changes.send(.notice(NoticeText(error, about: connection)))
  }

  /// Something could not be stored: it is told when that is over.
  package func noteTrouble() { store.trouble.begin(after: writesKept) }

  private var writesKept: Int { store.database.writesKept + ledger.database.writesKept }
}

extension AccountEnvironment {
  /// Tells an order that was stored, and what of it is news to everybody.
  package func tell(_ order: OrderRecord, _ alerts: [OrderAlert]) {
    changes.send(.order(order))
    for alert in alerts { changes.send(.alert(alert, order)) }
  }
}

extension AccountEnvironment {
  /// Empties the logs of the store and the ledger. What cannot be done now is done at the next chance.
  package func emptyLogs() async {
    do {
      try await store.emptyLog()
      try await ledger.emptyLog()
    } catch {
      log("the store's log is not emptied: \(UserError(storing: error).message)")
    }
  }
}
