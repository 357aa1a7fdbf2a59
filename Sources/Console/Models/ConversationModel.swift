import Storage

/// The open chat: its stored messages at once, what is missing as it comes.
@MainActor
final class ConversationModel {
  /// What lies before the first message.
  private struct Past {
    var isLoading = false
    var hasReachedBeginning = false
  }

  private(set) var chat: String?
  private(set) var messages: [MessageRecord] = []
  /// The id of the selected message; nil while the end is shown.
  private(set) var selected: String?
  /// Where the "new" rule stands: the read mark at the moment of opening.
  private var readMark: Int64?
  private var past = Past()
  /// Uploads of queued messages, by their ids.
  private(set) var transfers: [String: ConversationState.Transfer] = [:]
  /// Whether it is a group that we have left.
  private var isLeft = false
  /// The pane has the keys.
  var isFocused = false
  let context: ModelContext
  private let chats: ChatListModel
  private let status: StatusModel

  /// Messages read from the store or the server at a time.
  static let page = 50

  init(_ context: ModelContext, chats: ChatListModel, status: StatusModel) {
    self.context = context
    self.chats = chats
    self.status = status
  }

  var state: ConversationState? {
    guard let chat, let record = chats.chat(chat) else { return nil }
    var state = ConversationState(chat: chat, service: record.service, title: record.title)
    state.subtitle = chats.presenceText(of: chat)
    state.lines = lines
    state.selection = selection
    state.firstUnread = readMark.flatMap { mark in
      messages.firstIndex { $0.at > mark && !$0.own }
    }
    state.typing = chats.typist(in: chat)
    state.isLoadingOlder = past.isLoading
    state.hasReachedBeginning = past.hasReachedBeginning
    state.freshness = status.freshness(of: record.service, changedAt: messages.last?.at)
    return state
  }

  /// The chat as the list knows it.
  var record: ChatRecord? { chat.flatMap { chats.chat($0) } }

  /// Why nothing can be written here, as a sentence; nil when it can.
  var closedReason: String? {
    guard let record else { return Phrase.noChatSelected.text }
    switch record.service {
    case .textsecure:
      if status.lamp(.textsecure) == .notSetUp {
        return Phrase.signInToWrite.with(record.service.title)
      }
      return isLeft ? Phrase.youLeftGroup.text : nil
    case .max:
      if status.lamp(.max) == .notSetUp { return Phrase.signInToWrite.with(record.service.title) }
      return record.closed ? record.closedText + "." : nil
    case .trading: return Phrase.cannotWriteYet.with(record.service.title)
    }
  }

  private var selection: Int? {
    selected.flatMap { id in messages.firstIndex { $0.id == id } }
  }

  var selectedMessage: MessageRecord? { selection.map { messages[$0] } }

  /// The selected message if it is such a one, else the last that is: what a key acts on.
  func target(where isWanted: (MessageRecord) -> Bool) -> MessageRecord? {
    if let selectedMessage { return isWanted(selectedMessage) ? selectedMessage : nil }
    return messages.last(where: isWanted)
  }

  /// Opens a chat: what is stored shows at once, the server is asked for what was missed.
  func open(_ chat: ChatRecord) {
    self.chat = chat.chat
    messages = []
    selected = nil
    readMark = chat.unread > 0 ? chat.readMark ?? 0 : nil
    past = Past()
    transfers = [:]
    isLeft = false
    context.start("chat.open") { [self] in
      await loadStored(chat.chat)
      await loadMembership()
      await markRead(chat)
      guard chat.service == .max, case .online = status.lamp(.max) else { return }
      await askServer(chat.chat, before: context.now + 1)
    }
  }

  func close() {
    chat = nil
    messages = []
    context.onChange()
  }

  func take(_ key: String, _ news: [MessageRecord]) {
    guard key == chat else { return }
    merge(news)
    for message in news where message.status != .queued { transfers[message.id] = nil }
    context.onChange()
    if news.contains(where: { $0.kind == "system" }) {
      context.start("chat.group") { [self] in await loadMembership() }
    }
    if selected == nil { markReadIfSeen() }
  }

  /// Messages that are gone without a trace.
  func remove(_ key: String, _ ids: [String]) {
    guard key == chat else { return }
    messages.removeAll { ids.contains($0.id) }
    context.onChange()
  }

  func take(_ transfer: ConversationState.Transfer, of message: String, in key: String) {
    guard key == chat else { return }
    transfers[message] = transfer
    context.onChange()
  }

  /// Moves the selection; below the last message there is none, and the end is shown.
  func move(_ step: Selection.Step) {
    let target =
      switch step {
      case .by(let lines): (selection ?? messages.count) + lines
      case .first: 0
      case .last: messages.count
      }
    selected = target < messages.count ? messages.isEmpty ? nil : messages[max(0, target)].id : nil
    context.onChange()
    if selected != nil, target < ConversationModel.page / 2 { loadOlder() }
  }

  /// Goes back to the newest message.
  func showEnd() {
    selected = nil
    context.onChange()
  }

  private func loadOlder() {
    guard let chat, let oldest = messages.first, !past.isLoading, !past.hasReachedBeginning else {
      return
    }
    past.isLoading = true
    context.start("chat.older") { [self] in
      defer { if chat == self.chat { past.isLoading = false } }
      let stored = await context.desk.context.storing { store in
        try await store.messages.latest(
          chat, limit: ConversationModel.page, before: oldest.id)
      }
      guard chat == self.chat else { return }
      merge(stored ?? [])
      guard stored?.isEmpty ?? true else { return }
      // Only MAX keeps a history on its server.
      if record?.service == .max {
        await askServer(chat, before: oldest.at)
      } else {
        past.hasReachedBeginning = true
      }
    }
  }

  private func loadStored(_ key: String) async {
    let stored = await context.desk.context.storing { store in
      try await store.messages.latest(key, limit: ConversationModel.page)
    }
    if key == chat { merge(stored ?? []) }
    context.onChange()
  }

  private func loadMembership() async {
    guard let record, let id = record.groupId else { return }
    let group = await context.desk.context.storing { store in try await store.groups.group(id) }
    guard record.chat == chat, let group = group ?? nil else { return }
    isLeft = !group.isActive
    context.onChange()
  }

  private func askServer(_ key: String, before: Int64) async {
    do throws(ConsoleError) {
      let count = try await context.desk.openMessenger().loadHistory(
        key, before: before, count: ConversationModel.page)
      if key == chat, count == 0 { past.hasReachedBeginning = true }
    } catch {
      context.notices.show(error)
    }
  }

  func markRead(_ chat: ChatRecord) async {
    guard chat.unread > 0 else { return }
    let mark = chat.lastMessageAt ?? context.now
    let read = await context.desk.markRead(chat.chat, upTo: mark)
    if let read { chats.take([read]) }
  }

  private func merge(_ news: [MessageRecord]) {
    var byId = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for message in news { byId[message.id] = message }
    messages = byId.values.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }
}

extension ChatRecord {
  /// The id of a TextSecure group in hexadecimal; nil for every other chat.
  var groupId: String? {
    let prefix = ChatRecord.groupKey("")
    return chat.hasPrefix(prefix) ? String(chat.dropFirst(prefix.count)) : nil
  }
}
