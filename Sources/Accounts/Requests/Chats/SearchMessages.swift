import Domain
import Storage

/// Messages with these words, in any case, oldest first.
package struct SearchMessages: Request {
  package var words: String
  /// Nil searches all chats.
  package var chat: ChatID?
  /// The newest this many.
  package var limit: Int
  package var asksServer: Bool

  /// - Parameters:
  ///   - words: all of them must be there, phrases in quotes; the last may be a beginning.
  ///   - chat: nil searches all chats.
  ///   - limit: the newest this many, at most 1000.
  ///   - asksServer: whether MAX is asked as well. What it finds is kept, so that it can be found and
  ///     read without it the next time.
  package init(
    words: String, chat: ChatID? = nil, limit: Int = 200, asksServer: Bool = false
  ) {
    self.words = words
    self.chat = chat
    self.limit = limit
    self.asksServer = asksServer
  }

  /// Emits what is found; a server that cannot be asked is thrown after what is stored.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (MessageOutput) async -> Void
  ) async throws(UserError) {
    let query = SearchQuery(words)
    var found = try await hub.withStore { store in
      try await store.messages.search(query, in: chat, limit: limit).messages
    }
    var problem: UserError?
    let able = hub.services(with: .history)
    let service = chat?.service ?? able.first
    if asksServer, !query.isEmpty, let service, able.contains(service) {
      do throws(UserError) {
        let known = Set(found.map { [$0.chat.text, $0.id] })
        found += try await hub.online(service, as: (any History).self, else: .unsupported)
          .search(words, in: chat, limit: limit)
          .filter { !known.contains([$0.chat.text, $0.id]) && $0.status != .deleted }
      } catch {
        problem = error
      }
    }
    let shown = Array(found.sorted(by: { $0.place < $1.place }).suffix(limit))
    for line in try await hub.lines(of: shown) { await emit(line) }
    if let problem { throw problem.besideStored }
  }
}
