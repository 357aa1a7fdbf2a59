import Domain
import Storage

/// Everything in a chat has been read. Others see it where the service shows such marks, unless the
/// setting `read-marks` is `never`.
package struct MarkRead: DeskCall {
  @ChatAddress package var chat: String

  /// - Parameter chat: the chat's name.
  package init(chat: String) { self.chat = chat }

  /// Emits the chat as it is now; throws `no-chat` for a name that nothing has.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (ChatLine) async -> Void
  ) async throws(ConsoleError) {
    let chat = chat
    let known = try await desk.reading { store in try await store.chats.chat(chat) }
    guard let known else { throw .noChat(chat) }
    let now = desk.context.time.wallTime
    let read = await desk.markRead(chat, upTo: known.lastMessageAt ?? now)
    await emit(ChatLine(read ?? known))
  }
}

extension Desk {
  /// Remembers that a chat was read up to `mark` (wall ms), and tells its server when it can.
  package func markRead(_ chat: String, upTo mark: Int64) async -> ChatRecord? {
    let service = Service(chat: chat)
    let isUntold = service.map { services(with: .chatMarks).contains($0) } ?? false
    let read = await context.storing { store in
      try await store.markRead(chat, upTo: mark, isUntold: isUntold)
      return try await store.chats.chat(chat)
    }
    if let service, let account = openNow(service) as? any ChatMarks { await account.tellMarks() }
    return read ?? nil
  }
}
