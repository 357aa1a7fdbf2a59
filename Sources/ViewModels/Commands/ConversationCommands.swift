import Phrases

extension Command {
  package static let write = Command(
    name: "message.write", keys: [.enter], title: .commandWrite,
    hint: .hintWrite, places: [.messages], group: .groupChats, cli: "tercet send",
    disabledReason: { $0.conversation.closedReason }
  ) { $0.composer.begin() }

  package static let reply = Command(
    name: "message.reply", keys: [.character("r")], title: .commandReply, hint: .hintReply,
    places: [.messages], group: .groupChats, cli: "tercet send --reply ID",
    disabledReason: { $0.messageActions.replyDisabledReason }
  ) { $0.messageActions.reply() }

  static let sendFile = Command(
    name: "attachment.send", keys: [.character("f"), .control("o")], title: .commandSendFile,
    hint: .hintSendFile, places: [.pane(.conversation), .messages], group: .groupChats,
    cli: "tercet send --attach FILE", yieldsToText: true,
    disabledReason: { $0.conversation.closedReason }
  ) { $0.messageActions.askWhichFileToSend() }

  static let saveAttachment = Command(
    name: "attachment.save", keys: [.character("s")], title: .commandSaveAttachment,
    hint: .hintSave, places: [.messages], group: .groupChats, cli: "tercet save",
    yieldsToText: true,
    disabledReason: { $0.messageActions.savableMessage == nil ? Phrase.nothingToSave.text : nil }
  ) { $0.messageActions.askWhereToSave() }

  static let endSession = Command(
    name: "session.end", keys: [.character("E")], title: .commandEndSession,
    hint: .hintEndSession, places: [.messages], group: .groupChats, yieldsToText: true,
    disabledReason: { $0.messageActions.unreadableMessage == nil ? Phrase.nothingUnreadable.text : nil }
  ) { $0.messageActions.askToEndSession() }
}
