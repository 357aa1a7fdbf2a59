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
  ) async throws(UserError) -> AttachmentRecord

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
  ) async throws(UserError) -> AttachmentRecord { throw .noAttachment(index) }

  package nonisolated var savesOnlyOnline: Bool { false }
}

/// An account whose messages can be changed after they were sent.
package protocol MessageEditing: Messaging {
  /// Changes the words of a message of ours; its files stay.
  func edit(
    _ id: String, in chat: ChatID, to text: String
  ) async throws(UserError) -> MessageRecord

  /// Deletes a message; one that has not gone out yet is taken back, with or without a connection.
  ///
  /// - Parameter forEverybody: in the chat, not for the owner alone.
  func delete(_ id: String, in chat: ChatID, forEverybody: Bool) async throws(UserError)

  /// Reacts to a message; nil takes the owner's reaction back.
  func react(
    to id: String, in chat: ChatID, with emoji: String?
  ) async throws(UserError) -> MessageRecord

  /// Passes a message on to another chat of the service, by way of the outbox.
  func forward(
    _ id: String, in chat: ChatID, to target: ChatID
  ) async throws(UserError) -> MessageRecord
}

/// An account whose server lets others see what the owner does in a chat, and shares it with the
/// owner's other devices.
package protocol ChatMarks: Account {
  /// Tells the server how far chats were read, unless the owner does not want others to see it.
  func tellMarks() async

  /// Tells the others in a chat that something is being written; once in six seconds, whoever asks.
  func tellTyping(in chat: ChatID) async

  /// Silences a chat, or lets it be heard again, on all of the owner's devices.
  func mute(_ chat: ChatID, _ isMuted: Bool) async throws(UserError)
}
