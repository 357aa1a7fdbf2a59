import Domain
import FoundationEssentials
import Phrases
import Storage

/// What may be swapped from here: shows it, after changing it if that is asked for.
package struct SetLimits: TradingRequest {
  package var changes: [String]
  package var hasEffects: Bool { !changes.isEmpty }

  /// - Parameter changes: `order.ETH=1.5` and the like; none only shows.
  package init(changes: [String] = []) { self.changes = changes }

  /// Emits the limits as they are then, on disk and in the journal; a change that cannot be
  /// understood changes nothing.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (LimitsOutput) async -> Void
  ) async throws(UserError) {
    let ledger = hub.environment.ledger
    let now = hub.environment.time.wallTime
    do {
      var limits = try await ledger.settings.limits()
      for change in changes { try limits.set(change) }
      if !changes.isEmpty {
        let text = String(decoding: try JSONEncoder().encode(limits), as: UTF8.self)
        try await ledger.settings.set(
          .limits, text,
          recording: JournalEntry(
            at: now, kind: .decision, body: "limits: \(changes.joined(separator: " "))"))
        hub.environment.changes.send(.limits(limits))
      }
      let orders = try await ledger.orders.recentAndOpen(since: now - SwapRules.day)
      let isHaltKept = try await ledger.settings.value(.halt) != nil
      let isHalted = isHaltKept || hub.environment.haltSwitch.isOn
      let rules = SwapRules(
        limits: limits, isHalted: isHalted, isDryRun: hub.settings.isDryRun, orders: orders,
        now: now)
      await emit(
        LimitsOutput(
          perOrder: limits.perOrder, perDay: limits.perDay, reserves: limits.reserves,
          assets: limits.assets, slippageBps: limits.maximumSlippageBps, dryRun: rules.isDryRun,
          halted: isHalted, paidToday: rules.spent.mapValues(\.plainText)))
    } catch let error as UserError {
      throw error
    } catch {
      throw UserError(storing: error)
    }
  }
}

/// The answer of `tercet limits`.
package struct LimitsOutput: Codable, Sendable, Equatable {
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

/// The kill switch: while it is on no swap leaves, whoever asks; it stays over restarts.
package struct SetHalt: TradingRequest {
  package var isHalted: Bool
  package var hasEffects: Bool { true }

  /// - Parameter isHalted: true turns the kill switch on.
  package init(isHalted: Bool) { self.isHalted = isHalted }

  /// Emits the switch as it is then, on disk and in the journal. It is turned on here first, so that a
  /// disk that takes nothing does not keep trading on; it is turned off on disk first.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (HaltOutput) async -> Void
  ) async throws(UserError) {
    let environment = hub.environment
    let now = environment.time.wallTime
    if isHalted {
      environment.haltSwitch.turn(on: true)
      environment.changes.send(.halted(true))
    }
    do throws(UserError) {
      try await hub.withLedger { ledger in
        try await ledger.settings.set(
          .halt, isHalted ? String(now) : nil,
          recording: JournalEntry(at: now, kind: .decision, body: isHalted ? "halt" : "resume"))
      }
    } catch {
      guard isHalted else { throw error }
      throw UserError(
        .failed, code: "halt-not-kept", "\(Phrase.haltNotKept.text): \(error.message)",
        hint: Phrase.haltNotKeptHint.text)
    }
    if !isHalted {
      environment.haltSwitch.turn(on: false)
      environment.changes.send(.halted(false))
    }
    await emit(HaltOutput(halted: isHalted))
  }
}
