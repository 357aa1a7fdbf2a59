import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What can be done with chats, the people in them and groups, and why it cannot be.
@MainActor
struct ChatActions {
  private let context: ModelContext
  private let dialogs: DialogModel
  private let panes: PaneFocus
  private let status: StatusModel
  private let chats: ChatListModel
  private let conversation: ConversationModel
  private let atHand: AtHand

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    panes = console.panes
    status = console.status
    chats = console.chats
    conversation = console.conversation
    atHand = console.atHand
  }

  func openSelected() {
    guard let chat = chats.selected else { return }
    chats.select(chat.chat)
    chats.endFilter()
    conversation.open(chat)
    panes.move(to: .conversation)
  }

  // MARK: People

  /// Shows the fingerprints of the writer of the selected message, else of the partner of the
  /// dialog, else only ours.
  func showIdentity() {
    let selected = panes.atHand == .conversation ? conversation.selectedMessage : nil
    if let selected, !selected.own, let number = selected.senderId,
      status.can(.identities, conversation.record?.service)
    {
      return showIdentity(number, name: selected.senderName)
    }
    guard let chat = atHand.chat, status.can(.identities, chat.service) else {
      return showIdentity(nil, name: nil)
    }
    showIdentity(chat.kind == .dialog ? chat.peerId : nil, name: chat.shownTitle)
  }

  func showIdentity(of key: ChatID) {
    guard let chat = chats.chat(key) else { return }
    showIdentity(chat.peerId, name: chat.shownTitle)
  }

  private func showIdentity(_ number: String?, name: String?) {
    dialogs.show(.identity(FingerprintsModel(context, number: number, name: name)))
  }

  /// Why nothing of TextSecure can be done; nil when it can.
  var secureDisabledReason: String? {
    status.state(.identities) == .notSetUp ? Phrase.noTextSecure.text : nil
  }

  /// Why nobody can be written to; nil when somebody can.
  var contactDisabledReason: String? {
    messengers.isEmpty ? Phrase.noMessenger.text : nil
  }

  /// The messengers that somebody is signed in to.
  private var messengers: [Service] {
    context.hub.services(with: .messaging).filter { status.state($0) != .notSetUp }
  }

  /// Offers everybody to write to, of all messengers.
  func openPeople(_ scope: PeopleModel.Scope) {
    let people = PeopleModel(context, scope, chats: chats) { open($0) }
    people.load(messengers)
    dialogs.show(.people(people))
  }

  func openGroupDialog() {
    context.start("contacts") {
      let people = await people()
      dialogs.show(.form(.newGroup(context, people: people) { open($0) }))
    }
  }

  /// Who can be in a group.
  private func people() async -> [ContactRecord] {
    guard let service = status.service(with: .groups) else { return [] }
    let all = await context.hub.environment.storing { store in
      try await store.contacts.all(service)
    }
    return (all ?? []).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Opens the chat with somebody, which is made if need be.
  func write(to id: String, of service: Service) {
    context.attempt("chat.write") { [self] () throws(UserError) in
      let chat =
        status.can(.dialogs, service)
        ? try await context.hub.lines(of: OpenDialog(person: id)).first?.chat
        : try await context.hub.lines(of: AddContacts(numbers: [id])).first.map {
          ChatID($0.service, $0.id)
        }
      if let chat { open(chat) }
    }
  }

  /// Opens a chat that has just come to be.
  private func open(_ key: ChatID) {
    dialogs.close()
    context.start("chat.new") {
      // Its news may still be on the way here.
      let stored = await context.hub.environment.storing { store in
        try await store.chats.chat(key)
      }
      guard let chat = stored ?? nil else { return }
      chats.update([chat])
      chats.select(key)
      openSelected()
    }
  }

  // MARK: Groups

  var groupAtHand: ChatRecord? { atHand.chat.flatMap { $0.groupId == nil ? nil : $0 } }

  func showGroup() {
    guard let chat = groupAtHand else { return }
    dialogs.show(.group(GroupModel(context, chat: chat)))
  }

  func openRenameDialog() {
    guard let model = dialogs.group, let group = model.group else { return }
    dialogs.show(.form(.rename(context, group: group) { back(to: model) }))
  }

  func openMembersDialog() {
    guard let model = dialogs.group, let group = model.group else { return }
    context.start("contacts") {
      let people = await people()
      dialogs.show(
        .form(
          .newMembers(context, group: group, people: people) { back(to: model) }))
    }
  }

  private func back(to group: GroupModel) {
    group.load()
    dialogs.show(.group(group))
  }

  func askToLeaveGroup() {
    guard let group = dialogs.group else { return }
    dialogs.ask(
      .init(
        title: Phrase.leaveGroupTitle.with(group.state.title),
        introduction: Phrase.leaveGroupLoses.text),
      no: .stayInGroup, yes: .leaveGroupNow, from: .group(group)
    ) { [dialogs] _ in
      dialogs.show(.group(group))
      group.leave()
    }
  }

  // MARK: Silence

  var muteDisabledReason: String? {
    guard let chat = atHand.chat else { return Phrase.noChatSelected.text }
    return muteDisabledReason(of: chat)
  }

  func muteDisabledReason(of chat: ChatRecord) -> String? {
    guard status.can(.chatMarks, chat.service) else { return nil }
    if case .online = status.state(chat.service) { return nil }
    return Phrase.changesNeedLine.text
  }

  func toggleMute() {
    if let chat = atHand.chat { mute(chat, !chat.muted) }
  }

  func mute(_ chat: ChatRecord, _ isMuted: Bool) {
    context.attempt("mute") { [context] () throws(UserError) in
      try await context.hub.run(MuteChat(chat: chat.chat, isMuted: isMuted)) { _ in }
      let phrase: Phrase = isMuted ? .muted : .unmuted
      context.notices.show(NoticeText(.success, phrase.with(chat.shownTitle)))
    }
  }

  // MARK: Keys that are accepted or compared

  func askToAcceptKey() {
    guard let fingerprints = dialogs.fingerprints else { return }
    dialogs.ask(
      .init(
        title: Phrase.acceptKeyTitle.text,
        introduction: Phrase.acceptKeyLoses.with(fingerprints.state.contact ?? "")),
      no: .keepOldKey, yes: .acceptKeyNow, from: .identity(fingerprints)
    ) { [dialogs] _ in
      dialogs.show(.identity(fingerprints))
      fingerprints.accept()
    }
  }

  func askToVerifyKey() {
    guard let fingerprints = dialogs.fingerprints else { return }
    dialogs.ask(
      .init(
        title: Phrase.verifyKeyTitle.text,
        introduction: Phrase.verifyKeyMeans.with(fingerprints.state.contact ?? "")),
      no: .notCompared, yes: .keysAreRight, from: .identity(fingerprints)
    ) { [dialogs] _ in
      dialogs.show(.identity(fingerprints))
      fingerprints.verify()
    }
  }
}
