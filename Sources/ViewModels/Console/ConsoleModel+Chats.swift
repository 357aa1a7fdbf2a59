import Accounts
import Domain
import Phrases
import Storage

// What commands do with chats and the people in them.
extension ConsoleModel {
  /// The open chat when it has the keys, else the one selected in the list.
  var chatAtHand: ChatRecord? {
    paneAtHand == .conversation ? conversation.record : chats.selected
  }

  /// The messenger that is meant: that of the chat at hand, else the one that is signed in.
  var messengerAtHand: Service? {
    if paneAtHand == .calls, let service = status.service(with: .calling) { return service }
    if let chat = chatAtHand { return chat.service }
    return status.service(with: .messaging)
  }

  // MARK: Messages

  /// The message that the retry key sends again.
  var failedMessage: MessageRecord? {
    guard paneAtHand == .conversation else { return nil }
    return conversation.target { $0.own && $0.status == .failed }
  }

  /// Sends the failed message at hand again; without one, tries the connections again.
  func retry() {
    guard let message = failedMessage else { return retryConnections() }
    context.attempt("message.retry") { [context] () throws(UserError) in
      try await context.hub.run(RetryMessage(chat: message.chat, id: message.id)) { _ in }
    }
  }

  var retryDisabledReason: String? {
    failedMessage == nil && !status.isLineDown ? Phrase.nothingToRetry.text : nil
  }

  package func reply() {
    guard let message = conversation.selectedMessage else { return }
    composer.begin(answering: message.id)
  }

  var replyDisabledReason: String? {
    if let reason = conversation.closedReason { return reason }
    guard let message = conversation.selectedMessage else { return Phrase.selectMessage.text }
    return message.isSpoken ? nil : Phrase.nothingToAnswer.text
  }

  var savableMessage: MessageRecord? { conversation.target { $0.firstSavable != nil } }

  func openSaveDialog() {
    guard let message = savableMessage, let index = message.firstSavable else { return }
    let attachment = message.attachments[index]
    dialogs.show(
      .form(
        .saveAttachment(
          context, chat: message.chat, message: message.id, index: index,
          name: attachment.shownName
        ) { [weak self] _ in self?.closeDialog() }))
  }

  func openSendDialog() {
    guard let chat = conversation.chat else { return }
    dialogs.show(
      .form(
        .sendFile(context, chat: chat) { [weak self] in
          self?.conversation.showEnd()
          self?.closeDialog()
        }))
  }

  var unreadableMessage: MessageRecord? { conversation.target { $0.isUnreadable } }

  /// Ends the session with whoever wrote what cannot be read; their next message begins anew.
  func endSession(with message: MessageRecord) {
    guard let number = message.senderId else { return }
    guard let chat = (conversation.record?.service).map({ ChatID($0, number) }) else { return }
    context.attempt("session.end") { [context] () throws(UserError) in
      try await context.hub.run(EndSession(chat: chat)) { _ in }
      context.notices.show(NoticeText(.success, Phrase.sessionEnded.text))
    }
  }

  // MARK: People

  /// Shows the fingerprints of whoever is at hand: the writer of the selected message, the partner
  /// of the dialog, or nobody but ourselves.
  func showIdentity() {
    let selected = paneAtHand == .conversation ? conversation.selectedMessage : nil
    if let selected, !selected.own, let number = selected.senderId,
      status.can(.identities, conversation.record?.service)
    {
      return showIdentity(number, name: selected.senderName)
    }
    guard let chat = chatAtHand, status.can(.identities, chat.service) else {
      return showIdentity(nil, name: nil)
    }
    showIdentity(chat.kind == .dialog ? chat.peerId : nil, name: chat.title)
  }

  func showIdentity(of key: ChatID) {
    guard let chat = chats.chat(key) else { return }
    showIdentity(chat.peerId, name: chat.title)
  }

  private func showIdentity(_ number: String?, name: String?) {
    dialogs.show(.identity(FingerprintsModel(context, number: number, name: name)))
  }

  /// Why nothing of TextSecure can be done; nil when it can.
  var secureDisabledReason: String? {
    status.state(.identities) == .notSetUp ? Phrase.noTextSecure.text : nil
  }

  /// Why nobody can be written to who has not been; nil when somebody can.
  var contactDisabledReason: String? {
    status.state(.dialogs) == .notSetUp ? secureDisabledReason : nil
  }

  /// Asks for somebody to write to, of the service of the chat at hand if it is signed in.
  func openContactDialog() {
    let isSecure = secureDisabledReason == nil
    guard status.can(.dialogs, messengerAtHand) || !isSecure, status.state(.dialogs) != .notSetUp,
      let service = status.service(with: .dialogs)
    else {
      return dialogs.show(.form(.newContact(context) { [weak self] in self?.open($0) }))
    }
    context.start("contacts") { [self] in
      let people = await people(service)
      dialogs.show(.form(.newDialog(context, people: people) { [weak self] in self?.open($0) }))
    }
  }

  func openGroupDialog() {
    context.start("contacts") { [self] in
      let people = await people()
      dialogs.show(.form(.newGroup(context, people: people) { [weak self] in self?.open($0) }))
    }
  }

  /// - Parameter service: nil for the one with groups.
  private func people(_ service: Service? = nil) async -> [ContactRecord] {
    guard let service = service ?? status.service(with: .groups) else { return [] }
    let all = await context.hub.environment.storing { store in
      try await store.contacts.all(service)
    }
    return (all ?? []).sorted { ($0.name, $0.id) < ($1.name, $1.id) }
  }

  /// Opens a chat that has just come to be.
  private func open(_ key: ChatID) {
    closeDialog()
    context.start("chat.new") { [self] in
      // Its news may still be on the way here.
      let stored = await context.hub.environment.storing { store in
        try await store.chats.chat(key)
      }
      guard let chat = stored ?? nil else { return }
      chats.take([chat])
      chats.select(key)
      openSelectedChat()
    }
  }

  // MARK: Groups

  var groupAtHand: ChatRecord? { chatAtHand.flatMap { $0.groupId == nil ? nil : $0 } }

  func showGroup() {
    guard let chat = groupAtHand else { return }
    dialogs.show(.group(GroupModel(context, chat: chat)))
  }

  func openRenameDialog() {
    guard let model = dialogs.group, let group = model.group else { return }
    dialogs.show(.form(.rename(context, group: group) { [weak self] in self?.back(to: model) }))
  }

  func openMembersDialog() {
    guard let model = dialogs.group, let group = model.group else { return }
    context.start("contacts") { [self] in
      let people = await people()
      dialogs.show(
        .form(
          .newMembers(context, group: group, people: people) { [weak self] in
            self?.back(to: model)
          }))
    }
  }

  private func back(to group: GroupModel) {
    group.load()
    dialogs.show(.group(group))
  }

  /// Closes what lies over the panes; of the fingerprints first the QR code.
  func closeTopmost() {
    if dialogs.fingerprints?.hideCode() == true { return context.onChange() }
    closeDialog()
  }
}
