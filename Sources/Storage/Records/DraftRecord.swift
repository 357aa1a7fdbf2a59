/// What has been written in a chat and not been sent.
public struct DraftRecord: Sendable, Equatable {
  /// The chat's key.
  public var chat: String
  /// As it was typed.
  public var text: String
  /// The id of the message that it answers.
  public var replyTo: String?
  /// The id of the message of ours whose words these are to be; nil for a new one.
  public var edits: String?

  /// A draft with these fields.
  public init(chat: String, text: String, replyTo: String? = nil, edits: String? = nil) {
    self.chat = chat
    self.text = text
    self.replyTo = replyTo
    self.edits = edits
  }

  /// Whether there is nothing to keep.
  public var isEmpty: Bool { text.isEmpty && replyTo == nil }
}
