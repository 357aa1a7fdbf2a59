import Database
import Domain

/// Messages that were found, the newest first.
package struct FoundMessages: Sendable, Equatable {
  /// This page of them.
  package var messages: [MessageRecord]
  /// What the next page begins after; nil when there is none.
  package var next: Int64?
}

extension MessageRepository {
  /// The most messages of a page.
  package static let searchLimit = 1000

  /// A page of the messages in whose text or file names all of the words stand, the newest first.
  ///
  /// Takes a few milliseconds, whatever the number of messages.
  /// - Parameters:
  ///   - chat: nil searches all chats of all services.
  ///   - limit: at most ``searchLimit``.
  ///   - next: of the page before.
  package func search(
    _ query: SearchQuery, in chat: ChatID? = nil, limit: Int, after next: Int64? = nil
  ) async throws(DatabaseError) -> FoundMessages {
    let limit = min(max(0, limit), MessageRepository.searchLimit)
    return try await database.read { connection in
      let rows = try connection.messages(matching: query, in: chat, before: next, limit: limit)
      return FoundMessages(
        messages: rows.map(\.message),
        next: limit > 0 && rows.count == limit ? rows.last?.number : nil)
    }
  }
}
