import Domain
import Storage

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
