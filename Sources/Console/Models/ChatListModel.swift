import Storage

/// All chats, newest first, with who types and who is online.
@MainActor
final class ChatListModel {
  private var chats: [String: ChatRecord] = [:]
  private var typing: [String: (name: String, until: Int64)] = [:]
  private var presence: [String: (isOnline: Bool, seen: Int64?)] = [:]
  private var selection = Selection()
  private let context: ModelContext
  private let status: StatusModel
  private let trust: TrustModel

  init(_ context: ModelContext, status: StatusModel, trust: TrustModel) {
    self.context = context
    self.status = status
    self.trust = trust
  }

  var state: ChatListState {
    let sorted = sortedChats
    var state = ChatListState()
    state.rows = sorted.map(row)
    state.selection = selection.index(in: sorted.map(\.chat))
    state.freshness = freshness(changedAt: sorted.compactMap(\.lastMessageAt).max())
    return state
  }

  /// The list is up to date as long as one messenger is; the lamps tell which.
  private func freshness(changedAt: Int64?) -> Freshness {
    let all = Service.messengers.filter { status.lamp($0) != .notSetUp }
      .map { status.freshness(of: $0, changedAt: changedAt) }
    return all.first(where: \.isLive) ?? all.first
      ?? status.freshness(of: .max, changedAt: changedAt)
  }

  var selected: ChatRecord? {
    let sorted = sortedChats
    return selection.index(in: sorted.map(\.chat)).map { sorted[$0] }
  }

  /// Unmuted chats with something unread, newest first.
  var needingAttention: [ChatRecord] { sortedChats.filter { $0.unread > 0 && !$0.muted } }

  /// When the next typing mark goes, in wall ms.
  var nextExpiry: Int64? { typing.values.map(\.until).filter { $0 > context.now }.min() }

  func chat(_ key: String) -> ChatRecord? { chats[key] }

  /// Every chat, newest first.
  var all: [ChatRecord] { sortedChats }

  func typist(in key: String) -> String? {
    typing[key].flatMap { $0.until > context.now ? $0.name : nil }
  }

  /// `online`, `last seen 12:01`, or nothing.
  func presenceText(of key: String) -> String {
    guard let presence = presence[key] else { return "" }
    if presence.isOnline { return Phrase.online.text }
    let today = LocalTime(milliseconds: context.now, zone: context.zone)
    return presence.seen.map {
      Phrase.lastSeen.with(LocalTime(milliseconds: $0, zone: context.zone).short(today: today))
    } ?? ""
  }

  func load() async {
    let stored = await context.desk.context.storing { store in try await store.chats.all() }
    if let stored { chats = Dictionary(stored.map { ($0.chat, $0) }, uniquingKeysWith: { $1 }) }
    pinSelection()
    context.onChange()
  }

  func take(_ news: [ChatRecord]) {
    for chat in news { chats[chat.chat] = chat }
    pinSelection()
    context.onChange()
  }

  /// The list reorders under the person's hands; Enter must open what was selected, not what has
  /// just moved into its place.
  private func pinSelection() {
    if selection.id == nil { selection.select(sortedChats.first?.chat) }
  }

  /// Who has spoken has stopped typing.
  func takeMessages(of key: String) {
    guard typing.removeValue(forKey: key) != nil else { return }
    context.onChange()
  }

  func takeTyping(_ key: String, _ name: String, until: Int64) {
    typing[key] = (name, until)
    context.onChange()
  }

  func takePresence(_ key: String, isOnline: Bool, seen: Int64?) {
    presence[key] = (isOnline, seen)
    if chats[key] != nil { context.onChange() }
  }

  func move(_ step: Selection.Step) {
    selection.move(step, in: sortedChats.map(\.chat))
    context.onChange()
  }

  func select(_ key: String) {
    selection.select(key)
    context.onChange()
  }

  private var sortedChats: [ChatRecord] {
    chats.values.sorted {
      ($0.lastMessageAt ?? 0, $0.chat) > ($1.lastMessageAt ?? 0, $1.chat)
    }
  }

  private func row(_ chat: ChatRecord) -> ChatListState.Row {
    ChatListState.Row(
      id: chat.chat, service: chat.service, title: chat.title, preview: chat.lastMessage ?? "",
      lastAt: chat.lastMessageAt ?? 0, unread: chat.unread, isMuted: chat.muted,
      isTyping: typist(in: chat.chat) != nil, isOnline: presence[chat.chat]?.isOnline ?? false,
      identity: trust.state(of: chat.chat))
  }
}
