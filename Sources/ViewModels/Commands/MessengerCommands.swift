import Phrases
import Storage

extension Command {
  static let openChat = Command(
    name: "chat.open", keys: [.enter], title: .commandOpenChat, hint: .hintOpenChat,
    places: [.pane(.chats)], group: .groupChats, cli: "tercet messages CHAT",
    disabledReason: { $0.chats.selected == nil ? Phrase.noChatSelected.text : nil }
  ) { $0.chatActions.openSelected() }

  static let closeChat = Command(
    name: "chat.close", keys: [.escape], title: .commandCloseChat, hint: .hintBack,
    places: [.pane(.conversation)], group: .groupChats
  ) { $0.focus(.chats) }

  static let signOutOfMessenger = Command(
    name: "sign-out.messenger", keys: [.character("L")], title: .commandSignOutMessenger,
    places: [.pane(.chats), .pane(.conversation), .pane(.calls)], group: .groupChats,
    cli: "tercet logout max, tercet logout textsecure",
    disabledReason: { $0.signIns.signOutDisabledReason($0.atHand.messenger) }
  ) { $0.signIns.askToSignOut($0.atHand.messenger) }
}
