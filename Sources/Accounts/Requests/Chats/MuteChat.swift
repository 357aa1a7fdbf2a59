import Domain
import Storage

/// Silences a chat, or lets it be heard again: for MAX on all of the owner's devices, for TextSecure
/// here.
package struct MuteChat: DeskCall {
  @ChatAddress package var chat: String
  package var isMuted: Bool
  package var isDeed: Bool { true }

  /// - Parameter isMuted: false lets it be heard again.
  package init(chat: String, isMuted: Bool) {
    self.chat = chat
    self.isMuted = isMuted
  }

  /// Emits the chat as it is now; throws `no-chat` for a name that nothing has.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let (chat, isMuted) = (chat, isMuted)
    guard try await desk.reading({ store in try await store.chats.chat(chat) }) != nil else {
      throw .noChat(chat)
    }
    if let service = Service(chat: chat), desk.services(with: .chatMarks).contains(service) {
      let account = try await desk.online(service, as: (any ChatMarks).self, else: .unsupported)
      try await account.mute(chat, isMuted)
    }
    let record = try await desk.reading { store in
      try await store.chats.setMuted(isMuted, chat)
      return try await store.chats.chat(chat)
    }
    guard let record else { throw .noChat(chat) }
    desk.context.changes.send(.chats([record]))
    await emit(ChatLine(record))
  }
}
