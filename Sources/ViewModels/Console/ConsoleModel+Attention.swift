import Domain

extension ConsoleModel {
  /// Something that waits for the person, in the order of urgency.
  package enum Attention: Equatable {
    case order(String)
    /// The key of the person in this chat has changed.
    case identity(ChatID)
    /// Something did not go out in this chat.
    case failure(ChatID)
    case chat(ChatID)
  }

  package var attention: [Attention] {
    exchange.orders.unknown.map { .order($0.id) }
      + trust.changed.filter { chats.chat($0) != nil }.map { .identity($0) }
      + failures.chats.filter { chats.chat($0) != nil }.map { .failure($0) }
      + chats.needingAttention.map { .chat($0.chat) }
  }

  func showNextAttention() {
    switch attention.first {
    case .order(let id):
      exchange.orders.select(id)
      focus(.orders)
    case .identity(let key):
      chats.select(key)
      openSelectedChat()
      showIdentity(of: key)
    case .failure(let key), .chat(let key):
      chats.select(key)
      openSelectedChat()
    case nil: break
    }
  }
}
