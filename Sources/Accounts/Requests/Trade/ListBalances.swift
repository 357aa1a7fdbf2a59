import Domain
import Phrases
import Storage

/// The balances as the server has them now; watching, then each one that changes.
package struct ListBalances: TradingRequest {
  package var watching: Bool

  /// - Parameter watching: whether to go on with changes until cancelled.
  package init(watching: Bool = false) { self.watching = watching }

  /// When it was told makes no difference.
  package static func identity(of output: BalanceOutput) -> OutputIdentity? {
    OutputIdentity(
      subject: output.asset,
      revision: "\(output.total) \(output.locked) \(output.unreadable == true)")
  }

  /// Emits every balance, then what differs from what was emitted before; throws without an output.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (BalanceOutput) async -> Void
  ) async throws(UserError) {
    let news = hub.environment.changes.listen { if case .balances = $0 { true } else { false } }
    let trader = try await hub.online(.exchange, as: (any Exchange).self)
    let now = hub.environment.time.wallTime
    var shown: [String: BalanceOutput] = [:]
    for balance in try await trader.balances() {
      let output = BalanceOutput(
        BalanceRecord(
          asset: balance.asset, total: balance.total.text, locked: balance.locked.text, at: now))
      shown[output.asset] = output
      await emit(output)
    }
    let (outputs, missing) = try await unreadable(of: trader, on: hub)
    for output in outputs {
      shown[output.asset] = output
      await emit(output)
    }
    guard watching else {
      if !missing.isEmpty { throw .unreadableBalances(missing) }
      return
    }
    let told = hub.environment.time.wallTime
    for await case .balances(let balances) in news {
      // What came before the answer is older than it; what cannot be read is told by an older one.
      for output in balances.map(BalanceOutput.init)
      where (output.at >= told || output.unreadable == true)
        && !output.isSame(as: shown[output.asset])
      {
        shown[output.asset] = output
        await emit(output)
      }
      let known = Set(balances.map(\.asset))
      for asset in await trader.unreadable.subtracting(known).sorted() {
        let output = BalanceOutput(unreadable: asset, at: hub.environment.time.wallTime)
        guard !output.isSame(as: shown[asset]) else { continue }
        shown[asset] = output
        await emit(output)
      }
    }
  }
}

extension ListBalances {
  /// The last known amounts of assets whose rows could not be read, marked, and the assets of which
  /// nothing was ever known; while watching these have an empty output.
  private func unreadable(
    of trader: any Exchange, on hub: AccountHub
  ) async throws(UserError) -> (outputs: [BalanceOutput], missing: [String]) {
    let assets = await trader.unreadable.sorted()
    guard !assets.isEmpty else { return ([], []) }
    let stored = try await hub.withLedger { store in try await store.balances.all() }
    var outputs: [BalanceOutput] = []
    for var balance in stored where assets.contains(balance.asset) {
      balance.isUnreadable = true
      outputs.append(BalanceOutput(balance))
    }
    let missing = assets.filter { asset in !stored.contains { $0.asset == asset } }
    let now = hub.environment.time.wallTime
    if watching { outputs += missing.map { BalanceOutput(unreadable: $0, at: now) } }
    return (outputs, missing)
  }
}

extension UserError {
  /// Amounts that nobody can read.
  package static func unreadableBalances(_ assets: [String]) -> UserError {
    UserError(
      .failed, code: "malformed",
      Phrase.unreadableBalances.with(
        assets.prefix(5).joined(separator: ", ") + (assets.count > 5 ? ", …" : "")),
      hint: Phrase.tryAgain.text)
  }
}

extension BalanceOutput {
  /// An asset of which nothing that could be read was ever told.
  fileprivate init(unreadable asset: String, at moment: Int64) {
    self.init(
      asset: asset, total: "", locked: "", available: "", at: moment, unreadable: true)
  }

  package func isSame(as other: BalanceOutput?) -> Bool {
    total == other?.total && locked == other?.locked && unreadable == other?.unreadable
  }
}

/// Counts what is held in another asset from now on.
package struct CountWorth: TradingRequest {
  package var asset: String

  /// - Parameter asset: by the server's name.
  package init(asset: String) { self.asset = asset }

  package var hasEffects: Bool { true }

  /// Emits nothing; prices in the asset follow as news.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    guard AssetName.isValid(asset) else { throw .badAsset(asset) }
    try await hub.withStore { store in try await store.settings.set(.valueAsset, asset) }
    await hub.reconsiderPrices()
  }
}
