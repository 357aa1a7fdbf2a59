import Domain
import Storage

/// An account whose server keeps the history of chats.
package protocol History: Account {
  /// Brings a part of a chat's history into the store.
  ///
  /// - Parameter count: of messages on each side, 1 to 100.
  func loadHistory(
    _ chat: ChatID, _ part: HistoryPart, count: Int
  ) async throws(UserError) -> HistoryNews

  /// Has the server look for words. What it finds is kept, so that it can be found without it later.
  ///
  /// - Parameters:
  ///   - chat: nil searches all chats.
  ///   - limit: how many messages are enough.
  /// - Returns: what was found, as it is stored.
  func search(
    _ words: String, in chat: ChatID?, limit: Int
  ) async throws(UserError) -> [MessageRecord]
}

/// Which part of a chat's history is wanted, in wall-clock milliseconds.
package enum HistoryPart: Sendable, Equatable, Codable {
  case newest
  case before(Int64), after(Int64)
  /// On both sides of a moment.
  case around(Int64)
}

/// What came of asking for a part of a history.
package struct HistoryNews: Sendable, Equatable, Codable {
  /// How many messages stand before the moment that was asked about; 0 at the chat's beginning.
  package var older: Int
  /// How many stand after it.
  package var newer: Int
  /// The moment of the first message that came.
  package var start: Int64?

  package init(
    older: Int,
    newer: Int,
    start: Int64? = nil
  ) {
    self.older = older
    self.newer = newer
    self.start = start
  }
}
