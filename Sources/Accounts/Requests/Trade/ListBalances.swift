import Domain
import Phrases
import Storage

/// The balances as the server has them now; watching, then each one that changes.
package struct ListBalances: MarketCall {
  package var watching: Bool

  /// - Parameter watching: whether to go on with changes until cancelled.
  package init(watching: Bool = false) { self.watching = watching }

  /// Emits every balance, then what differs from what was emitted before; throws without a line.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (BalanceLine) async -> Void
  ) async throws(ConsoleError) {
    let news = desk.context.changes.listen { if case .balances = $0 { true } else { false } }
    let trader = try await desk.online(.exchange, as: (any Exchange).self)
    let now = desk.context.time.wallTime
    var shown: [String: BalanceLine] = [:]
    for balance in try await trader.balances() {
      let line = BalanceLine(
        BalanceRecord(
          asset: balance.asset, total: balance.total.text, locked: balance.locked.text, at: now))
      shown[line.asset] = line
      await emit(line)
    }
    try await emitUnreadable(of: trader, on: desk, unless: watching, emit)
    guard watching else { return }
    let told = desk.context.time.wallTime
    for await case .balances(let balances) in news {
      // What came before the answer is older than it.
      for line in balances.map(BalanceLine.init)
      where line.at >= told && !line.isSame(as: shown[line.asset]) {
        shown[line.asset] = line
        await emit(line)
      }
    }
  }
}

extension ListBalances {
  /// The last known amounts of assets whose rows could not be read, marked; throws for one of which
  /// nothing was ever known.
  private func emitUnreadable(
    of trader: any Exchange, on desk: Desk, unless isWatching: Bool,
    _ emit: @Sendable (BalanceLine) async -> Void
  ) async throws(ConsoleError) {
    let assets = await trader.unreadable.sorted()
    guard !assets.isEmpty else { return }
    let stored = try await desk.ruling { store in try await store.balances.all() }
    for var balance in stored where assets.contains(balance.asset) {
      balance.isUnreadable = true
      await emit(BalanceLine(balance))
    }
    let missing = assets.filter { asset in !stored.contains { $0.asset == asset } }
    guard !missing.isEmpty, !isWatching else { return }
    throw ConsoleError(
      .failed, code: "malformed",
      Phrase.unreadableBalances.with(
        missing.prefix(5).joined(separator: ", ") + (missing.count > 5 ? ", …" : "")),
      hint: Phrase.tryAgain.text)
  }
}

extension BalanceLine {
  package func isSame(as other: BalanceLine?) -> Bool {
    total == other?.total && locked == other?.locked
  }
}
