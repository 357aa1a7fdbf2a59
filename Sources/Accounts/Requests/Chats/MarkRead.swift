import Domain
import Storage

/// Everything in a chat has been read. Others see it where the service shows such marks, unless the
/// setting `read-marks` is `never`.
package struct MarkRead: Request {
  package var chat: ChatID

  /// - Parameter chat: the chat's name.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits the chat as it is now; throws `no-chat` for a name that nothing has.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let chat = chat
    let known = try await hub.withStore { store in try await store.chats.chat(chat) }
    guard let known else { throw .noChat(chat) }
    let now = hub.environment.time.wallTime
    let read = await hub.markRead(chat, upTo: known.lastMessageAt ?? now)
    await emit(ChatOutput(read ?? known))
  }
}

extension AccountHub {
  /// Remembers that a chat was read up to `mark` (wall ms), and tells its server when it can.
  package func markRead(_ chat: ChatID, upTo mark: Int64) async -> ChatRecord? {
    let isUntold = services(with: .chatMarks).contains(chat.service)
    let read = await environment.storing { store in
      try await store.markRead(chat, upTo: mark, isUntold: isUntold)
      return try await store.chats.chat(chat)
    }
    if let account = openNow(chat.service) as? any ChatMarks { await account.tellMarks() }
    return read ?? nil
  }
}
