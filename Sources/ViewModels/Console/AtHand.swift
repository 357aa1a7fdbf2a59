import Domain
import Storage

/// What is meant by whoever presses a key that is about a chat or a messenger.
@MainActor
struct AtHand {
  private let panes: PaneFocus
  private let status: StatusModel
  private let chats: ChatListModel
  private let conversation: ConversationModel

  init(_ console: ConsoleModel) {
    panes = console.panes
    status = console.status
    chats = console.chats
    conversation = console.conversation
  }

  /// The open chat when it has the keys, else the one selected in the list.
  var chat: ChatRecord? {
    panes.atHand == .conversation ? conversation.record : chats.selected
  }

  /// That of the chat at hand, else the one that is signed in.
  var messenger: Service? {
    if panes.atHand == .calls, let service = status.service(with: .calling) { return service }
    if let chat { return chat.service }
    return status.service(with: .messaging)
  }
}
