extension Command {
  static let write = Command(
    name: "message.write", keys: [.enter, .character("w")], title: .commandWrite,
    hint: .hintWrite, places: [.pane(.conversation)], group: .groupChats, cli: "tercet send",
    disabledReason: { $0.conversation.closedReason }
  ) { $0.composer.begin() }

  static let reply = Command(
    name: "message.reply", keys: [.character("r")], title: .commandReply, hint: .hintReply,
    places: [.pane(.conversation)], group: .groupChats, cli: "tercet send --reply ID",
    disabledReason: { $0.replyDisabledReason }
  ) { $0.reply() }

  static let sendFile = Command(
    name: "attachment.send", keys: [.character("f")], title: .commandSendFile,
    hint: .hintSendFile, places: [.pane(.conversation)], group: .groupChats,
    cli: "tercet send --attach FILE", disabledReason: { $0.conversation.closedReason }
  ) { $0.openSendDialog() }

  static let saveAttachment = Command(
    name: "attachment.save", keys: [.character("s")], title: .commandSaveAttachment,
    places: [.pane(.conversation)], group: .groupChats, cli: "tercet save",
    disabledReason: { $0.savableMessage == nil ? Phrase.nothingToSave.text : nil }
  ) { $0.openSaveDialog() }

  static let endSession = Command(
    name: "session.end", keys: [.character("E")], title: .commandEndSession,
    places: [.pane(.conversation)], group: .groupChats,
    disabledReason: { $0.unreadableMessage == nil ? Phrase.nothingUnreadable.text : nil }
  ) { $0.endSession() }
}
