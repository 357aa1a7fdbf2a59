import Accounts
import Domain
import ScreenState
import Storage

/// Finds in what the accounts tell that of which a person may want to hear at once.
@MainActor
struct AttentionNews {
  private let console: ConsoleModel

  init(_ console: ConsoleModel) { self.console = console }

  /// - Parameter change: taken in by all models already.
  func receive(_ change: AccountEvent) {
    switch change {
    case .messages(let chat, let news): tell(of: news.filter(isFresh), in: chat)
    case .arrivals(let news):
      // Of a sync most is old.
      for (chat, news) in Dictionary(grouping: news.filter(isFresh), by: \.chat) {
        tell(of: news, in: chat)
      }
    case .identity(_, let chat, .changed):
      if let chat = console.chats.chat(chat) { tell(.keyChange(in: chat), in: chat) }
    case .alert(let alert, let order):
      console.attentionModel.tell(.order(alert, of: order), isAtIt: isAtTicket)
    case .priceReached(let alert, let price):
      console.attentionModel.tell(.price(alert, at: price), isAtIt: isAtTicket)
    default: break
    }
  }

  /// A call has begun to ring.
  func tellRing(of call: CallRow, from caller: String) {
    let chat = console.chats.all.first { $0.kind == .dialog && $0.peerId == caller }
    console.attentionModel.tell(
      .call(call, in: chat), isAtIt: console.panes.focused == .calls,
      isMuted: chat?.muted ?? false)
  }

  private func isFresh(_ message: MessageRecord) -> Bool {
    console.attentionModel.isFresh(message)
  }

  private func tell(of messages: [MessageRecord], in key: ChatID) {
    guard !messages.isEmpty, let chat = console.chats.chat(key) else { return }
    if messages.contains(where: { $0.own && $0.status == .failed }) {
      tell(.unsent(in: chat), in: chat)
    }
    if console.attentionModel.hasNews(messages, in: chat) { tell(.message(in: chat), in: chat) }
  }

  private func tell(_ event: AttentionEvent, in chat: ChatRecord) {
    let isAtIt =
      console.panes.focused == .conversation && console.conversation.chat == chat.chat
      && console.dialogs.shown == nil
    console.attentionModel.tell(event, isAtIt: isAtIt, isMuted: chat.muted)
  }

  private var isAtTicket: Bool {
    console.dialogs.ticket != nil || [.balances, .orders].contains(console.panes.focused)
  }
}
