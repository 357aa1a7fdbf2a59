import Domain
import Storage

/// Has a server look for messages that are not stored here. What it finds is stored then.
package struct SearchServer: Request {
  /// A message that was found, to be read from the store.
  package struct Hit: Codable, Sendable, Hashable {
    package var chat: ChatID
    package var id: String
  }

  package var words: String
  /// Nil searches all chats.
  package var chat: ChatID?
  package var limit: Int

  /// - Parameters:
  ///   - chat: nil searches all chats.
  ///   - limit: how many messages are enough.
  package init(words: String, chat: ChatID?, limit: Int) {
    self.words = words
    self.chat = chat
    self.limit = limit
  }

  /// Emits each hit that was not deleted.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (Hit) async -> Void
  ) async throws(UserError) {
    let account =
      if let named = chat?.service {
        try await hub.open(named, as: (any History).self, else: .unsupported)
      } else {
        try await hub.open(.history, as: (any History).self)
      }
    for message in try await account.search(words, in: chat, limit: limit)
    where message.status != .deleted {
      await emit(Hit(chat: message.chat, id: message.id))
    }
  }
}
