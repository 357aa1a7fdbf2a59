import Phrases

extension Command {
  static let showIdentity = Command(
    name: "identity.show", keys: [.character("K")], title: .commandShowIdentity,
    places: [.pane(.chats), .pane(.conversation), .messages], group: .groupPeople,
    cli: "tercet identity", yieldsToText: true,
    disabledReason: { $0.chatActions.secureDisabledReason }
  ) { $0.chatActions.showIdentity() }

  static let addContact = Command(
    name: "contact.add", keys: [.character("n")], title: .commandAddContact,
    hint: .hintAddContact, places: [.pane(.chats)], group: .groupPeople,
    cli: "tercet contacts --add NUMBER", disabledReason: { $0.chatActions.contactDisabledReason }
  ) { $0.chatActions.openPeople(.writing) }

  static let showContacts = Command(
    name: "contacts", keys: [.character("p")], title: .commandShowContacts,
    places: [.pane(.chats)], group: .groupPeople, cli: "tercet contacts",
    disabledReason: { $0.chatActions.contactDisabledReason }
  ) { $0.chatActions.openPeople(.contacts) }

  static let createGroup = Command(
    name: "group.create", keys: [.character("N")], title: .commandCreateGroup,
    places: [.pane(.chats)], group: .groupPeople, cli: "tercet groups create NAME MEMBER…",
    disabledReason: { $0.chatActions.secureDisabledReason }
  ) { $0.chatActions.openGroupDialog() }

  static let showGroup = Command(
    name: "group.show", keys: [.character("m")], title: .commandShowGroup,
    places: [.pane(.chats), .pane(.conversation), .messages], group: .groupPeople,
    cli: "tercet groups", yieldsToText: true,
    disabledReason: { $0.chatActions.groupAtHand == nil ? Phrase.noGroupSelected.text : nil }
  ) { $0.chatActions.showGroup() }

  /// What keys do inside the dialogs about people.
  static let people: [Command] = [
    Command(
      name: "identity.verify", keys: [.character("v")], title: .commandVerify,
      hint: .hintVerify, places: [.dialog(.identity)], group: .groupPeople,
      cli: "tercet identity verify NUMBER",
      disabledReason: { $0.dialogs.fingerprints?.verifyDisabledReason ?? nil }
    ) { $0.chatActions.askToVerifyKey() },
    Command(
      name: "identity.accept", keys: [.character("a")], title: .commandAccept,
      hint: .hintAccept, places: [.dialog(.identity)], group: .groupPeople,
      cli: "tercet identity accept NUMBER",
      disabledReason: { $0.dialogs.fingerprints?.acceptDisabledReason ?? nil }
    ) { $0.chatActions.askToAcceptKey() },
    Command(
      name: "identity.code", keys: [.character("c")], title: .commandShowCode,
      hint: .hintCode, places: [.dialog(.identity)], group: .groupPeople
    ) { $0.dialogs.fingerprints?.showNextCode() },
    Command(
      name: "group.add", keys: [.character("a")], title: .commandAddMember, hint: .hintAddMember,
      places: [.dialog(.group)], group: .groupPeople, cli: "tercet groups add",
      disabledReason: { $0.dialogs.group?.disabledReason ?? nil }
    ) { $0.chatActions.openMembersDialog() },
    Command(
      name: "group.rename", keys: [.character("r")], title: .commandRenameGroup,
      hint: .hintRename, places: [.dialog(.group)], group: .groupPeople,
      cli: "tercet groups rename",
      disabledReason: { $0.dialogs.group?.disabledReason ?? nil }
    ) { $0.chatActions.openRenameDialog() },
    Command(
      name: "group.leave", keys: [.character("L")], title: .commandLeaveGroup,
      hint: .hintLeave, places: [.dialog(.group)], group: .groupPeople,
      cli: "tercet groups leave CHAT",
      disabledReason: { $0.dialogs.group?.disabledReason ?? nil }
    ) { $0.chatActions.askToLeaveGroup() },
  ]
}
