import Accounts
import Domain
import Phrases
import Storage

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

  /// Goes to the most urgent, and says what it is.
  func showNext() {
    guard let next = all.first else { return }
    let words = words(for: next)
    switch next {
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
    }
    if let words { console.context.notices.show(words, on: .attention) }
  }

  private func words(for attention: Attention) -> NoticeText? {
    switch attention {
    case .order(let id):
      console.exchange.orders.order(id).map { order in
        let pair = "\(Amount.grouped(order.amount)) \(order.from) → \(order.to)"
        return NoticeText(
          .warning, Phrase.orderUnknownNotice.with(pair), hint: Phrase.unknownAdvice.text)
      }
    case .identity(let key):
      console.chats.chat(key).map { AttentionEvent.keyChange(in: $0).notice }
    case .failure(let key):
      console.chats.chat(key).map { AttentionEvent.unsent(in: $0).notice }
    case .chat(let key):
      console.chats.chat(key).map { chat in
        NoticeText(.info, Phrase.attentionUnread.with(chat.shownTitle, "\(chat.unread)"))
      }
    }
  }
}
