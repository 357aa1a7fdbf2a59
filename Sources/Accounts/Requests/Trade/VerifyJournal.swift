import Domain
import Phrases
import Storage

/// Proves that the journal of swaps is whole, or names the first row that is not.
package struct VerifyJournal: TradingRequest {
  /// The whole journal.
  package init() {}

  /// Emits one output; throws `journal-broken` after it when a row does not follow.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (JournalOutput) async -> Void
  ) async throws(UserError) {
    switch try await hub.withLedger({ store in try await store.journal.verify() }) {
    case .whole(let count):
      await emit(JournalOutput(rows: count, whole: true, brokenAt: nil, reason: nil))
    case .broken(let sequence, let reason):
      await emit(
        JournalOutput(rows: sequence, whole: false, brokenAt: Int64(sequence), reason: reason))
      throw UserError(
        .failed, code: "journal-broken", Phrase.journalBroken.with(String(sequence), reason),
        hint: Phrase.journalBrokenHint.text)
    }
  }
}
