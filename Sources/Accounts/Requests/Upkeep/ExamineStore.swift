import Database
import Domain
import Storage

/// Whether what is kept can be relied on: the database's structure and the journal of swaps.
package struct ExamineStore: DeskCall {
  /// Everything that is kept.
  package init() {}

  /// Emits a finding for each; damage is a finding and nothing to throw.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (FindingLine) async -> Void
  ) async throws(ConsoleError) {
    do throws(ConsoleError) {
      try await desk.reading { store in try await store.check() }
      await emit(FindingLine(check: "database", ok: true, detail: "whole"))
    } catch {
      await emit(FindingLine(check: "database", ok: false, detail: error.sentences))
    }
    do throws(ConsoleError) {
      switch try await desk.reading({ store in try await store.journal.verify() }) {
      case .whole(let count):
        await emit(FindingLine(check: "journal", ok: true, detail: "whole, \(count) rows"))
      case .broken(let row, let reason):
        await emit(
          FindingLine(check: "journal", ok: false, detail: "broken at row \(row): \(reason)"))
      }
    } catch {
      await emit(FindingLine(check: "journal", ok: false, detail: error.sentences))
    }
  }
}
