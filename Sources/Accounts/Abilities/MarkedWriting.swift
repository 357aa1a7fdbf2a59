import Domain
import Storage

/// An account whose messages can have stretches that look strong, emphasised or like code.
package protocol MarkedWriting: Messaging {
  /// Like `write`, of a text with marks; see `FormattedText`.
  func write(
    marked text: String, attachments: [String], replyTo: String?, in chat: ChatID
  ) async throws(UserError) -> MessageRecord

  /// Like `edit`, of a text with marks.
  func edit(
    _ id: String, in chat: ChatID, toMarked text: String
  ) async throws(UserError) -> MessageRecord
}
