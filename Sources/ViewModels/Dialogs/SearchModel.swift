import Accounts
import Domain
import Phrases
import ScreenState
import Storage

/// The search: hits as one types, in everything that is stored; on demand on the server as well.
@MainActor
package final class SearchModel {
  /// Where a hit is to be shown.
  struct Target {
    var chat: ChatRecord
    var place: MessagePlace
    var words: String
  }

  private var field = FieldState(placeholder: Phrase.searchPlaceholder.text)
  private var query = SearchQuery("")
  private var hits: [MessageRecord] = []
  /// What the next page begins after; nil when there is none.
  private var next: Int64?
  private var selection = Selection()
  private var outcome = SearchState.Outcome.idle
  private var server = SearchState.Server.unasked(isOnline: false)
  /// Counts searches, so that a late answer changes nothing.
  private var question = 0
  private var isPaging = false
  /// The one chat that is searched; nil for all.
  private var scope: ChatRecord?
  /// The open chat, to which the search can be narrowed.
  private let openChat: ChatRecord?
  private let context: ModelContext
  private let chats: ChatListModel
  private let status: StatusModel
  private let jump: @MainActor (Target) -> Void

  /// Hits read at a time.
  static let page = 50

  /// - Parameter jump: shows a hit where it stands.
  init(
    _ context: ModelContext, chats: ChatListModel, status: StatusModel, openChat: ChatRecord?,
    jump: @escaping @MainActor (Target) -> Void
  ) {
    self.context = context
    self.chats = chats
    self.status = status
    self.openChat = openChat
    self.jump = jump
  }

  var state: SearchState {
    var state = SearchState(field: field, scope: scope?.title)
    state.hits = hits.map(hit)
    state.hasMore = next != nil
    state.selection = selection.index(in: ids)
    state.highlight = Highlight(field.text)
    state.outcome = outcome
    state.server = serverState
    state.hints = hints
    return state
  }

  private var ids: [String] { hits.map(\.hitId) }

  private var serverState: SearchState.Server {
    if case .unasked = server {
      let isAbsent = scope.map { !status.can(.history, $0.service) } ?? false
      if status.state(.history) == .notSetUp || isAbsent {
        return .absent
      }
      return .unasked(isOnline: status.state(.history) == .online)
    }
    return server
  }

  private var hints: [Hint] {
    let canAsk = serverState == .unasked(isOnline: true) && !query.isEmpty
    var hints = [Hint(.enter, .hintShow, isEnabled: !hits.isEmpty)]
    if serverState != .absent { hints.append(Hint(.tab, .hintAskMax, isEnabled: canAsk)) }
    if openChat != nil {
      hints.append(Hint(.control("t"), scope == nil ? .hintThisChat : .hintAllChats))
    }
    return hints + [Hint(.escape, .hintLeave)]
  }

  private func hit(_ message: MessageRecord) -> SearchState.Hit {
    let chat = chats.chat(message.chat)
    return .init(
      id: message.hitId, service: message.chat.service, chat: chat?.title ?? message.chat.text,
      sender: message.kind == .system
        ? nil : message.own ? Phrase.you.text : message.senderName ?? message.senderId,
      at: message.at, text: message.words)
  }

  /// False for a key that means something else: Esc.
  func press(_ key: Key) -> Bool {
    switch key {
    case .escape: return false
    case .enter: showSelected()
    case .tab: askServer()
    case .control("t"): toggleScope()
    case .up: move(.by(-1))
    case .down: move(.by(1))
    case .pageUp: move(.by(-10))
    case .pageDown: move(.by(10))
    default:
      let before = field.text
      guard field.edit(key, limit: 1024) else { return false }
      if field.text != before { search() }
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) {
    selection.move(step, in: ids)
    if let index = selection.index(in: ids), index > hits.count - SearchModel.page / 2 {
      loadMore()
    }
  }

  private func showSelected() {
    guard let index = selection.index(in: ids), let chat = chats.chat(hits[index].chat) else {
      return
    }
    jump(Target(chat: chat, place: hits[index].place, words: field.text))
  }

  private func toggleScope() {
    guard let openChat else { return }
    scope = scope == nil ? openChat : nil
    search()
  }

  private func search() {
    question += 1
    query = SearchQuery(field.text)
    server = .unasked(isOnline: false)
    guard !query.isEmpty else {
      take([], next: nil)
      outcome = .idle
      return
    }
    if hits.isEmpty { outcome = .searching }
    let asked = question
    context.start("search") { [self] in
      guard let found = await find(after: nil), asked == question else { return }
      take(found.messages, next: found.next)
      outcome = .done
    }
  }

  private func take(_ messages: [MessageRecord], next: Int64?) {
    hits = messages
    self.next = next
    selection.select(ids.first)
    isPaging = false
  }

  private func loadMore() {
    guard let next, !isPaging else { return }
    isPaging = true
    let asked = question
    context.start("search.more") { [self] in
      guard let found = await find(after: next), asked == question else { return }
      merge(found.messages)
      self.next = found.next
      isPaging = false
    }
  }

  private func find(after next: Int64?) async -> FoundMessages? {
    let (query, chat) = (query, scope?.chat)
    return await context.hub.environment.storing { store in
      try await store.messages.search(query, in: chat, limit: SearchModel.page, after: next)
    }
  }

  private func askServer() {
    guard serverState == .unasked(isOnline: true), !query.isEmpty else { return }
    server = .asking
    let asked = question
    let (words, chat) = (field.text, scope?.chat)
    context.start("search.server") { [self] in
      do throws(UserError) {
        let call = SearchServer(words: words, chat: chat, limit: 2 * SearchModel.page)
        let hits = try await context.hub.lines(of: call)
        let found = await context.hub.environment.storing { store in
          var found: [MessageRecord] = []
          for hit in hits {
            if let message = try await store.messages.message(hit.chat, hit.id) {
              found.append(message)
            }
          }
          return found
        }
        guard asked == question else { return }
        let known = Set(ids)
        let new = (found ?? []).filter { !known.contains($0.hitId) }
        server = .answered(new.count)
        merge(new)
      } catch {
        guard asked == question else { return }
        server = .failed(error.sentences)
      }
    }
  }

  /// Adds hits where they belong; the selected one stays so.
  private func merge(_ found: [MessageRecord]) {
    let selected = selection.index(in: ids).map { ids[$0] }
    let known = Set(ids)
    hits = (hits + found.filter { !known.contains($0.hitId) }).sorted {
      ($0.at, $0.hitId) > ($1.at, $1.hitId)
    }
    selection.select(selected ?? ids.first)
  }
}

extension MessageRecord {
  /// Unique among all chats.
  fileprivate var hitId: String { "\(chat) \(id)" }

  /// Its text and the names of what is attached.
  fileprivate var words: String {
    ([shownText] + attachments.compactMap(\.label)).filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
