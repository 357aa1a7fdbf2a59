import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// All chats, newest first, with who types and who is online.
@MainActor
package final class ChatListModel {
  private var chats = CountedChats()
  private var typing: [ChatID: (name: String, until: Int64)] = [:]
  private var presence: [ChatID: (isOnline: Bool, seen: Int64?)] = [:]
  private var selection = Selection()
  private var rows = Rows()
  private var finder = ChatFinder()
  /// How often a row was made, for tests.
  private(set) var rowsMade = 0
  private let context: ModelContext
  private let status: StatusModel
  private let trust: TrustModel

  init(_ context: ModelContext, status: StatusModel, trust: TrustModel) {
    self.context = context
    self.status = status
    self.trust = trust
  }

  private struct Rows {
    /// Those that have been in sight, as long as nothing in them changes.
    var byChat: [ChatID: ChatListState.Row] = [:]
    var kept = KeptRows<ChatListState.Row>()
    /// Of which version of the marks they are.
    var trust = 0
    /// In which they are worded.
    var language = Vocabulary.language

    mutating func forget(_ chat: ChatID) {
      byChat[chat] = nil
      kept.forget()
    }
  }

  /// What a screen of so many rows can show of it.
  func state(rows reach: Int) -> ChatListState {
    if rows.trust != trust.version || rows.language != Vocabulary.language {
      rows = Rows(trust: trust.version)
    }
    // Marks of who types go by themselves.
    if !typing.isEmpty { rows.kept.forget() }
    var state = ChatListState()
    state.selection = selectedIndex
    var kept = rows.kept
    let shown = shown
    state.rows = kept.rows(of: shown.count, around: state.selection, reach: reach) {
      row(shown[$0])
    }
    rows.kept = kept
    state.filter = finder.field
    state.freshness = freshness(changedAt: chats.all.first?.lastMessageAt)
    state.unread = chats.unread
    return state
  }

  /// What the list shows: all chats, or those whose names fit what is typed.
  private var shown: [ChatRecord] {
    finder.filtered(chats.all, version: chats.version) ?? chats.all
  }

  private var selectedIndex: Int? {
    let shown = shown
    guard !shown.isEmpty else { return nil }
    guard isFiltered else {
      return selection.id.flatMap { chats.index(of: ChatID(stored: $0)) } ?? 0
    }
    return shown.firstIndex { $0.chat.text == selection.id } ?? 0
  }

  /// The list is up to date as long as one messenger is; the status line tells which.
  private func freshness(changedAt: Int64?) -> Freshness {
    let all = context.hub.services(with: .messaging).filter { status.state($0) != .notSetUp }
      .map { status.freshness(of: $0, changedAt: changedAt) }
    return all.first(where: \.isLive) ?? all.first
      ?? status.freshness(with: .messaging, changedAt: changedAt)
  }

  var selected: ChatRecord? { selectedIndex.map { shown[$0] } }

  /// How many unmuted chats have something unread.
  var waiting: Int { chats.waiting }

  /// Unmuted chats with something unread, newest first.
  var needingAttention: some Sequence<ChatRecord> {
    chats.all.lazy.filter { $0.unread > 0 && !$0.muted }
  }

  /// When the next typing mark goes, in ms of uptime.
  var nextExpiry: Int64? { typing.values.map(\.until).filter { $0 > context.uptime }.min() }

  /// Another one whenever a chat has changed.
  var version: Int { chats.version }

  func chat(_ key: ChatID) -> ChatRecord? { chats[key] }

  /// Every chat, newest first.
  var all: [ChatRecord] { chats.all }

  func typist(in key: ChatID) -> String? {
    typing[key].flatMap { $0.until > context.uptime ? $0.name : nil }
  }

  /// What is known of the key of a chat's partner; nil where there are no keys.
  func identity(of key: ChatID) -> IdentityState? { trust.state(of: key) }

  /// `online`, `last seen 12:01`, or nothing.
  func presenceText(of key: ChatID) -> String {
    guard let presence = presence[key] else { return "" }
    if presence.isOnline { return Phrase.online.text }
    let today = LocalTime(milliseconds: context.now, zone: context.zone)
    return presence.seen.map {
      Phrase.lastSeen.with(LocalTime(milliseconds: $0, zone: context.zone).short(today: today))
    } ?? ""
  }

  /// The partner of a dialog is there.
  func isOnline(_ key: ChatID) -> Bool { presence[key]?.isOnline ?? false }

  func load() async {
    let stored = await context.hub.environment.storing { store in try await store.chats.all() }
    if let stored { show(stored) }
  }

  /// Shows these chats and no others.
  func show(_ stored: [ChatRecord]) {
    chats.replace(by: stored)
    rows = Rows(trust: trust.version)
    pinSelection()
    context.onChange()
  }

  /// Chats that are new or look different.
  func update(_ news: [ChatRecord]) {
    chats.update(news)
    for chat in news { rows.forget(chat.chat) }
    pinSelection()
    context.onChange()
  }

  /// The list reorders under the person's hands; Enter must open what was selected, not what has
  /// just moved into its place.
  private func pinSelection() {
    if selection.id == nil { selection.select(chats.all.first?.chat.text) }
  }

  /// Who has spoken has stopped typing.
  func endTyping(in key: ChatID) {
    guard typing.removeValue(forKey: key) != nil else { return }
    rows.kept.forget()
    context.onChange()
  }

  /// Somebody is writing in a chat, until a moment in ms of uptime.
  func showTyping(in key: ChatID, by name: String, until: Int64) {
    typing[key] = (name, until)
    context.onChange()
  }

  func showPresence(_ news: [DialogPresence]) {
    var isKnown = false
    for partner in news {
      presence[partner.chat] = (partner.isOnline, partner.seen)
      isKnown = isKnown || chats[partner.chat] != nil
      rows.forget(partner.chat)
    }
    if isKnown { context.onChange() }
  }

  func move(_ step: Selection.Step) {
    guard let index = selectedIndex else { return }
    let shown = shown
    selection.select(shown[step.target(from: index, of: shown.count)].chat.text)
    context.onChange()
  }

  // MARK: Finding by name

  /// Whether only some chats are shown, and keys go into what they are looked for by.
  var isFiltered: Bool { finder.field != nil }

  /// Shows only chats whose names fit what is typed from now on.
  func beginFilter() {
    finder.begin()
    rows.kept.forget()
    context.onChange()
  }

  /// Shows all chats again.
  func endFilter() {
    guard isFiltered else { return }
    // What was selected among them stays so in the whole list.
    selection.select(selected?.chat.text ?? selection.id)
    finder.end()
    rows.kept.forget()
    context.onChange()
  }

  /// False for a key that means something else.
  func pressFilter(_ key: Key) -> Bool {
    switch key {
    case .escape: endFilter()
    case .up: move(.by(-1))
    case .down: move(.by(1))
    case .pageUp: move(.by(-10))
    case .pageDown: move(.by(10))
    default:
      let before = finder.field?.text
      guard finder.edit(key, killed: &context.killed) else { return false }
      // The first that fits, until another one is chosen among them.
      if finder.field?.text != before { selection.select(shown.first?.chat.text) }
      rows.kept.forget()
      context.onChange()
    }
    return true
  }

  /// The chats whose names have all words that are looked for, the nearest first.
  func named(_ words: String, most: Int) -> [ChatRecord] {
    finder.named(NameQuery(words), among: chats.all, most: most)
  }

  package func select(_ key: ChatID) {
    selection.select(key.text)
    context.onChange()
  }

  private func row(_ chat: ChatRecord) -> ChatListState.Row {
    var row = rows.byChat[chat.chat] ?? makeRow(chat)
    // The mark goes by itself.
    if !typing.isEmpty { row.isTyping = typist(in: chat.chat) != nil }
    return row
  }

  private func makeRow(_ chat: ChatRecord) -> ChatListState.Row {
    let row = ChatListState.Row(
      id: chat.chat.text, service: chat.service, title: chat.shownTitle,
      preview: chat.lastMessage?.shown ?? "",
      lastAt: chat.lastMessageAt ?? 0, unread: chat.unread, isMuted: chat.muted,
      isOnline: presence[chat.chat]?.isOnline ?? false,
      identity: trust.state(of: chat.chat))
    rowsMade += 1
    rows.byChat[chat.chat] = row
    return row
  }
}

extension ChatPreview {
  /// Neither the sender's name nor the words turn the other one.
  fileprivate var shown: String { sender.map { "\(isolated($0)): \(isolated(words))" } ?? words }
}
