import Storage

/// Stored messages with these words, in any case, oldest first; works offline.
public struct SearchMessages: DeskCall {
  var words: String
  /// Nil searches all chats.
  var chat: String?
  /// The newest this many.
  var limit: Int

  /// - Parameters:
  ///   - chat: nil searches all chats.
  ///   - limit: the newest this many.
  public init(words: String, chat: String? = nil, limit: Int = 200) {
    self.words = words
    self.chat = chat
    self.limit = limit
  }

  /// Emits what is found in the store; the server is not asked.
  public func run(
    on desk: Desk, emit: @escaping @Sendable (MessageLine) async -> Void
  ) async throws(ConsoleError) {
    let found = try await desk.reading { store in
      try await store.messages.search(words, in: chat, limit: limit)
    }
    for message in found { await emit(MessageLine(message)) }
  }
}
