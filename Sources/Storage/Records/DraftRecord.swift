import Domain

/// What has been written in a chat and not been sent.
package struct DraftRecord: Sendable, Equatable {
  /// The chat's key.
  package var chat: ChatID
  /// As it was typed.
  package var text: String
  /// The id of the message that it answers.
  package var replyTo: String?
  /// The id of the message of ours whose words these are to be; nil for a new one.
  package var edits: String?

  /// A draft with these fields.
  package init(chat: ChatID, text: String, replyTo: String? = nil, edits: String? = nil) {
    self.chat = chat
    self.text = text
    self.replyTo = replyTo
    self.edits = edits
  }

  /// Whether there is nothing to keep.
  package var isEmpty: Bool { text.isEmpty && replyTo == nil }
}
