import Database
import Domain

extension MessageRepository {
  /// Replaces the reactions to a message; one that is not known, or a tombstone, has none.
  package func setReactions(
    _ reactions: [MessageReaction], _ chat: ChatID, _ id: String
  ) async throws(DatabaseError) {
    try await database.write {
      try $0.execute(
        "UPDATE message SET reactions = ? WHERE chat = ? AND id = ? AND status <> 'deleted'",
        [try JSONColumn.encode(list: reactions), chat, id])
    }
  }
}
