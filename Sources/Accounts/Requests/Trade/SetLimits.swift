import Domain
import FoundationEssentials
import Storage

/// What may be swapped from here: shows it, after changing it if that is asked for.
package struct SetLimits: MarketCall {
  package var changes: [String]
  package var isDeed: Bool { !changes.isEmpty }

  /// - Parameter changes: `order.ETH=1.5` and the like; none only shows.
  package init(changes: [String] = []) { self.changes = changes }

  /// Emits the limits as they are then, on disk and in the journal; a change that cannot be
  /// understood changes nothing.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (LimitsLine) async -> Void
  ) async throws(ConsoleError) {
    let ledger = desk.context.ledger
    let now = desk.context.time.wallTime
    do {
      var limits = try await ledger.settings.limits()
      for change in changes { try limits.set(change) }
      if !changes.isEmpty {
        let text = String(decoding: try JSONEncoder().encode(limits), as: UTF8.self)
        try await ledger.settings.set(
          .limits, text,
          recording: JournalEntry(
            at: now, kind: .decision, body: "limits: \(changes.joined(separator: " "))"))
        desk.context.changes.send(.limits(limits))
      }
      let orders = try await ledger.orders.recentAndOpen(since: now - SwapRules.day)
      let isHaltKept = try await ledger.settings.value(.halt) != nil
      let isHalted = isHaltKept || desk.context.haltSwitch.isOn
      let rules = SwapRules(
        limits: limits, isHalted: isHalted, isDryRun: desk.settings.isDryRun, orders: orders,
        now: now)
      await emit(
        LimitsLine(
          perOrder: limits.perOrder, perDay: limits.perDay, reserves: limits.reserves,
          assets: limits.assets, slippageBps: limits.maximumSlippageBps, dryRun: rules.isDryRun,
          halted: isHalted, paidToday: rules.spent.mapValues(\.plainText)))
    } catch let error as ConsoleError {
      throw error
    } catch {
      throw ConsoleError(storing: error)
    }
  }
}

/// The answer of `tercet limits`.
package struct LimitsLine: Codable, Sendable, Equatable {
  /// The most of an asset that one order may pay.
  package var perOrder: [String: String]
  /// The most of an asset that the orders of 24 hours may pay.
  package var perDay: [String: String]
  /// What the ticket's "max" leaves.
  package var reserves: [String: String]
  /// The only assets allowed; null for all.
  @OrNull package var assets: [String]?
  /// The most slippage in 1/100 of a percent; null for any.
  @OrNull package var slippageBps: Int?
  /// Whether no swap is sent.
  package var dryRun: Bool
  /// Whether the kill switch is on.
  package var halted: Bool
  /// What the orders of the last 24 hours have paid, by asset.
  package var paidToday: [String: String]
}
