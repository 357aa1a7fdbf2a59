/// Everything a person can do, and everywhere they can go, to choose from by typing.
package struct PaletteState: Sendable, Equatable {
  /// One thing to do or one chat to open.
  package struct Entry: Sendable, Equatable, Identifiable {
    /// The command's name, or the chat's on the command line.
    package var id: String
    /// What it does, or the chat's title.
    package var title: String
    /// Its keys, or the letter of the chat's service.
    package var keys: String
    /// Why it does nothing now; nil when it works.
    package var disabledReason: String?
    /// It is a chat.
    package var isChat = false

    package init(
      id: String,
      title: String,
      keys: String,
      disabledReason: String? = nil,
      isChat: Bool = false
    ) {
      self.id = id
      self.title = title
      self.keys = keys
      self.disabledReason = disabledReason
      self.isChat = isChat
    }
  }

  /// What is looked for.
  package var field = FieldState()
  /// What fits what was typed and may be in sight: first what can be done, then chats.
  package var entries: Excerpt<Entry> = []
  /// Index of the selected one; nil only when there are none.
  package var selection: Int?
  /// The keys.
  package var hints: [Hint] = []

  package init(
    field: FieldState = FieldState(),
    entries: Excerpt<Entry> = [],
    selection: Int? = nil,
    hints: [Hint] = []
  ) {
    self.field = field
    self.entries = entries
    self.selection = selection
    self.hints = hints
  }
}
