import Domain

/// Something that waits for the person, in the order of urgency.
package enum Attention: Equatable {
  case order(String)
  /// The key of the person in this chat has changed.
  case identity(ChatID)
  /// Something did not go out in this chat.
  case failure(ChatID)
  case chat(ChatID)
}

/// What waits for the person now, and the way there.
@MainActor
struct AttentionList {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  var all: [Attention] { urgent + console.chats.needingAttention.map { .chat($0.chat) } }

  /// How many they are.
  var count: Int { urgent.count + console.chats.waiting }

  /// All but chats with something unread, which are many.
  private var urgent: [Attention] {
    let chats = console.chats
    return console.exchange.orders.unknown.map { .order($0.id) }
      + console.messengers.trust.changed.filter { chats.chat($0) != nil }.map { .identity($0) }
      + console.messengers.failures.chats.filter { chats.chat($0) != nil }.map { .failure($0) }
  }

  /// Goes to the most urgent.
  func showNext() {
    switch all.first {
    case .order(let id):
      console.exchange.orders.select(id)
      console.focus(.orders)
    case .identity(let key):
      console.chats.select(key)
      console.chatActions.openSelected()
      console.chatActions.showIdentity(of: key)
    case .failure(let key), .chat(let key):
      console.chats.select(key)
      console.chatActions.openSelected()
    case nil: break
    }
  }
}
