extension Command {
  static let editMessage = Command(
    name: "message.edit", keys: [.character("e")], title: .commandEdit,
    hint: .hintChange, places: [.messages], group: .groupChats, cli: "tercet edit CHAT ID TEXT",
    disabledReason: { $0.messageActions.editDisabledReason }
  ) { $0.messageActions.edit() }

  static let deleteMessage = Command(
    name: "message.delete", keys: [.character("D")], title: .commandDelete,
    hint: .hintDelete, places: [.messages], group: .groupChats, cli: "tercet delete CHAT ID",
    disabledReason: { $0.messageActions.deleteDisabledReason }
  ) { $0.messageActions.askToDelete() }

  package static let react = Command(
    name: "message.react", keys: [.character("+")], title: .commandReact,
    hint: .hintReact, places: [.messages], group: .groupChats, cli: "tercet react CHAT ID EMOJI",
    disabledReason: { $0.messageActions.reactDisabledReason }
  ) { $0.messageActions.chooseReaction() }

  package static let forward = Command(
    name: "message.forward", keys: [.character("F")], title: .commandForward,
    hint: .hintForward, places: [.messages], group: .groupChats, cli: "tercet forward CHAT ID TO",
    disabledReason: { $0.messageActions.forwardDisabledReason }
  ) { $0.messageActions.chooseForwardTarget() }

  package static let mute = Command(
    name: "chat.mute", keys: [.alt("s")], title: .commandMute,
    places: [.pane(.chats), .pane(.conversation)], group: .groupChats, cli: "tercet mute CHAT",
    disabledReason: { $0.chatActions.muteDisabledReason }
  ) { $0.chatActions.toggleMute() }
}
