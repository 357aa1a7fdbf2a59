import Domain
import Storage

/// Brings a part of a chat's history from its server into the store.
package struct LoadHistory: Request {
  package var chat: ChatID
  package var part: HistoryPart
  package var count: Int

  /// - Parameter count: of messages on each side, 1 to 100.
  package init(chat: ChatID, part: HistoryPart, count: Int) {
    self.chat = chat
    self.part = part
    self.count = count
  }

  /// Emits what came of it. A server that keeps no history has nothing more to tell.
  package func run(
    on hub: AccountHub, emit: @escaping @Sendable (HistoryNews) async -> Void
  ) async throws(UserError) {
    let service = try hub.service(of: chat)
    guard let account = try await hub.open(service) as? any History else {
      return await emit(HistoryNews(older: 0, newer: 0))
    }
    await emit(try await account.loadHistory(chat, part, count: min(max(1, count), 100)))
  }
}
