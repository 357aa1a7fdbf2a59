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
    _ text: String, attachments: [String], replyTo: String?, in chat: String
  ) async throws(ConsoleError) -> MessageRecord

  /// What failed is tried again; throws `no-message` for any other message.
  func retry(_ chat: String, _ id: String) async throws(ConsoleError)

  /// Waits until nothing waits in the outbox any more, or `limit` has passed.
  func drain(within limit: Duration) async

  /// A message written in this run as it stands now; the server may have given it another id.
  func standing(of message: MessageRecord) async throws(ConsoleError) -> MessageRecord

  /// Waits until what the server kept for us has come, as far as that can be known, or `limit` has
  /// passed.
  func catchUp(within limit: Duration) async

  /// Brings an attachment of a message (counted from 0) into a folder; no file there is replaced.
  ///
  /// - Returns: the attachment with its path there.
  func save(
    _ index: Int, of id: String, in chat: String, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(ConsoleError) -> Attachment

  /// Whether an attachment can only be brought while the connection is up.
  nonisolated var savesOnlyOnline: Bool { get }

  /// What its accounts share.
  nonisolated var desk: DeskContext { get }
}

extension Messaging {
  /// What is stored is all there is to say of it.
  package func standing(of message: MessageRecord) async throws(ConsoleError) -> MessageRecord {
    do {
      return try await desk.store.messages.message(message.chat, message.id) ?? message
    } catch {
      throw ConsoleError(storing: error)
    }
  }

  /// For services that bring what was missed with the login.
  package func catchUp(within limit: Duration) async { _ = await settle(within: limit) }

  /// For services whose messages take no files along.
  package func save(
    _ index: Int, of id: String, in chat: String, to directory: String,
    progress: @escaping @Sendable (TransferProgress) -> Void
  ) async throws(ConsoleError) -> Attachment { throw .noAttachment(index) }

  package nonisolated var savesOnlyOnline: Bool { false }
}
