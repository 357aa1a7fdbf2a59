import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What can be done with the messages of the open chat, and why it cannot be.
@MainActor
struct MessageActions {
  /// Reactions to choose from; a server takes others too.
  static let reactions = ["👍", "❤️", "🤣", "🔥", "😮", "😢", "🙏", "👎"]

  private let context: ModelContext
  private let dialogs: DialogModel
  private let panes: PaneFocus
  private let status: StatusModel
  private let chats: ChatListModel
  private let conversation: ConversationModel
  private let composer: ComposerModel

  init(_ console: ConsoleModel) {
    context = console.context
    dialogs = console.dialogs
    panes = console.panes
    status = console.status
    chats = console.chats
    conversation = console.conversation
    composer = console.composer
  }

  // MARK: Why not

  /// Why what was sent cannot be changed now; nil when it can.
  private var changeDisabledReason: String? {
    guard let record = conversation.record else { return Phrase.noChatSelected.text }
    guard status.can(.editing, record.service) else {
      return Phrase.unchangeable.with(record.service.title) + "."
    }
    if status.state(record.service) == .notSetUp {
      return Phrase.signInToWrite.with(record.service.title)
    }
    return nil
  }

  /// The same for what needs the server at once.
  private var lineDisabledReason: String? {
    if let reason = changeDisabledReason { return reason }
    if case .online? = conversation.record.map({ status.state($0.service) }) { return nil }
    return Phrase.changesNeedLine.text
  }

  var editDisabledReason: String? {
    lineDisabledReason ?? (editableMessage == nil ? Phrase.nothingToEdit.text : nil)
  }

  var deleteDisabledReason: String? {
    if let reason = changeDisabledReason { return reason }
    guard let message = deletableMessage else { return Phrase.selectMessage.text }
    return message.isSettled ? lineDisabledReason : nil
  }

  var reactDisabledReason: String? {
    lineDisabledReason ?? (spokenMessage == nil ? Phrase.nothingToReactTo.text : nil)
  }

  var forwardDisabledReason: String? {
    changeDisabledReason ?? (forwardableMessage == nil ? Phrase.selectMessage.text : nil)
  }

  // MARK: Which

  private var editableMessage: MessageRecord? {
    conversation.target { $0.own && $0.kind == .text && $0.status == .sent }
  }

  /// Deleting is for what is meant, not for what happens to be last.
  private var deletableMessage: MessageRecord? {
    conversation.selectedMessage.flatMap { $0.status == .deleted ? nil : $0 }
  }

  private var spokenMessage: MessageRecord? {
    conversation.target { $0.isSpoken && $0.isSettled }
  }

  private var forwardableMessage: MessageRecord? {
    conversation.selectedMessage.flatMap { $0.isSpoken && $0.isSettled ? $0 : nil }
  }

  // MARK: What

  func edit() {
    guard let message = editableMessage else { return }
    composer.begin(editing: message)
  }

