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
    /// Nil for the chat itself.
    var place: MessagePlace?
    var words: String
  }

  private var field = FieldState(placeholder: Phrase.searchPlaceholder.text)
  private var found = SearchHits()
  private var outcome = SearchState.Outcome.idle
  private var server = SearchState.Server.unasked(isOnline: false)
  /// Counts searches, so that a late answer changes nothing.
  private var question = 0
  private var range: Range
  private let context: ModelContext
  private let chats: ChatListModel
  private let status: StatusModel
  private let jump: @MainActor (Target) -> Void

  /// Which chats are searched.
  private struct Range {
    /// The open chat, to which the search can be narrowed.
    let openChat: ChatRecord?
    var isNarrow = false

    /// The one chat that is searched; nil for all.
    var chat: ChatRecord? { isNarrow ? openChat : nil }
  }

  /// Hits read at a time.
  static let page = 50
  /// Chats that stand above them.
  private static let mostChats = 5

  /// - Parameter jump: shows a hit where it stands.
  init(
    _ context: ModelContext, chats: ChatListModel, status: StatusModel, openChat: ChatRecord?,
    jump: @escaping @MainActor (Target) -> Void
  ) {
    self.context = context
    self.chats = chats
    self.status = status
    range = Range(openChat: openChat)
    self.jump = jump
  }

  var state: SearchState {
    var state = SearchState(field: field, scope: range.chat?.shownTitle)
    state.hits = found.chats.map(hit) + found.messages.map(hit)
    state.hasMore = found.next != nil
    state.selection = found.selected
    state.highlight = Highlight(field.text)
    state.outcome = outcome
    state.server = serverState
    state.hints = hints
    return state
  }

  private var query: SearchQuery { SearchQuery(field.text) }

  private var serverState: SearchState.Server {
    if case .unasked = server {
      let isAbsent = range.chat.map { !status.can(.history, $0.service) } ?? false
      if status.state(.history) == .notSetUp || isAbsent {
        return .absent
      }
      return .unasked(isOnline: status.state(.history) == .online)
    }
    return server
  }

  private var hints: [Hint] {
    let canAsk = serverState == .unasked(isOnline: true) && !query.isEmpty
    var hints = [Hint(.enter, .hintShow, isEnabled: found.count > 0)]
    if serverState != .absent { hints.append(Hint(.tab, .hintAskMax, isEnabled: canAsk)) }
    if range.openChat != nil {
      hints.append(Hint(.control("t"), range.chat == nil ? .hintThisChat : .hintAllChats))
    }
    return hints + [Hint(.escape, .hintLeave)]
  }

  private func hit(_ chat: ChatRecord) -> SearchState.Hit {
    .init(
      id: chat.chat.text, service: chat.service, chat: chat.shownTitle,
      sender: Phrase.chatWord.text, at: chat.lastMessageAt ?? 0,
      text: chat.lastMessage?.line ?? "")
  }

  private func hit(_ message: MessageRecord) -> SearchState.Hit {
    let chat = chats.chat(message.chat)
    return .init(
      id: message.hitId, service: message.chat.service, chat: chat?.shownTitle ?? message.chat.text,
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
      guard field.edit(key, limit: 1024, killed: &context.killed) else { return false }
      if field.text != before { search() }
    }
    context.onChange()
    return true
  }

  private func move(_ step: Selection.Step) {
    found.move(step)
    if let index = found.selected, index > found.count - SearchModel.page / 2 {
      loadMore()
    }
  }

  private func showSelected() {
    guard let index = found.selected else { return }
    if index < found.chats.count {
      return jump(Target(chat: found.chats[index], place: nil, words: field.text))
    }
    let message = found.messages[index - found.chats.count]
    guard let chat = chats.chat(message.chat) else { return }
    jump(Target(chat: chat, place: message.place, words: field.text))
  }

  private func toggleScope() {
    guard range.openChat != nil else { return }
    range.isNarrow.toggle()
    search()
  }

  private func search() {
    question += 1
    server = .unasked(isOnline: false)
    guard !query.isEmpty else {
      found = SearchHits()
      outcome = .idle
      return
    }
    if found.count == 0 { outcome = .searching }
    let asked = question
    let named = range.chat == nil ? chats.named(field.text, most: SearchModel.mostChats) : []
    context.start("search") { [self] in
      guard let page = await find(after: nil), asked == question else { return }
      found = SearchHits(page, chats: named)
      outcome = .done
    }
  }

  private func loadMore() {
    guard let next = found.beginPage() else { return }
    let asked = question
    context.start("search.more") { [self] in
      guard let page = await find(after: next), asked == question else { return }
      found.append(page)
    }
  }

  private func find(after next: Int64?) async -> FoundMessages? {
    let (query, chat) = (query, range.chat?.chat)
    return await context.hub.environment.storing { store in
      try await store.messages.search(query, in: chat, limit: SearchModel.page, after: next)
    }
  }

  private func askServer() {
    guard serverState == .unasked(isOnline: true), !query.isEmpty else { return }
    server = .asking
    let asked = question
    let (words, chat) = (field.text, range.chat?.chat)
    context.start("search.server") { [self] in
      do throws(UserError) {
        let call = SearchServer(words: words, chat: chat, limit: 2 * SearchModel.page)
        let hits = try await context.hub.lines(of: call)
        let stored = await context.hub.environment.storing { store in
          var messages: [MessageRecord] = []
          for hit in hits {
            if let message = try await store.messages.message(hit.chat, hit.id) {
              messages.append(message)
            }
          }
          return messages
        }
        guard asked == question else { return }
        server = .answered(found.merge(stored ?? []))
      } catch {
        guard asked == question else { return }
        server = .failed(error.sentences)
      }
    }
  }
}

extension MessageRecord {
  /// Its text and the names of what is attached.
  fileprivate var words: String {
    ([shownText] + attachments.compactMap(\.label)).filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
