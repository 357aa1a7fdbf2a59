import Domain
import Storage

/// Lets the others in a chat see that something is being written there; to be called at every key.
/// Services that tell nobody do nothing.
package struct ShowTyping: Request {
  package var chat: ChatID

  /// - Parameter chat: the chat's name.
  package init(chat: ChatID) { self.chat = chat }

  /// Emits one empty line, whether or not it reached anybody.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (NoOutput) async -> Void
  ) async throws(UserError) {
    if let account = await hub.openNow(chat.service) as? any ChatMarks {
      await account.tellTyping(in: chat)
    }
    await emit(NoOutput())
  }
}
