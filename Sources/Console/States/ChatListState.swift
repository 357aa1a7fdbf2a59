import Storage

/// The list of chats of all messengers, newest first.
public struct ChatListState: Sendable, Equatable {
  /// One chat.
  public struct Row: Sendable, Equatable, Identifiable {
    /// `max:121058319`, as on the command line.
    public var id: String
    /// The messenger it belongs to.
    public var service: Service
    /// As the server titles it: not yet made harmless for a terminal.
    public var title: String
    /// Last line: who and what; not yet made harmless either.
    public var preview = ""
    /// Wall ms of the last message; 0 when there is none.
    public var lastAt: Int64 = 0
    /// Messages that no device of ours has read.
    public var unread = 0
    /// A muted chat counts its unread messages but asks for nothing.
    public var isMuted = false
    /// Somebody is writing there now.
    public var isTyping = false
    /// The partner of a dialog is online; false for groups.
    public var isOnline = false
    /// What is known of the partner's key; nil where there are no keys.
    public var identity: IdentityState?
  }

  /// All chats.
  public var rows: [Row] = []
  /// Index of the selected row; nil only when there are none.
  public var selection: Int?
  /// Whether the list is up to date.
  public var freshness: Freshness = .notSetUp

  /// Unread messages of all chats that are not muted.
  public var unread: Int { rows.reduce(0) { $0.plus($1.isMuted ? 0 : $1.unread) } }
}
