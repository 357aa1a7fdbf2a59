import Domain
import Storage

/// Keeps what is being written in a chat in the place of what was kept of it before.
package struct KeepDrafts: Request {
  package var chat: ChatID
  package var drafts: [DraftRecord]
  package var hasEffects: Bool { true }

  /// - Parameters:
  ///   - chat: the chat's name.
  ///   - drafts: of that chat: a new message, and a message of ours that is being changed; empty ones
  ///     are not kept.
  package init(chat: ChatID, drafts: [DraftRecord]) {
    self.chat = chat
    self.drafts = drafts
  }

  /// Emits nothing; throws what keeps the store from it.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    let (chat, drafts) = (chat, drafts)
    try await hub.withStore { store in try await store.drafts.replace(chat, with: drafts) }
  }
}
