import Domain
import Storage

/// Silences a chat, or lets it be heard again: for MAX on all of the owner's devices, for TextSecure
/// here.
package struct MuteChat: Request {
  package var chat: ChatID
  package var isMuted: Bool
  package var hasEffects: Bool { true }

  /// - Parameter isMuted: false lets it be heard again.
  package init(chat: ChatID, isMuted: Bool) {
    self.chat = chat
    self.isMuted = isMuted
  }

  /// Emits the chat as it is now; throws `no-chat` for a name that nothing has.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let (chat, isMuted) = (chat, isMuted)
    guard try await hub.withStore({ store in try await store.chats.chat(chat) }) != nil else {
      throw .noChat(chat)
    }
    if hub.services(with: .chatMarks).contains(chat.service) {
      let account = try await hub.online(
        chat.service, as: (any ChatMarks).self, else: .unsupported)
      try await account.mute(chat, isMuted)
    }
    let record = try await hub.withStore { store in
      try await store.chats.setMuted(isMuted, chat)
      return try await store.chats.chat(chat)
    }
    guard let record else { throw .noChat(chat) }
    hub.environment.changes.send(.chats([record]))
    await emit(ChatOutput(record))
  }
}
