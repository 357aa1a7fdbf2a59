import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// All chats, newest first, with who types and who is online.
@MainActor
package final class ChatListModel {
  private var chats = SortedChats()
  private var typing: [ChatID: (name: String, until: Int64)] = [:]
  private var presence: [ChatID: (isOnline: Bool, seen: Int64?)] = [:]
  private var selection = Selection()
  /// The rows as they were built last, until something in them changes: a picture is drawn far more
  /// often than that.
  private var built: Built?
  /// How often rows were built, for tests.
  private(set) var buildings = 0
  private let context: ModelContext
  private let status: StatusModel
  private let trust: TrustModel

  init(_ context: ModelContext, status: StatusModel, trust: TrustModel) {
    self.context = context
    self.status = status
    self.trust = trust
  }

  var state: ChatListState {
    var state = ChatListState()
    state.rows = current.rows
    state.selection = selectedIndex
    state.freshness = freshness(changedAt: chats.all.first?.lastMessageAt)
    return state
  }

  private struct Built {
    var rows: [ChatListState.Row]
    var needing: [ChatRecord]
    /// Until then (ms of uptime) they are right, while nothing is changed.
    var end: Int64?
    var trust: Int
  }

  private var current: Built {
    if let built, built.trust == trust.version, built.end.map({ context.uptime < $0 }) ?? true {
      return built
    }
    let built = Built(
      rows: chats.all.map(row), needing: chats.all.filter { $0.unread > 0 && !$0.muted },
      end: nextExpiry, trust: trust.version)
    buildings += 1
    self.built = built
    return built
  }

  /// Something in the rows has changed.
  private func change() {
    built = nil
    context.onChange()
  }

  private var selectedIndex: Int? {
    chats.all.isEmpty ? nil : selection.id.flatMap { chats.index(of: ChatID(stored: $0)) } ?? 0
  }

  /// The list is up to date as long as one messenger is; the status line tells which.
  private func freshness(changedAt: Int64?) -> Freshness {
    let all = context.hub.services(with: .messaging).filter { status.state($0) != .notSetUp }
      .map { status.freshness(of: $0, changedAt: changedAt) }
    return all.first(where: \.isLive) ?? all.first
      ?? status.freshness(with: .messaging, changedAt: changedAt)
  }

  var selected: ChatRecord? { selectedIndex.map { chats.all[$0] } }

  /// Unmuted chats with something unread, newest first.
  var needingAttention: [ChatRecord] { current.needing }

  /// When the next typing mark goes, in ms of uptime.
  var nextExpiry: Int64? { typing.values.map(\.until).filter { $0 > context.uptime }.min() }

  func chat(_ key: ChatID) -> ChatRecord? { chats[key] }

  /// Every chat, newest first.
  var all: [ChatRecord] { chats.all }

  func typist(in key: ChatID) -> String? {
    typing[key].flatMap { $0.until > context.uptime ? $0.name : nil }
  }

  /// `online`, `last seen 12:01`, or nothing.
  func presenceText(of key: ChatID) -> String {
    guard let presence = presence[key] else { return "" }
    if presence.isOnline { return Phrase.online.text }
    let today = LocalTime(milliseconds: context.now, zone: context.zone)
    return presence.seen.map {
      Phrase.lastSeen.with(LocalTime(milliseconds: $0, zone: context.zone).short(today: today))
    } ?? ""
  }

  func load() async {
    let stored = await context.hub.environment.storing { store in try await store.chats.all() }
    if let stored { show(stored) }
  }

  /// Shows these chats and no others.
  func show(_ stored: [ChatRecord]) {
    chats = SortedChats(stored)
    pinSelection()
    change()
  }

  /// Chats that are new or look different.
  func update(_ news: [ChatRecord]) {
    chats.update(news)
    pinSelection()
    change()
  }

  /// The list reorders under the person's hands; Enter must open what was selected, not what has
  /// just moved into its place.
  private func pinSelection() {
    if selection.id == nil { selection.select(chats.all.first?.chat.text) }
  }

  /// Who has spoken has stopped typing.
  func endTyping(in key: ChatID) {
    guard typing.removeValue(forKey: key) != nil else { return }
    change()
  }

  /// Somebody is writing in a chat, until a moment in ms of uptime.
  func showTyping(in key: ChatID, by name: String, until: Int64) {
    typing[key] = (name, until)
    change()
  }

  func showPresence(_ news: [DialogPresence]) {
    for partner in news { presence[partner.chat] = (partner.isOnline, partner.seen) }
    if news.contains(where: { chats[$0.chat] != nil }) { change() }
  }

  func move(_ step: Selection.Step) {
    guard let index = selectedIndex else { return }
    selection.select(chats.all[step.target(from: index, of: chats.all.count)].chat.text)
    context.onChange()
  }

  package func select(_ key: ChatID) {
    selection.select(key.text)
    context.onChange()
  }

  private func row(_ chat: ChatRecord) -> ChatListState.Row {
    ChatListState.Row(
      id: chat.chat.text, service: chat.service, title: chat.title,
      preview: chat.lastMessage?.line ?? "",
      lastAt: chat.lastMessageAt ?? 0, unread: chat.unread, isMuted: chat.muted,
      isTyping: typist(in: chat.chat) != nil, isOnline: presence[chat.chat]?.isOnline ?? false,
      identity: trust.state(of: chat.chat))
  }
}
