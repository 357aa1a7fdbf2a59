import Domain
import Storage

/// What stands in a chat up to a moment has been read. Others see it where the service shows such marks,
/// unless the setting `read-marks` is `never`.
package struct MarkRead: Request {
  package var chat: ChatID
  /// Wall ms; nil for everything that has come.
  package var upTo: Int64?

  /// - Parameters:
  ///   - chat: the chat's name.
  ///   - upTo: wall ms of the newest message that was read; nil for all.
  package init(chat: ChatID, upTo: Int64? = nil) {
    self.chat = chat
    self.upTo = upTo
  }

  /// Emits the chat as it is now; throws `no-chat` for a name that nothing has.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (ChatOutput) async -> Void
  ) async throws(UserError) {
    let chat = chat
    let known = try await hub.withStore { store in try await store.chats.chat(chat) }
    guard let known else { throw .noChat(chat) }
    let mark = upTo ?? known.lastMessageAt ?? hub.environment.time.wallTime
    let isUntold = hub.services(with: .chatMarks).contains(known.service)
    let read = await hub.environment.storing { store in
      try await store.markRead(chat, upTo: mark, isUntold: isUntold)
      return try await store.chats.chat(chat)
    }
    // The server is told when it can be.
    if let account = await hub.openNow(chat.service) as? any ChatMarks {
      await account.tellMarks()
    }
    await emit(ChatOutput((read ?? nil) ?? known))
  }
}
