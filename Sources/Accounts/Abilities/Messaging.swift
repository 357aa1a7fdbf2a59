import Domain
import Storage
import Transport

/// An account with chats, through which messages are written.
package protocol Messaging: Account {
  /// Writes a message into the outbox; it goes out as soon as the connection lets it.
  ///
  /// - Parameters:
  ///   - attachments: absolute paths.
  ///   - replyTo: the id of a message that this one answers.
  func write(
    _ text: String, attachments: [String], replyTo: String?, in chat: ChatID
  ) async throws(UserError) -> MessageRecord

  /// What failed is tried again; throws `no-message` for any other message.
  func retry(_ chat: ChatID, _ id: String) async throws(UserError)

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async

  /// A message written in this run as it stands now; the server may have given it another id.
  func standing(of message: MessageRecord) async throws(UserError) -> MessageRecord

  /// Waits until what the server kept for us has come, as far as that can be known, or `limit` has
  /// passed.
  func catchUp(within limit: Duration) async

  /// Brings an attachment of a message (counted from 0) into a folder; no file there is replaced.
  ///
  /// - Returns: the attachment with its path there.
  func save(
    _ index: Int, of id: String, in chat: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> Attachment

  /// Whether an attachment can only be brought while the connection is up.
  nonisolated var savesOnlyOnline: Bool { get }

  /// What its accounts share.
  nonisolated var environment: AccountEnvironment { get }
}

extension Messaging {
  /// What is stored is all there is to say of it.
  package func standing(of message: MessageRecord) async throws(UserError) -> MessageRecord {
    do {
      return try await environment.store.messages.message(message.chat, message.id) ?? message
    } catch {
      throw UserError(storing: error)
    }
  }

  /// For services that bring what was missed with the login.
  package func catchUp(within limit: Duration) async { _ = await settle(within: limit) }

  /// For services whose messages take no files along.
  package func save(
    _ index: Int, of id: String, in chat: ChatID, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(UserError) -> Attachment { throw .noAttachment(index) }

  package nonisolated var savesOnlyOnline: Bool { false }
}
