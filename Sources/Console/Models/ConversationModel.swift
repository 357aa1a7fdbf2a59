import Storage

/// The open chat: its stored messages at once, what is missing as it comes.
@MainActor
final class ConversationModel {
  private(set) var chat: String?
  private var messages: [MessageRecord] = []
  private var scroll = 0
  /// Where the "new" rule stands: the read mark at the moment of opening.
  private var readMark: Int64?
  private var isLoadingOlder = false
  private var hasReachedBeginning = false
  private let context: ModelContext
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
    let texts = Dictionary(messages.map { ($0.id, $0.preview) }, uniquingKeysWith: { $1 })
    state.lines = messages.map { line($0, quoting: texts) }
    state.scroll = scroll
    state.firstUnread = readMark.flatMap { mark in
      messages.firstIndex { $0.at > mark && !$0.own }
    }
    state.typing = chats.typist(in: chat)
    state.isLoadingOlder = isLoadingOlder
    state.hasReachedBeginning = hasReachedBeginning
    state.freshness = status.freshness(of: record.service, changedAt: messages.last?.at)
    return state
  }

  /// Opens a chat: what is stored shows at once, the server is asked for what was missed.
  func open(_ chat: ChatRecord) {
    self.chat = chat.chat
    messages = []
    scroll = 0
    readMark = chat.unread > 0 ? chat.readMark ?? 0 : nil
    isLoadingOlder = false
    hasReachedBeginning = false
    context.start("chat.open") { [self] in
      await loadStored(chat.chat)
      await markRead(chat)
      guard case .online = status.lamp(chat.service) else { return }
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
    let newest = messages.last
    merge(news)
    // New lines must not move what is being read further up.
    if scroll > 0, let newest {
      scroll += messages.reversed().prefix { $0.id != newest.id }.count
    }
    context.onChange()
    if scroll == 0, let key = chat, let record = chats.chat(key), record.unread > 0 {
      context.start("chat.read") { [self] in await markRead(record) }
    }
  }

  func move(_ step: Selection.Step) {
    switch step {
    case .by(let lines): scroll = min(max(scroll - lines, 0), max(messages.count - 1, 0))
    case .first: scroll = max(messages.count - 1, 0)
    case .last: scroll = 0
    }
    context.onChange()
    if scroll >= messages.count - ConversationModel.page / 2 { loadOlder() }
  }

  private func loadOlder() {
    guard let chat, let oldest = messages.first, !isLoadingOlder, !hasReachedBeginning else {
      return
    }
    isLoadingOlder = true
    context.start("chat.older") { [self] in
      defer { if chat == self.chat { isLoadingOlder = false } }
      let stored = await context.desk.context.storing { store in
        try await store.messages.latest(
          chat, limit: ConversationModel.page, before: oldest.id)
      }
      guard chat == self.chat else { return }
      merge(stored ?? [])
      if stored?.isEmpty ?? true { await askServer(chat, before: oldest.at) }
    }
  }

  private func loadStored(_ key: String) async {
    let stored = await context.desk.context.storing { store in
      try await store.messages.latest(key, limit: ConversationModel.page)
    }
    if key == chat { merge(stored ?? []) }
    context.onChange()
  }

  private func askServer(_ key: String, before: Int64) async {
    do throws(ConsoleError) {
      let count = try await context.desk.openMessenger().loadHistory(
        key, before: before, count: ConversationModel.page)
      if key == chat, count == 0 { hasReachedBeginning = true }
    } catch {
      context.notices.show(error)
    }
  }

  private func markRead(_ chat: ChatRecord) async {
    guard chat.unread > 0 else { return }
    let mark = chat.lastMessageAt ?? context.now
    let read = await context.desk.context.storing { store in
      try await store.chats.markRead(chat.chat, upTo: mark)
      return try await store.chats.chat(chat.chat)
    }
    if let read = read ?? nil { chats.take([read]) }
  }

  private func merge(_ news: [MessageRecord]) {
    var byId = Dictionary(messages.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
    for message in news { byId[message.id] = message }
    messages = byId.values.sorted { ($0.at, $0.id) < ($1.at, $1.id) }
  }

  private func line(
    _ message: MessageRecord, quoting texts: [String: String]
  ) -> ConversationState.Line {
    let status: ConversationState.Status =
      switch message.status {
      case .received, .deleted: .received
      case .queued: .queued
      case .sent: .sent
      case .failed: .failed(Phrase.notSent.text)
      }
    return ConversationState.Line(
      id: message.id,
      sender: message.kind == "system"
        ? nil : message.own ? Phrase.you.text : message.senderName ?? message.senderId ?? "",
      isOwn: message.own, at: message.at, text: message.text,
      quote: message.replyTo.flatMap { texts[$0] },
      attachments: message.kind == "system"
        ? []
        : message.attachments.map {
          .init(
            label: $0.name ?? $0.type, bytes: $0.bytes, mark: $0.type == "call" ? "☎" : "📎")
        },
      isEdited: message.edited, isDeleted: message.status == .deleted, status: status)
  }
}
