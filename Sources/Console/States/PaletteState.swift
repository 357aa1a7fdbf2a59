/// Everything a person can do, and everywhere they can go, to choose from by typing.
public struct PaletteState: Sendable, Equatable {
  /// One thing to do or one chat to open.
  public struct Entry: Sendable, Equatable, Identifiable {
    /// The command's name, or the chat's on the command line.
    public var id: String
    /// What it does, or the chat's title.
    public var title: String
    /// Its keys, or the letter of the chat's service.
    public var keys: String
    /// Why it does nothing now; nil when it works.
    public var disabledReason: String?
    /// It is a chat.
    public var isChat = false
  }

  /// What is looked for.
  public var field = FieldState()
  /// What fits what was typed: first what can be done, then chats.
  public var entries: [Entry] = []
  /// Index of the selected one; nil only when there are none.
  public var selection: Int?
  /// The keys.
  public var hints: [Hint] = []
}
