import Domain
import Phrases
import Storage

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
