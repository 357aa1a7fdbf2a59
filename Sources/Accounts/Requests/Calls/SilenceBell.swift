import Domain
import Storage

/// Remembers, over restarts too, whether the terminal's bell is silent while a call rings.
package struct SilenceBell: Request {
  package var isSilent: Bool
  package var hasEffects: Bool { true }

  /// - Parameter isSilent: false has it ring.
  package init(isSilent: Bool) { self.isSilent = isSilent }

  /// Emits nothing; throws what keeps the store from it.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let silence = isSilent ? "on" : nil
    try await hub.withStore { store in try await store.settings.set(.silence, silence) }
  }
}
