import Accounts
import Domain
import Storage

/// A stored message that the server has, with the numbers by which the server knows it: one that can be
/// answered, changed or passed on.
struct ServerMessage: Sendable {
  var chat: Int64
  var id: Int64
  var record: MessageRecord
}

extension AccountEnvironment {
  /// Looks a message up; throws for one that is deleted or that has not gone out yet.
  func serverMessage(_ id: String, in key: ChatID) async throws(UserError) -> ServerMessage {
    guard let chat = MaxRecords.chatId(key) else { throw .noChat(key) }
    let stored = await storing { store in try await store.messages.message(key, id) } ?? nil
    guard let record = stored, record.status != .deleted, let number = Int64(record.id) else {
      throw .noMessage(id, in: key)
    }
    guard record.status == .sent || record.status == .received else { throw .notSentYet }
    return ServerMessage(chat: chat, id: number, record: record)
  }
}
