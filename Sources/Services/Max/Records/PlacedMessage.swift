import Accounts
import Domain
import Storage

/// A stored message that the server has, with the numbers by which the server knows it: one that can be
/// answered, changed or passed on.
struct PlacedMessage: Sendable {
  var chat: Int64
  var id: Int64
  var record: MessageRecord
}

extension AccountEnvironment {
  /// Looks a message up; throws for one that is deleted or that has not gone out yet.
  func placed(_ id: String, in key: String) async throws(UserError) -> PlacedMessage {
    guard let chat = MaxRecords.chatId(key) else { throw .noChat(key) }
    let stored = await storing { store in try await store.messages.message(key, id) } ?? nil
    guard let record = stored, record.status != .deleted, let number = Int64(record.id) else {
      throw .noMessage(id, in: key)
    }
    guard record.status == .sent || record.status == .received else { throw .notSentYet }
    return PlacedMessage(chat: chat, id: number, record: record)
  }
}
