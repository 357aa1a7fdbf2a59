import Domain
import Phrases
import Storage

/// Proves that the journal of swaps is whole, or names the first row that is not.
package struct VerifyJournal: MarketCall {
  /// The whole journal.
  package init() {}

  /// Emits one line; throws `journal-broken` after it when a row does not follow.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (JournalLine) async -> Void
  ) async throws(ConsoleError) {
    switch try await desk.ruling({ store in try await store.journal.verify() }) {
    case .whole(let count):
      await emit(JournalLine(rows: count, whole: true, brokenAt: nil, reason: nil))
    case .broken(let sequence, let reason):
      await emit(
        JournalLine(rows: sequence, whole: false, brokenAt: Int64(sequence), reason: reason))
      throw ConsoleError(
        .failed, code: "journal-broken", Phrase.journalBroken.with(String(sequence), reason),
        hint: Phrase.journalBrokenHint.text)
    }
  }
}
