/// The foot of a conversation: what is being written there, or why nothing can be.
package struct ComposerState: Sendable, Equatable {
  /// The message that the new one answers.
  package struct Quote: Sendable, Equatable {
    /// Who wrote it.
    package var sender: String
    /// What it says, or the name of what is attached.
    package var text: String

    package init(
      sender: String,
      text: String
    ) {
      self.sender = sender
      self.text = text
    }
  }

  /// What has been written so far; kept for each chat until it is sent.
  package var field = FieldState(style: .lines)
  /// Keys go into the text now.
  package var isWriting = false
  /// What the message answers; nil for one that stands by itself.
  package var quote: Quote?
  /// Emoji whose names fit what is being typed, each with its name; the first is taken by Tab.
  package var completions: [String] = []
  /// Why nothing can be written here, as a sentence; nil when it can.
  package var closed: String?

  package init(
    field: FieldState = FieldState(style: .lines),
    isWriting: Bool = false,
    quote: Quote? = nil,
    closed: String? = nil
  ) {
    self.field = field
    self.isWriting = isWriting
    self.quote = quote
    self.closed = closed
  }
}
