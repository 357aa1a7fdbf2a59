extension Command {
  static let editMessage = Command(
    name: "message.edit", keys: [.character("e")], title: .commandEdit,
    hint: .hintChange, places: [.messages], group: .groupChats, cli: "tercet edit CHAT ID TEXT",
    disabledReason: { $0.editDisabledReason }
  ) { $0.editMessage() }

  static let deleteMessage = Command(
    name: "message.delete", keys: [.character("D")], title: .commandDelete,
    hint: .hintDelete, places: [.messages], group: .groupChats, cli: "tercet delete CHAT ID",
    disabledReason: { $0.deleteDisabledReason }
  ) { $0.openDeleteDialog() }

  package static let react = Command(
    name: "message.react", keys: [.character("+")], title: .commandReact,
    hint: .hintReact, places: [.messages], group: .groupChats, cli: "tercet react CHAT ID EMOJI",
    disabledReason: { $0.reactDisabledReason }
  ) { $0.openReactionDialog() }

  package static let forward = Command(
    name: "message.forward", keys: [.character("F")], title: .commandForward,
    hint: .hintForward, places: [.messages], group: .groupChats, cli: "tercet forward CHAT ID TO",
    disabledReason: { $0.forwardDisabledReason }
  ) { $0.openForwardDialog() }

  package static let mute = Command(
    name: "chat.mute", keys: [.alt("s")], title: .commandMute,
    places: [.pane(.chats), .pane(.conversation)], group: .groupChats, cli: "tercet mute CHAT",
    disabledReason: { $0.muteDisabledReason }
  ) { $0.toggleMute() }
}
