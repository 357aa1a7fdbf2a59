import Storage

/// What is being written at the foot of the conversation; each chat keeps its own draft.
@MainActor
final class ComposerModel {
  private struct Draft {
    var field = FieldState(style: .lines)
    /// The message that is answered.
    var replyTo: String?
  }

  private var drafts: [String: Draft] = [:]
  private var isActive = false
  /// What was sent and has not been stored yet, in its order.
  private var outgoing: [SendMessage] = []
  private var afterwards: (() -> Void)?
  private let context: ModelContext
  private let conversation: ConversationModel
  /// A quit that was asked for once in spite of drafts, and until when (wall ms) it counts.
  private var quitUntil: Int64 = 0

  /// Characters of one message; the account refuses what its service cannot carry.
  static let limit = 16_000

  init(_ context: ModelContext, conversation: ConversationModel) {
    self.context = context
    self.conversation = conversation
  }

  /// Keys go into the text now.
  var isWriting: Bool { isActive && conversation.closedReason == nil }

  var state: ComposerState {
    var state = ComposerState(isWriting: isWriting, closed: conversation.closedReason)
    guard let chat = conversation.chat, let draft = drafts[chat] else { return state }
    state.field = draft.field
    state.quote = draft.replyTo.flatMap(conversation.quote)
    return state
  }

  /// Whether there is text that nobody has sent.
  var hasDrafts: Bool {
    drafts.values.contains { $0.field.text.contains { !$0.isWhitespace } }
  }

  func begin() {
    isActive = true
    context.onChange()
  }

  /// Begins an answer to a message; what is already written becomes part of it.
  func begin(answering id: String) {
    guard let chat = conversation.chat else { return }
    drafts[chat, default: Draft()].replyTo = id
    begin()
  }

  func leave() {
    isActive = false
    context.onChange()
  }

  /// False for a key that edits nothing and means something elsewhere.
  func press(_ key: Key) -> Bool {
    guard let chat = conversation.chat else { return false }
    switch key {
    case .escape: leave()
    case .enter: send(in: chat)
    case .backspace where drafts[chat]?.field.text.isEmpty == true: drafts[chat] = nil
    default:
      guard drafts[chat, default: Draft()].field.edit(key, limit: ComposerModel.limit) else {
        return false
      }
    }
    context.onChange()
    return true
  }

  private func send(in chat: String) {
    guard let draft = drafts[chat] else { return }
    let text = String(
      draft.field.text.reversed().drop(while: \.isWhitespace).reversed())
    guard !text.isEmpty else { return }
    drafts[chat] = nil
    conversation.showEnd()
    outgoing.append(SendMessage(chat: chat, text: text, replyTo: draft.replyTo))
    if outgoing.count == 1 { handOver() }
  }

  /// Hands messages to their account one by one: what was written first goes first.
  private func handOver() {
    context.start("send") { [self] in
      while let message = outgoing.first {
        do throws(ConsoleError) {
          try await context.desk.run(message) { _ in }
        } catch {
          context.notices.show(error)
          // Nothing typed is lost; what was typed since comes after it.
          let since = drafts[message.chat]?.field.text ?? ""
          drafts[message.chat] = Draft(
            field: FieldState(
              text: message.text + (since.isEmpty ? "" : "\n" + since), style: .lines),
            replyTo: message.replyTo)
        }
        outgoing.removeFirst()
      }
      afterwards?()
      afterwards = nil
    }
  }

  /// Whether the console may end: at once without drafts, else when asked twice.
  func confirmsQuit() -> Bool {
    if !hasDrafts || quitUntil > context.now { return true }
    quitUntil = context.now + 5000
    context.notices.show(NoticeText(.warning, Phrase.quitWithDrafts.text))
    return false
  }

  /// Does something once what was sent is stored.
  func afterSending(_ work: @escaping () -> Void) {
    if outgoing.isEmpty { work() } else { afterwards = work }
  }
}