  func askToDelete() {
    guard let message = deletableMessage, let record = conversation.record else { return }
    let (title, preview) = (Phrase.deleteMessage.text, message.preview)
    // Of others' messages a group's owner alone can rid everybody; the server knows who that is.
    let isForAll = message.own || record.kind == .group
    var options = [ChoiceState.Option(id: ChoiceModel.no, label: Phrase.keepMessage.text)]
    if !message.isSettled {
      options.append(.init(id: "me", label: Phrase.takeBack.text))
    } else if record.kind == .saved {
      options.append(.init(id: "all", label: Phrase.deleteForGood.text))
    } else {
      options.append(.init(id: "me", label: Phrase.deleteForMe.text))
      if isForAll { options.append(.init(id: "all", label: Phrase.deleteForAll.text)) }
    }
    let model = ChoiceModel(
      context, .init(title: title, introduction: preview), options, style: .question)
    model.choose = { [weak dialogs, weak model, context] choice in
      guard choice != ChoiceModel.no else { return dialogs?.close() ?? () }
      let call = DeleteMessage(
        chat: message.chat, id: message.id, forEverybody: choice == "all")
      model?.perform(.deleting) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        dialogs?.close()
      }
    }
    dialogs.show(.choice(model))
  }

  /// Offers reactions; the one that is there already is taken back by choosing it again.
  /// Goes on with what is being written in the person's own editor. Where that fails it stays as it was.
  func writeInEditor() {
    guard let chat = conversation.chat, let edit = context.program.edit else { return }
    let composer = composer
    composer.begin()
    let text = composer.state.field.text
    context.start("editor") { [context] in
      switch await edit(text) {
      case .success(let edited):
        if edited != text { composer.take(edited, in: chat) }
      case .failure(let error): context.notices.show(error)
      }
    }
  }

  func chooseReaction() {
    guard let message = spokenMessage else { return }
    let own = message.reactions?.first(where: \.own)?.emoji
    let others = (message.reactions ?? []).map(\.emoji)
    let choices = Self.reactions + others.filter { !Self.reactions.contains($0) }
    let model = ChoiceModel(
      context,
      .init(title: Phrase.react.text, introduction: message.preview),
      choices.prefix(9).map { .init(id: $0, label: $0, isCurrent: $0 == own) }, style: .row)
    model.choose = { [weak dialogs, weak model, context] emoji in
      let call = ReactToMessage(
        chat: message.chat, id: message.id, emoji: emoji == own ? nil : emoji)
      model?.perform(.reacting) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        dialogs?.close()
      }
    }
    dialogs.show(.choice(model))
  }

  func chooseForwardTarget() {
    guard let message = forwardableMessage else { return }
    let targets = chats.all.filter { $0.service == conversation.record?.service && !$0.closed }
    let model = ChoiceModel(
      context,
      .init(title: Phrase.forward.text, introduction: message.preview),
      targets.map { .init(id: $0.chat.text, label: $0.shownTitle) }, style: .searchable)
    model.choose = { [weak dialogs, weak model, context] target in
      let target = ChatID(stored: target)
      let title = targets.first { $0.chat == target }?.shownTitle ?? target.text
      let call = ForwardMessage(chat: message.chat, id: message.id, to: target)
      model?.perform(.forwarding) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
        context.notices.show(NoticeText(.success, Phrase.forwardedTo.with(title)))
      } then: {
        dialogs?.close()
      }
    }
    dialogs.show(.choice(model))
  }

  // MARK: Sending, answering, files

  /// The message that the retry key sends again.
  var failedMessage: MessageRecord? {
    guard panes.atHand == .conversation else { return nil }
    return conversation.target { $0.own && $0.status == .failed }
  }

  /// Sends the failed message at hand again; without one, tries the connections again.
  func retry() {
    guard let message = failedMessage else { return retryConnections() }
    context.attempt("message.retry") { [context] () throws(UserError) in
      try await context.hub.run(RetryMessage(chat: message.chat, id: message.id)) { _ in }
    }
  }

  /// Tries at once to connect again.
  func retryConnections() {
    context.attempt("retry") { [context] () throws(UserError) in
      try await context.hub.run(RetryConnections()) { _ in }
    }
  }

  var retryDisabledReason: String? {
    failedMessage == nil && !status.isLineDown ? Phrase.nothingToRetry.text : nil
  }

  func reply() {
    guard let message = conversation.selectedMessage else { return }
    composer.begin(answering: message.id)
  }

  var replyDisabledReason: String? {
    if let reason = conversation.closedReason { return reason }
    guard let message = conversation.selectedMessage else { return Phrase.selectMessage.text }
    return message.isSpoken ? nil : Phrase.nothingToAnswer.text
  }

  var savableMessage: MessageRecord? { conversation.target { $0.firstSavable != nil } }

  func askWhereToSave() {
    guard let message = savableMessage, let index = message.firstSavable else { return }
    let attachment = message.attachments[index]
    dialogs.show(
      .form(
        .saveAttachment(
          context, chat: message.chat, message: message.id, index: index,
          name: attachment.shownName
        ) { [weak dialogs] _ in dialogs?.close() }))
  }

  func askWhichFileToSend() {
    guard let chat = conversation.chat else { return }
    dialogs.show(
      .form(
        .sendFile(context, chat: chat) { [weak dialogs, weak conversation] in
          conversation?.showEnd()
          dialogs?.close()
        }))
  }

  var unreadableMessage: MessageRecord? { conversation.target { $0.isUnreadable } }

  /// Ends the session with whoever wrote what cannot be read; their next message begins anew.
  private func endSession(with message: MessageRecord) {
    guard let number = message.senderId else { return }
    guard let chat = (conversation.record?.service).map({ ChatID($0, number) }) else { return }
    context.attempt("session.end") { [context] () throws(UserError) in
      try await context.hub.run(EndSession(chat: chat)) { _ in }
      context.notices.show(NoticeText(.success, Phrase.sessionEnded.text))
    }
  }

  /// Asks about the session with whoever wrote what cannot be read.
  func askToEndSession() {
    guard let message = unreadableMessage else { return }
    dialogs.ask(
      .init(
        title: Phrase.endSessionTitle.text,
        introduction: Phrase.endSessionLoses.with(message.senderName ?? message.senderId ?? "")),
      no: .keepSession, yes: .endSessionNow
    ) { [weak dialogs] _ in
      dialogs?.close()
      endSession(with: message)
    }
  }
}
