/// The foot of a conversation: what is being written there, or why nothing can be.
public struct ComposerState: Sendable, Equatable {
  /// The message that the new one answers.
  public struct Quote: Sendable, Equatable {
    /// Who wrote it.
    public var sender: String
    /// What it says, or the name of what is attached.
    public var text: String
  }

  /// What has been written so far; kept for each chat until it is sent.
  public var field = FieldState(style: .lines)
  /// Keys go into the text now.
  public var isWriting = false
  /// What the message answers; nil for one that stands by itself.
  public var quote: Quote?
  /// Why nothing can be written here, as a sentence; nil when it can.
  public var closed: String?
}
