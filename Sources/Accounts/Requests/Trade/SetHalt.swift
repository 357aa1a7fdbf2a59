import Domain
import Phrases
import Storage

/// The kill switch: while it is on no swap leaves, whoever asks; it stays over restarts.
package struct SetHalt: MarketCall {
  package var isHalted: Bool
  package var isDeed: Bool { true }

  /// - Parameter isHalted: true turns the kill switch on.
  package init(isHalted: Bool) { self.isHalted = isHalted }

  /// Emits the switch as it is then, on disk and in the journal. It is turned on here first, so that a
  /// disk that takes nothing does not keep trading on; it is turned off on disk first.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (HaltLine) async -> Void
  ) async throws(ConsoleError) {
    let context = desk.context
    let now = context.time.wallTime
    if isHalted {
      context.haltSwitch.turn(on: true)
      context.changes.send(.halted(true))
    }
    do throws(ConsoleError) {
      try await desk.ruling { ledger in
        try await ledger.settings.set(
          .halt, isHalted ? String(now) : nil,
          recording: JournalEntry(at: now, kind: .decision, body: isHalted ? "halt" : "resume"))
      }
    } catch {
      guard isHalted else { throw error }
      throw ConsoleError(
        .failed, code: "halt-not-kept", "\(Phrase.haltNotKept.text): \(error.message)",
        hint: Phrase.haltNotKeptHint.text)
    }
    if !isHalted {
      context.haltSwitch.turn(on: false)
      context.changes.send(.halted(false))
    }
    await emit(HaltLine(halted: isHalted))
  }
}
