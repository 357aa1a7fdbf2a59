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

/// Lets the others in a chat see that something is being written there; to be called at every key.
/// Services that tell nobody do nothing.
package struct ShowTyping: Request {
  package var chat: ChatID

  /// - Parameter chat: the chat's name.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits one empty output, whether or not it reached anybody.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    if let account = await hub.openNow(chat.service) as? any ChatMarks {
      await account.tellTyping(in: chat)
    }
    await emit(NoOutput())
  }
}
