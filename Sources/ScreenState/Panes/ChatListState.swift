import Domain

/// The list of chats of all messengers, newest first.
package struct ChatListState: Sendable, Equatable {
  /// One chat.
  package struct Row: Sendable, Equatable, Identifiable {
    /// `max:121058319`, as on the command line.
    package var id: String
    /// The messenger it belongs to.
    package var service: Service
    /// As the server titles it: not yet made harmless for a terminal.
    package var title: String
    /// Last line: who and what; not yet made harmless either.
    package var preview = ""
    /// Wall ms of the last message; 0 when there is none.
    package var lastAt: Int64 = 0
    /// Messages that no device of ours has read.
    package var unread = 0
    /// A muted chat counts its unread messages but asks for nothing.
    package var isMuted = false
    /// Somebody is writing there now.
    package var isTyping = false
    /// The partner of a dialog is online; false for groups.
    package var isOnline = false
    /// What is known of the partner's key; nil where there are no keys.
    package var identity: IdentityState?

    package init(
      id: String,
      service: Service,
      title: String,
      preview: String = "",
      lastAt: Int64 = 0,
      unread: Int = 0,
      isMuted: Bool = false,
      isTyping: Bool = false,
      isOnline: Bool = false,
      identity: IdentityState? = nil
    ) {
      self.id = id
      self.service = service
      self.title = title
      self.preview = preview
      self.lastAt = lastAt
      self.unread = unread
      self.isMuted = isMuted
      self.isTyping = isTyping
      self.isOnline = isOnline
      self.identity = identity
    }
  }

  /// The chats that may be in sight.
  package var rows: Excerpt<Row> = []
  /// Index of the selected row; nil only when there are none.
  package var selection: Int?
  /// What the list is filtered by; nil where all chats are shown.
  package var filter: FieldState?
  /// Whether the list is up to date.
  package var freshness: Freshness = .notSetUp
  /// Unread messages of all chats that are not muted.
  package var unread = 0

  /// No chats.
  package init() {}

  /// All chats.
  package init(
    rows: [Row],
    selection: Int? = nil,
    freshness: Freshness = .notSetUp
  ) {
    self.rows = Excerpt(rows)
    self.selection = selection
    self.freshness = freshness
    unread = rows.reduce(0) { $0.plus($1.isMuted ? 0 : $1.unread) }
  }
}
