import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The open chat: its stored messages at once, what is missing as it comes.
@MainActor
package final class ConversationModel {
  let loader: MessageLoader
  /// What is in memory of the open chat.
  let window = ConversationWindow()
  private let history: ChatHistory
  private let place = ReadingPlace()
  private let marks: ReadMarks
  private var lines: MessageLines
  /// Whether it is a group that we have left.
  private var isLeft = false
  private let context: ModelContext
  private let chats: ChatListModel
  private let status: StatusModel

  init(_ context: ModelContext, chats: ChatListModel, status: StatusModel) {
    self.context = context
    self.chats = chats
    self.status = status
    history = ChatHistory(context, chats: chats, status: status)
    marks = ReadMarks(context, chats: chats)
    lines = MessageLines(window)
    loader = MessageLoader(context, window: window, history: history, place: place, marks: marks)
  }

  // MARK: What it shows

  /// The key of the open chat; nil when none is.
  var chat: ChatID? { history.chat }

  /// The chat as the list knows it.
  var record: ChatRecord? { history.record }

  private var messages: [MessageRecord] { window.messages }

  /// What a screen of so many rows can show of it.
  func state(rows: Int) -> ConversationState? {
    guard let chat, let record else { return nil }
    let (edges, firstUnread) = (loader.edges, firstUnread)
    var state = ConversationState(chat: chat, service: record.service, title: record.shownTitle)
    state.subtitle =
      history.refusal
      ?? [chats.presenceText(of: chat), record.muted ? Phrase.mutedWord.text : ""]
      .filter { !$0.isEmpty }.joined(separator: " · ")
    state.isOfTwo = record.kind == .dialog || record.kind == .saved
    state.identity = chats.identity(of: chat)
    state.selection = place.selection(in: window)
    state.firstUnread = firstUnread
    let unreadHere = firstUnread.map { messages[$0...].count { !$0.own } }
    state.unread = max(place.unread?.count ?? 0, unreadHere ?? 0)
    state.top = place.position == .firstUnread ? firstUnread : nil
    state.lines = lines.rows(
      around: state.selection ?? state.top ?? messages.count - 1,
      // Before the first one in sight, its day and its writer.
      reach: rows.plus(2), othersMark: record.othersMark ?? 0,
      isAmongMessages: place.isAmongMessages)
    state.below = window.isLive ? 0 : edges.below.count
    state.isTornBelow = !window.isLive && edges.below.isTorn
    state.highlight = place.highlight
    state.typing = window.isLive ? chats.typist(in: chat) : nil
    state.isLoadingOlder = edges.past.isLoading
    state.isLoadingNewer = edges.future.isLoading
    state.isMissingOlder = edges.past.isMissing
    state.isMissingNewer = edges.future.isMissing && !window.isLive
    state.climbed = loader.climbed
    state.hasReachedBeginning = edges.past.isLast
    state.freshness = status.freshness(of: record.service, changedAt: messages.last?.at)
    return state
  }

  private var firstUnread: Int? {
    place.firstUnread(in: window, isPart: loader.edges.hasMoreAbove)
  }

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

  /// A message as an answer to it shows it.
  func quote(_ id: String) -> ComposerState.Quote? {
    window[id].map(MessageLines.quote)
  }

  var selectedMessage: MessageRecord? {
    place.selection(in: window).map { messages[$0] }
  }

  /// The selected message if it is such a one, else the last that is: what a key acts on.
  func target(where isWanted: (MessageRecord) -> Bool) -> MessageRecord? {
    if let selectedMessage { return isWanted(selectedMessage) ? selectedMessage : nil }
    return messages.last(where: isWanted)
  }

  // MARK: Opening and closing

  /// Opens a chat at its first unread message, or at its end: what is stored shows at once, the
  /// server is asked for what was missed.
  func open(_ chat: ChatRecord) {
    place.begin(in: chat)
    load(chat)
  }

  /// Opens a chat at a message that was found; what is unread there stays so.
  func open(_ chat: ChatRecord, at message: MessagePlace, marking words: String) {
    place.begin(in: chat, at: message, marking: words, isOpen: chat.chat == self.chat)
    load(chat)
  }

  private func load(_ chat: ChatRecord) {
    if chat.chat != self.chat { marks.begin() }
    history.open(chat.chat)
    window.clear()
    lines.transfers = [:]
    isLeft = false
    let isFresh = loader.beginJump()
    // One picture shows the chat: nothing is drawn before what is stored of it has been read.
    let hold = context.hold()
    context.start("chat.open") { [self] in
      await findMark()
      await loader.read()
      context.release(hold)
      await loadMembership()
      // What is unread and not stored yet is on its way here.
      if place.position.showsWhatIsNew, chat.unread > 0 {
        await marks.mark(chat.chat, upTo: chat.lastMessageAt ?? context.now)
      }
      guard history.canAskServer, isFresh() else { return }
      await loader.reconcile()
    }
  }

  func close() {
    history.close()
    window.clear()
    context.onChange()
  }

  /// Where no mark was told, the count of unread messages tells it.
  private func findMark() async {
    guard let chat, let unread = place.unread, unread.mark == nil else { return }
    let mark = await history.mark(chat, beforeNewest: unread.count)
    if chat == self.chat { place.setMark(mark) }
  }

  private func loadMembership() async {
    guard let record, let id = record.groupId else { return }
    let group = await context.hub.environment.storing { store in try await store.groups.group(id) }
    guard record.chat == chat, let group = group ?? nil else { return }
    isLeft = !group.isActive
    context.onChange()
  }

  // MARK: Moving

  /// Keys act on messages, not on what is written at the foot.
  var isAmongMessages: Bool { place.isAmongMessages }

  /// Whether keys act on messages from now on.
  func setAmongMessages(_ isAmong: Bool) { place.setAmongMessages(isAmong) }

  /// Whether keys go here: what comes to a chat that nobody looks at is not read.
  func setFocused(_ isFocused: Bool) {
    if marks.setFocused(isFocused) { loader.markIfSeen() }
  }

  /// Moves the selection; below the last message there is none, and the end is shown.
  func move(_ step: Selection.Step) {
    switch step {
    case .by(let lines): move(by: lines, beginsAtLast: lines == -1 && !isAmongMessages)
    case .first:
      place.setAmongMessages(true)
      loader.showBeginning()
    case .last: showEnd()
    }
  }

  /// - Parameter beginsAtLast: a step up from what is written leads to the newest message, wherever one
  ///   stood before.
  private func move(by lines: Int, beginsAtLast: Bool = false) {
    loader.stopClimbing()
    guard !messages.isEmpty else { return }
    // From a view that begins with the first unread message, a step down selects that.
    let isAtTop = place.position == .firstUnread && context.scrollLimits.hasUnreadBelow
    let top = isAtTop ? firstUnread : nil
    let selected = beginsAtLast && window.isLive ? nil : place.selection(in: window)
    let from = selected ?? top.map { lines > 0 ? $0 - 1 : $0 }
    let target = max(0, (from ?? messages.count) + lines)
    if target < messages.count {
      place.go(to: .message(messages[target].place))
    } else if window.isLive {
      place.go(to: .end)
    } else if let last = messages.last {
      place.go(to: .message(last.place))
    }
    place.setAmongMessages(place.position != .end)
    context.onChange()
    loader.markIfSeen()
    if lines < 0, target < ChatHistory.page / 2 { loader.extendPast() }
    if lines > 0, target > messages.count - ChatHistory.page / 2 { loader.extendFuture() }
  }

  /// Selects a message, on which keys act from now on.
  func select(_ id: String) {
    guard let message = window[id] else { return }
    loader.stopClimbing()
    place.go(to: .message(message.place))
    place.setAmongMessages(true)
    context.onChange()
  }

  /// Moves what is in sight. Where a message is being written, letters go on into it.
  func turn(by lines: Int) {
    let isAmong = isAmongMessages
    move(by: lines)
    if !isAmong { place.setAmongMessages(false) }
  }

  /// The newest message is in sight on the screen.
  func seeEnd() { loader.seeEnd() }

  /// Goes to the newest message, and back to what is written.
  package func showEnd() {
    place.setAmongMessages(false)
    loader.showEnd()
  }

  /// Goes to the message that was the first unread one when the chat was opened.
  func showFirstUnread() { loader.showFirstUnread() }

  /// Why there is no first unread message; nil when there is one.
  var unreadDisabledReason: String? {
    place.unread == nil ? Phrase.nothingWasUnread.text : nil
  }

  // MARK: News

  /// The chats as the list has them now; the open one may be among them.
  func receive(_ chats: [ChatRecord]) {
    if chats.contains(where: { $0.chat == chat && $0.unread > 0 }) { loader.markIfSeen() }
  }

  /// Messages that have come or changed.
  func receive(_ news: [MessageRecord], in key: ChatID) {
    guard key == chat else { return }
    if place.unread != nil, news.contains(where: isNewlyWritten) { place.forgetUnread() }
    window.merge(news, isFollowing: place.position == .end)
    for message in news where message.status != .queued { lines.transfers[message.id] = nil }
    context.onChange()
    if news.contains(where: { $0.kind == .system }) {
      context.start("chat.group") { [self] in await loadMembership() }
    }
    loader.markIfSeen()
  }

  /// Whether it was written here, or on another device, after everything that is shown.
  private func isNewlyWritten(_ message: MessageRecord) -> Bool {
    guard message.own, message.kind == .text, window.isLive, let last = messages.last else {
      return false
    }
    return message.place > last.place
  }

  /// Messages that are gone without a trace.
  func remove(_ ids: [String], from key: ChatID) {
    guard key == chat else { return }
    window.remove(ids)
    context.onChange()
  }

  /// How far the upload of a queued message is.
  func show(_ transfer: ConversationState.Transfer, of message: String, in key: ChatID) {
    guard key == chat else { return }
    lines.transfers[message] = transfer
    context.onChange()
  }

  /// A connection is there again.
  func lineIsBack(_ service: Service) { loader.lineIsBack(service) }
}

extension ChatRecord {
  /// The id of a group that its members keep, in hexadecimal; nil for every other chat.
  var groupId: String? { chat.groupID }
}
