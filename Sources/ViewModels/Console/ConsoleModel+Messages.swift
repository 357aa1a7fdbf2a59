import Accounts
import Domain
import Phrases
import ScreenState
import Storage

// What commands do with messages that were sent.
extension ConsoleModel {
  /// Reactions to choose from; a server takes others too.
  package static let reactions = ["👍", "❤️", "🤣", "🔥", "😮", "😢", "🙏", "👎"]

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

  func editMessage() {
    guard let message = editableMessage else { return }
    composer.begin(editing: message)
  }

  func openDeleteDialog() {
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
    model.choose = { [weak self, weak model, context] choice in
      guard choice != ChoiceModel.no else { return self?.closeDialog() ?? () }
      let call = DeleteMessage(
        chat: message.chat, id: message.id, forEverybody: choice == "all")
      model?.perform(.deleting) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        self?.closeDialog()
      }
    }
    dialogs.show(.choice(model))
  }

  /// Offers reactions; the one that is there already is taken back by choosing it again.
  func openReactionDialog() {
    guard let message = spokenMessage else { return }
    let own = message.reactions?.first(where: \.own)?.emoji
    let others = (message.reactions ?? []).map(\.emoji)
    let choices = Self.reactions + others.filter { !Self.reactions.contains($0) }
    let model = ChoiceModel(
      context,
      .init(title: Phrase.react.text, introduction: message.preview),
      choices.prefix(9).map { .init(id: $0, label: $0, isCurrent: $0 == own) }, style: .row)
    model.choose = { [weak self, weak model, context] emoji in
      let call = ReactToMessage(
        chat: message.chat, id: message.id, emoji: emoji == own ? nil : emoji)
      model?.perform(.reacting) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
      } then: {
        self?.closeDialog()
      }
    }
    dialogs.show(.choice(model))
  }

  func openForwardDialog() {
    guard let message = forwardableMessage else { return }
    let targets = chats.all.filter { $0.service == conversation.record?.service && !$0.closed }
    let model = ChoiceModel(
      context,
      .init(title: Phrase.forward.text, introduction: message.preview),
      targets.map { .init(id: $0.chat.text, label: $0.title) }, style: .searchable)
    model.choose = { [weak self, weak model, context] target in
      let target = ChatID(stored: target)
      let title = targets.first { $0.chat == target }?.title ?? target.text
      let call = ForwardMessage(chat: message.chat, id: message.id, to: target)
      model?.perform(.forwarding) { () throws(UserError) in
        try await context.hub.run(call) { _ in }
        context.notices.show(NoticeText(.success, Phrase.forwardedTo.with(title)))
      } then: {
        self?.closeDialog()
      }
    }
    dialogs.show(.choice(model))
  }

  // MARK: Silence

  var muteDisabledReason: String? {
    guard let chat = chatAtHand else { return Phrase.noChatSelected.text }
    guard status.can(.chatMarks, chat.service) else { return nil }
    if case .online = status.state(chat.service) { return nil }
    return Phrase.changesNeedLine.text
  }

  func toggleMute() {
    guard let chat = chatAtHand else { return }
    context.attempt("mute") { [context] () throws(UserError) in
      try await context.hub.run(MuteChat(chat: chat.chat, isMuted: !chat.muted)) { _ in }
      let phrase: Phrase = chat.muted ? .unmuted : .muted
      context.notices.show(NoticeText(.success, phrase.with(chat.title)))
    }
  }
}
