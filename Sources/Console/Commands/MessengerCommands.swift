import Storage

extension Command {
  static let openChat = Command(
    name: "chat.open", keys: [.enter], title: .commandOpenChat, hint: .hintOpenChat,
    places: [.pane(.chats)], group: .groupChats, cli: "tercet messages CHAT",
    disabledReason: { $0.chats.selected == nil ? Phrase.noChatSelected.text : nil }
  ) { $0.openSelectedChat() }

  static let closeChat = Command(
    name: "chat.close", keys: [.escape, .left], title: .commandCloseChat, hint: .hintBack,
    places: [.pane(.conversation)], group: .groupChats
  ) { $0.focus(.chats) }

  static let signOutOfMessenger = Command(
    name: "sign-out.messenger", keys: [.character("L")], title: .commandSignOutMessenger,
    places: [.pane(.chats), .pane(.conversation), .pane(.calls)], group: .groupChats,
    cli: "tercet logout max, tercet logout textsecure",
    disabledReason: { $0.signOuts.disabledReason($0.messengerAtHand) }
  ) { $0.signOuts.press($0.messengerAtHand) }

  static let declineCall = Command(
    name: "call.decline", keys: [.character("d"), .alt("d")], title: .commandDeclineCall,
    hint: .hintDecline, places: [.ring], group: .groupCalls, cli: "tercet calls decline ID"
  ) { $0.calls.decline() }

  static let ignoreCall = Command(
    name: "call.ignore", keys: [.character("i"), .alt("i")], title: .commandIgnoreCall,
    hint: .hintIgnore, places: [.ring], group: .groupCalls
  ) { $0.calls.ignore() }

  static let showCall = Command(
    name: "call.details", keys: [.enter], title: .commandShowCall, hint: .hintDetails,
    places: [.pane(.calls)], group: .groupCalls, cli: "tercet calls",
    disabledReason: { $0.calls.selected == nil ? Phrase.noCallSelected.text : nil }
  ) { $0.openSelectedCall() }
}
