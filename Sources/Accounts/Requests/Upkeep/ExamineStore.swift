import Database
import Domain
import Storage

/// Whether what is kept can be relied on: the database's structure and the journal of swaps.
package struct ExamineStore: Request {
  /// Everything that is kept.
  package init() {}

  /// Emits a finding for each; damage is a finding and nothing to throw.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (FindingOutput) async -> Void
  ) async throws(UserError) {
    do throws(UserError) {
      try await hub.withStore { store in try await store.check() }
      await emit(FindingOutput(check: "database", ok: true, detail: "whole"))
    } catch {
      await emit(FindingOutput(check: "database", ok: false, detail: error.sentences))
    }
    do throws(UserError) {
      switch try await hub.withStore({ store in try await store.journal.verify() }) {
      case .whole(let count):
        await emit(FindingOutput(check: "journal", ok: true, detail: "whole, \(count) rows"))
      case .broken(let row, let reason):
        await emit(
          FindingOutput(check: "journal", ok: false, detail: "broken at row \(row): \(reason)"))
      }
    } catch {
      await emit(FindingOutput(check: "journal", ok: false, detail: error.sentences))
    }
  }
}
