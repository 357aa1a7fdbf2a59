import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// What is being written at the foot of the conversation. Each chat keeps its own draft, over
/// restarts too; a change of a message that was sent comes before it.
@MainActor
package final class ComposerModel {
  private struct Draft: Equatable {
    var field = FieldState(style: .lines)
    /// The message that is answered.
    var replyTo: String?

    /// There is nothing in it to keep.
    var isEmpty: Bool { field.text.isEmpty && replyTo == nil }
  }

  /// A message of ours that gets other words.
  private struct Change {
    var message: MessageRecord
    var field: FieldState
  }

  private var drafts: [ChatID: Draft] = [:]
  private var changes: [ChatID: Change] = [:]
  /// Changes on their way to the server.
  private var leaving: [ChatID: Change] = [:]
  /// What was sent and has not been stored yet, in its order.
  private var outgoing: [SendMessage] = []
  private var afterwards: (() -> Void)?
  private let context: ModelContext
  private let conversation: ConversationModel
  /// Chats whose drafts are not on the disk as they are here.
  private var unsaved = UnsavedDrafts()
  private var isSaving = false
  /// When others were last told that we write, and where.
  private var typing: (chat: ChatID, at: Int64)?

  /// Characters of one message; the account refuses what its service cannot carry.
  static let limit = 16_000
  /// Milliseconds between two notes that we write.
  private static let typingInterval: Int64 = 6000

  init(_ context: ModelContext, conversation: ConversationModel) {
    self.context = context
    self.conversation = conversation
  }

  /// Keys go into the text now.
  var isWriting: Bool { !conversation.isAmongMessages && conversation.closedReason == nil }

  /// What is written takes the place of a message.
  package var isChanging: Bool { conversation.chat.map { changes[$0] != nil } ?? false }

  var state: ComposerState {
    var state = ComposerState(isWriting: isWriting, closed: conversation.closedReason)
    guard let chat = conversation.chat else { return state }
    if let change = changes[chat] {
      state.field = change.field
      state.quote = .init(sender: Phrase.editing.text, text: change.message.preview)
    } else if let draft = drafts[chat] {
      state.field = draft.field
      state.quote = draft.replyTo.flatMap(conversation.quote)
    }
    state.completions = completions(of: state.field).prefix(Self.mostCompletions).map {
      "\($0.emoji) :\($0.name):"
    }
    return state
  }

  /// More have no room beside each other.
  private static let mostCompletions = 6

  /// Emoji whose names fit what stands before the cursor.
  private func completions(of field: FieldState) -> [EmojiName] {
    guard isWriting, let typed = EmojiName.typed(before: field.text.prefix(field.cursor)) else {
      return []
    }
    return EmojiName.fitting(String(typed))
  }

  /// Puts an emoji in the place of its name: on Tab the first that fits, on a colon the one of exactly
  /// that name. False where there is none.
  private func complete(_ key: Key, in field: inout FieldState) -> Bool {
    guard let typed = EmojiName.typed(before: field.text.prefix(field.cursor)) else { return false }
    let emoji =
      key == .tab
      ? completions(of: field).first?.emoji : EmojiName.emoji(named: String(typed))
    guard let emoji else { return false }
    for _ in 0...typed.count { _ = field.edit(.backspace, killed: &context.killed) }
    return field.edit(.paste(emoji), limit: ComposerModel.limit, killed: &context.killed)
  }

  /// Takes a text in the place of what is being written, as an editor has left it.
  func take(_ text: String, in chat: ChatID) {
    if var changing = changes[chat] {
      changing.field = FieldState(text: text, style: .lines)
      keep(changing, in: chat)
    } else {
      edit(chat) { $0.field = FieldState(text: text, style: .lines) }
    }
    context.onChange()
  }

  /// Drafts of an earlier run; what has been typed since stays.
  func load() async {
    let stored = await context.hub.environment.storing { store in try await store.drafts.all() }
    for draft in stored ?? [] {
      guard let id = draft.edits else {
        receive(draft)
        continue
      }
      let known = await context.hub.environment.storing { store in
        try await store.messages.message(draft.chat, id)
      }
      guard let message = known ?? nil, message.status == .sent, changes[draft.chat] == nil else {
        continue
      }
      changes[draft.chat] = Change(
        message: message, field: FieldState(text: draft.text, style: .lines))
    }
  }

  /// A draft from elsewhere. Nothing that is here gives way to it.
  func receive(_ draft: DraftRecord) {
    guard drafts[draft.chat]?.isEmpty ?? true else { return }
    drafts[draft.chat] = Draft(
      field: FieldState(text: draft.text, style: .lines), replyTo: draft.replyTo)
    context.onChange()
  }

  func begin() {
    conversation.setAmongMessages(false)
    context.onChange()
  }

  /// Begins an answer to a message; what is already written becomes part of it.
  func begin(answering id: String) {
    guard let chat = conversation.chat else { return }
    changes[chat] = nil
    edit(chat) { $0.replyTo = id }
    begin()
  }

  /// Begins to change a message; a draft waits meanwhile.
  func begin(editing message: MessageRecord) {
    if changes[message.chat]?.message.id != message.id {
      keep(
        Change(message: message, field: FieldState(text: message.text, style: .lines)),
        in: message.chat)
    }
    begin()
  }

  /// False for a key that edits nothing and means something elsewhere.
  func press(_ key: Key) -> Bool {
    guard let chat = conversation.chat else { return false }
    defer { context.onChange() }
    if var changing = changes[chat] {
      switch key {
      case .escape: keep(nil, in: chat)
      case .enter: save(changing, in: chat)
      case .tab, .character(":"):
        guard complete(key, in: &changing.field) else { fallthrough }
        keep(changing, in: chat)
      default:
        guard changing.field.edit(key, limit: ComposerModel.limit, killed: &context.killed) else {
          return false
        }
        keep(changing, in: chat)
      }
      return true
    }
    // In an empty field there is nowhere to go: they are for the messages.
    let isEmpty = drafts[chat]?.field.text.isEmpty ?? true
    if isEmpty, [.up, .down, .home, .end].contains(key) { return false }
    switch key {
    case .escape: return false
    case .enter: send(in: chat)
    case .backspace where drafts[chat]?.field.text.isEmpty == true: edit(chat) { $0 = Draft() }
    case .tab, .character(":"):
      var draft = drafts[chat, default: Draft()]
      guard complete(key, in: &draft.field) else { fallthrough }
      edit(chat) { $0 = draft }
    default:
      var draft = drafts[chat, default: Draft()]
      guard draft.field.edit(key, limit: ComposerModel.limit, killed: &context.killed) else {
        return false
      }
      let isLonger = draft.field.text.count > drafts[chat]?.field.text.count ?? 0
      edit(chat) { $0 = draft }
      if isLonger { tellTyping(in: chat) }
    }
    return true
  }

  // MARK: Sending

  private func send(in chat: ChatID) {
    guard let draft = drafts[chat] else { return }
    let text = draft.field.text.withoutTrailingSpace
    guard !text.isBlank else { return }
    // On the disk the draft stays until the message is there.
    drafts[chat] = nil
    typing = nil
    conversation.showEnd()
    outgoing.append(SendMessage(chat: chat, text: text, replyTo: draft.replyTo, marked: true))
    if outgoing.count == 1 { handOver() }
  }

  /// Hands messages to their account one by one: what was written first goes first.
  private func handOver() {
    context.start("send") { [self] in
      while let message = outgoing.first {
        do throws(UserError) {
          try await context.hub.run(message) { _ in }
        } catch {
          context.notices.show(error)
          // Nothing typed is lost; what was typed since comes after it.
          let since = drafts[message.chat]?.field.text ?? ""
          edit(message.chat) {
            $0 = Draft(
              field: FieldState(
                text: message.text + (since.isEmpty ? "" : "\n" + since), style: .lines),
              replyTo: message.replyTo)
          }
        }
        outgoing.removeFirst()
        unsaved.waiting.insert(message.chat)
        saveDrafts()
      }
      finishIfIdle()
    }
  }

  /// Gives a message its new words. If that fails they are here again.
  private func save(_ change: Change, in chat: ChatID) {
    let text = change.field.text.withoutTrailingSpace
    guard !text.isBlank else {
      return context.notices.show(NoticeText(.info, Phrase.emptyEdit.text))
    }
    conversation.showEnd()
    guard text != change.message.text else { return keep(nil, in: chat) }
    changes[chat] = nil
    leaving[chat] = change
    let call = EditMessage(chat: chat, id: change.message.id, text: text, marked: true)
    context.start("edit") { [self] in
      var rest: Change?
      do throws(UserError) {
        try await context.hub.run(call) { _ in }
      } catch {
        context.notices.show(error)
        rest = change
      }
      leaving[chat] = nil
      keep(changes[chat] ?? rest, in: chat)
    }
  }

  /// Does something once what was sent and what was not is stored.
  func afterSending(_ work: @escaping () -> Void) {
    afterwards = work
    unsaved.waiting.formUnion(unsaved.failed)
    if !unsaved.waiting.isEmpty { saveDrafts() }
    finishIfIdle()
  }

  private func finishIfIdle() {
    guard outgoing.isEmpty, leaving.isEmpty, unsaved.waiting.isEmpty, !isSaving else { return }
    afterwards?()
    afterwards = nil
  }

  // MARK: Drafts

  private func edit(_ chat: ChatID, _ change: (inout Draft) -> Void) {
    var draft = drafts[chat, default: Draft()]
    change(&draft)
    drafts[chat] = draft.isEmpty && draft.field.past.isEmpty ? nil : draft
    unsaved.waiting.insert(chat)
    saveDrafts()
  }

  private func keep(_ change: Change?, in chat: ChatID) {
    changes[chat] = change
    unsaved.waiting.insert(chat)
    saveDrafts()
  }

  /// Keeps what has changed; while that takes its time, more may change.
  private func saveDrafts() {
    guard !isSaving else { return }
    isSaving = true
    context.start("draft", isSeen: false) { [self] in
      while let chat = unsaved.waiting.popFirst() {
        do throws(UserError) {
          try await context.hub.run(KeepDrafts(chat: chat, drafts: kept(chat))) { _ in }
          unsaved.failed.remove(chat)
        } catch {
          unsaved.failed.insert(chat)
          context.notices.show(error)
        }
      }
      isSaving = false
      finishIfIdle()
    }
  }

  /// What a crash must not take: the draft, and before it what is not in the outbox yet; a change
  /// until the server has it.
  private func kept(_ chat: ChatID) -> [DraftRecord] {
    let waiting = outgoing.filter { $0.chat == chat }
    let draft = drafts[chat]
    let texts = waiting.map(\.text) + [draft?.field.text ?? ""]
    let new = DraftRecord(
      chat: chat, text: texts.filter { !$0.isEmpty }.joined(separator: "\n"),
      replyTo: waiting.first.map { $0.replyTo } ?? draft?.replyTo)
    let change = (changes[chat] ?? leaving[chat]).map {
      DraftRecord(chat: chat, text: $0.field.text, edits: $0.message.id)
    }
    return [new] + (change.map { [$0] } ?? [])
  }

  // MARK: Others

  private func tellTyping(in chat: ChatID) {
    let now = context.uptime
    if let typing, typing.chat == chat, now - typing.at < Self.typingInterval { return }
    typing = (chat, now)
    context.start("typing", isSeen: false) { [context] in
      // Nobody misses it when it does not arrive.
      do throws(UserError) {
        try await context.hub.run(ShowTyping(chat: chat)) { _ in }
      } catch {
        context.hub.environment.log("typing: \(error.message)")
      }
    }
  }
}

extension String {
  fileprivate var withoutTrailingSpace: String {
    String(reversed().drop(while: \.isWhitespace).reversed())
  }
}

/// Chats whose drafts are not on the disk as they are here.
private struct UnsavedDrafts {
  var waiting: Set<ChatID> = []
  /// Could not be written: it is tried again with the next letter, and at the end.
  var failed: Set<ChatID> = []
}
