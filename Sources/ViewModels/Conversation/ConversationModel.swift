import Domain
import Phrases
import ScreenState
import Storage

/// The open chat: its stored messages at once, what is missing as it comes.
@MainActor
package final class ConversationModel {
  /// What is being looked at.
  enum Position: Equatable {
    /// The newest message.
    case end
    /// The first message that was unread when the chat was opened.
    case firstUnread
    /// The message that is selected.
    case message(MessagePlace)

    /// Whoever reads elsewhere in the chat has not seen what is new.
    var showsWhatIsNew: Bool { if case .message = self { false } else { true } }
  }

  /// What is known of the chat beyond an edge of the window.
  struct Edge {
    var isLoading = false
    /// There is nothing beyond, on the server neither.
    var isLast = false
    /// What is beyond is not stored, and the server did not tell.
    var isMissing = false
  }

  private(set) var chat: ChatID?
  var window = ConversationWindow()
  var position = Position.end
  /// Where the "new" rule stands: the read mark at the moment of opening, if it is known, and how
  /// many were unread.
  private(set) var unread: (mark: Int64?, count: Int)?
  var past = Edge()
  var future = Edge()
  /// Stored messages after the window.
  var below = 0
  /// Whether there may be more of them that are not stored.
  var isTornBelow = false
  /// Messages fetched so far on the way to the beginning; nil when nobody goes there.
  var climbed: Int?
  /// Counts jumps, so that an answer to one before changes nothing.
  var jump = 0
  private(set) var highlight: Highlight?
  /// Uploads of queued messages, by their ids.
  private(set) var transfers: [String: ConversationState.Transfer] = [:]
  /// Whether it is a group that we have left.
  private var isLeft = false
  /// Keys act on messages, not on what is written at the foot.
  var isAmongMessages = false
  /// The pane has the keys.
  var isFocused = false
  /// Up to which moment (wall ms) what stands here was marked as read; the record follows later.
  var seen: Int64 = 0
  /// The mark that is being kept.
  var marking: Task<Void, Never>?
  let context: ModelContext
  let chats: ChatListModel
  private let status: StatusModel

  /// Messages read from the store or the server at a time.
  static let page = 80

  init(_ context: ModelContext, chats: ChatListModel, status: StatusModel) {
    self.context = context
    self.chats = chats
    self.status = status
  }

  var messages: [MessageRecord] { window.messages }

  var state: ConversationState? {
    guard let chat, let record = chats.chat(chat) else { return nil }
    var state = ConversationState(chat: chat, service: record.service, title: record.title)
    state.subtitle = refusal ?? chats.presenceText(of: chat)
    state.lines = lines
    state.selection = selection
    state.firstUnread = firstUnread
    let unreadHere = firstUnread.map { messages[$0...].count { !$0.own } }
    state.unread = max(unread?.count ?? 0, unreadHere ?? 0)
    state.top = position == .firstUnread ? firstUnread : nil
    state.below = window.isLive ? 0 : below
    state.isTornBelow = !window.isLive && isTornBelow
    state.highlight = highlight
    state.typing = window.isLive ? chats.typist(in: chat) : nil
    state.isLoadingOlder = past.isLoading
    state.isLoadingNewer = future.isLoading
    state.isMissingOlder = past.isMissing
    state.isMissingNewer = future.isMissing && !window.isLive
    state.climbed = climbed
    state.hasReachedBeginning = past.isLast
    state.freshness = status.freshness(of: record.service, changedAt: messages.last?.at)
    return state
  }

  /// The chat as the list knows it.
  var record: ChatRecord? { chat.flatMap { chats.chat($0) } }

  /// Why nothing can be written here, as a sentence; nil when it can.
  var closedReason: String? {
    guard let record else { return Phrase.noChatSelected.text }
    guard status.can(.messaging, record.service) else {
      return Phrase.cannotWriteYet.with(record.service.title)
    }
    if status.state(record.service) == .notSetUp {
      return Phrase.signInToWrite.with(record.service.title)
    }
    if isLeft { return Phrase.youLeftGroup.text }
    return record.closed ? record.closedText + "." : nil
  }

  /// Whether a server can be asked for what is not stored.
  var canAskServer: Bool {
    hasServerHistory && record.map { status.state($0.service) } == .online
  }

  /// Whether the chat's server keeps its history.
  var hasServerHistory: Bool { status.can(.history, record?.service) }

  var selection: Int? {
    guard case .message(let place) = position else { return nil }
    return messages.firstIndex { $0.id == place.id }
  }

  /// The first message that was unread; nil when there was none or it is not in the window.
  var firstUnread: Int? {
    guard let mark = unread?.mark,
      let index = messages.firstIndex(where: { $0.at > mark && !$0.own })
    else { return nil }
    // Above a window that begins later there are more of them.
    return index > 0 || !hasMoreAbove ? index : nil
  }

  /// Why the server does not tell of this chat; nil where it does.
  var refusal: String?

  /// Whether there are stored messages before the window, as far as was seen.
  var hasMoreAbove = false

  var selectedMessage: MessageRecord? { selection.map { messages[$0] } }

  /// The selected message if it is such a one, else the last that is: what a key acts on.
  func target(where isWanted: (MessageRecord) -> Bool) -> MessageRecord? {
    if let selectedMessage { return isWanted(selectedMessage) ? selectedMessage : nil }
    return messages.last(where: isWanted)
  }

  /// Opens a chat at its first unread message, or at its end: what is stored shows at once, the
  /// server is asked for what was missed.
  func open(_ chat: ChatRecord) {
    unread = chat.unread > 0 ? (chat.readMark, chat.unread) : nil
    open(chat, at: unread == nil ? .end : .firstUnread)
  }

  /// Opens a chat at a message that was found; what is unread there stays so.
  func open(_ chat: ChatRecord, at place: MessagePlace, marking words: String) {
    // Within the open chat the way back to what was new stays known.
    if chat.chat != self.chat || chat.unread > 0 {
      unread = chat.unread > 0 ? (chat.readMark, chat.unread) : nil
    }
    open(chat, at: .message(place))
    highlight = Highlight(words)
  }

  private func open(_ chat: ChatRecord, at position: Position) {
    if chat.chat != self.chat { seen = 0 }
    self.chat = chat.chat
    window = ConversationWindow()
    self.position = position
    highlight = nil
    refusal = nil
    transfers = [:]
    isLeft = false
    let isFresh = beginJump()
    // One picture shows the chat: nothing is drawn before what is stored of it has been read.
    let hold = context.hold()
    context.start("chat.open") { [self] in
      await findMark()
      await read()
      context.release(hold)
      await loadMembership()
      // What is unread and not stored yet is on its way here.
      if position.showsWhatIsNew, chat.unread > 0 {
        await markRead(chat.chat, upTo: chat.lastMessageAt ?? context.now)
      }
      guard canAskServer, isFresh() else { return }
      await reconcile()
    }
  }

  func close() {
    chat = nil
    window = ConversationWindow()
    context.onChange()
  }

  func take(_ key: ChatID, _ news: [MessageRecord]) {
    guard key == chat else { return }
    // Whoever answers has read what was new.
    if unread != nil, news.contains(where: isNewlyWritten) { unread = nil }
    window.merge(news, isFollowing: position == .end)
    for message in news where message.status != .queued { transfers[message.id] = nil }
    context.onChange()
    if news.contains(where: { $0.kind == .system }) {
      context.start("chat.group") { [self] in await loadMembership() }
    }
    markReadIfSeen()
  }

  /// Whether it was written here, or on another device, after everything that is shown.
  private func isNewlyWritten(_ message: MessageRecord) -> Bool {
    guard message.own, message.kind == .text, window.isLive, let last = messages.last else {
      return false
    }
    return message.place > last.place
  }

  /// Messages that are gone without a trace.
  func remove(_ key: ChatID, _ ids: [String]) {
    guard key == chat else { return }
    window.remove(ids)
    context.onChange()
  }

  func take(_ transfer: ConversationState.Transfer, of message: String, in key: ChatID) {
    guard key == chat else { return }
    transfers[message] = transfer
    context.onChange()
  }

  /// Where no mark was told, the unread messages are the newest ones of others.
  private func findMark() async {
    guard let chat, let unread, unread.mark == nil else { return }
    let moment = await context.hub.environment.storing { store in
      try await store.messages.moment(ofOthers: unread.count, chat)
    }
    guard chat == self.chat else { return }
    self.unread?.mark = (moment ?? nil).map { $0 - 1 } ?? 0
  }

  private func loadMembership() async {
    guard let record, let id = record.groupId else { return }
    let group = await context.hub.environment.storing { store in try await store.groups.group(id) }
    guard record.chat == chat, let group = group ?? nil else { return }
    isLeft = !group.isActive
    context.onChange()
  }
}

extension ChatRecord {
  /// The id of a group that its members keep, in hexadecimal; nil for every other chat.
  var groupId: String? { chat.groupID }
}
