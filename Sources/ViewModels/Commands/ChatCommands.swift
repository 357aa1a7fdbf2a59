import Phrases
import ScreenState
import Storage

// What keys do with the open chat, its messages and the list of chats.
extension Command {
  static let openChat = Command(
    name: "chat.open", keys: [.enter], title: .commandOpenChat, hint: .hintOpenChat,
    places: [.pane(.chats)], group: .groupChats, cli: "tercet messages CHAT",
    disabledReason: { $0.chats.selected == nil ? Phrase.noChatSelected.text : nil }
  ) { $0.chatActions.openSelected() }

  static let filterChats = Command(
    name: "chat.filter", keys: [.character("/")], title: .commandFilterChats, hint: .hintSearch,
    places: [.pane(.chats)], group: .groupChats,
    disabledReason: { $0.chats.all.isEmpty ? Phrase.noChatSelected.text : nil }
  ) { $0.chats.beginFilter() }

  static let closeChat = Command(
    name: "chat.close", keys: [.escape], title: .commandCloseChat, hint: .hintBack,
    places: [.pane(.conversation)], group: .groupChats
  ) { $0.focus(.chats) }

  static let signOutOfMessenger = Command(
    name: "sign-out.messenger", keys: [.character("L")], title: .commandSignOutMessenger,
    places: [.pane(.chats), .pane(.calls)], group: .groupChats,
    cli: "tercet logout max, tercet logout textsecure",
    disabledReason: { $0.signIns.signOutDisabledReason($0.atHand.messenger) }
  ) { $0.signIns.askToSignOut($0.atHand.messenger) }

  static let firstUnread = Command(
    name: "chat.first-unread", keys: [.character("U")], title: .commandFirstUnread,
    hint: .hintFirstUnread, places: [.messages], group: .groupChats, yieldsToText: true,
    disabledReason: { $0.conversation.unreadDisabledReason }
  ) { $0.conversation.showFirstUnread() }

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
    disabledReason: { $0.messageActions.savableMessage == nil ? Phrase.nothingToSave.text : nil }
  ) { $0.messageActions.askWhereToSave() }

  static let viewPicture = Command(
    name: "attachment.view", keys: [.character("v")], title: .commandViewPicture,
    hint: .hintViewPicture, places: [.messages], group: .groupChats, cli: "tercet save",
    yieldsToText: true, disabledReason: { PictureActions($0).disabledReason }
  ) { PictureActions($0).show() }

  static let endSession = Command(
    name: "session.end", keys: [.character("E")], title: .commandEndSession,
    hint: .hintEndSession, places: [.messages], group: .groupChats, yieldsToText: true,
    disabledReason: {
      $0.messageActions.unreadableMessage == nil ? Phrase.nothingUnreadable.text : nil
    }
  ) { $0.messageActions.askToEndSession() }

  static let editMessage = Command(
    name: "message.edit", keys: [.character("e"), .altUp], title: .commandEdit,
    hint: .hintChange, places: [.messages, .pane(.conversation)], group: .groupChats,
    cli: "tercet edit CHAT ID TEXT",
    disabledReason: { $0.messageActions.editDisabledReason }
  ) { $0.messageActions.edit() }

  static let openEditor = Command(
    name: "message.editor", keys: [.control("g")], title: .commandOpenEditor,
    places: [.pane(.conversation)], group: .groupChats,
    disabledReason: {
      $0.conversation.closedReason
        ?? ($0.context.program.edit == nil ? Phrase.noEditor.text : nil)
    }
  ) { $0.messageActions.writeInEditor() }

  static let copyMessage = Command(
    name: "message.copy", keys: [.character("y")], title: .commandCopyMessage,
    hint: .hintCopy, places: [.messages], group: .groupChats,
    disabledReason: { $0.linkActions.copyDisabledReason }
  ) { $0.linkActions.copy() }

  static let openLink = Command(
    name: "message.open", keys: [.character("o")], title: .commandOpenLink,
    hint: .hintOpenLink, places: [.messages], group: .groupChats,
    disabledReason: { $0.linkActions.openDisabledReason }
  ) { $0.linkActions.open() }

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
    name: "chat.mute", keys: [.alt("s")], title: .commandMute, hint: .hintMute,
    places: [.pane(.chats), .pane(.conversation)], group: .groupChats, cli: "tercet mute CHAT",
    disabledReason: { $0.chatActions.muteDisabledReason }
  ) { $0.chatActions.toggleMute() }
}
