import Storage

/// The open chat.
public struct ConversationState: Sendable, Equatable {
  /// What became of a message of ours; `received` for everybody else's.
  public enum Status: Sendable, Equatable {
    /// Somebody else's.
    case received
    /// Written, and not with the server yet.
    case queued
    /// Like that, and it will not go before somebody decides something; the text says what.
    case held(String)
    /// The server has it.
    case sent
    /// Somebody else has read it.
    case read
    /// It was given up; the text says why.
    case failed(String)
  }

  /// Something that hangs on a message.
  public struct Attachment: Sendable, Equatable {
    /// A file name or what it is: `photo`, `voice 0:12`, `unsupported: POLL`.
    public var label: String
    /// Size; nil when the server does not tell.
    public var bytes: Int64?
    /// One sign for what it is: a call is no file.
    public var mark = "📎"
    /// Where it was saved; nil before that.
    public var path: String?
  }

  /// How far bytes on their way are.
  public struct Transfer: Sendable, Equatable {
    /// How many are there already.
    public var done: Int64
    /// How many there will be; nil when nobody knows.
    public var total: Int64?
  }

  /// How a stretch of a message's text looks.
  public struct Span: Sendable, Equatable {
    /// What its writer wanted of it.
    public enum Look: Sendable, Equatable {
      case strong, emphasised, underlined, struckThrough, code, quote, link, mention
    }

    /// What its writer wanted of it.
    public var look: Look
    /// Which characters of the text.
    public var range: Range<Int>
  }

  /// A reaction, and how many people chose it.
  public struct Reaction: Sendable, Equatable {
    /// As its service writes it.
    public var emoji: String
    /// How many people chose it.
    public var count: Int
    /// Whether the owner is among them.
    public var isOwn = false
  }

  /// What a line is, besides what it says.
  public enum Kind: Sendable, Equatable {
    /// What somebody wrote.
    case message
    /// What somebody sent and we cannot read, or will not until somebody decides something; the
    /// text says why.
    case obstacle
  }

  /// One message.
  public struct Line: Sendable, Equatable, Identifiable {
    /// Unique within the chat.
    public var id: String
    /// Display name of the sender; nil for a line that the system wrote.
    public var sender: String?
    /// Whether we wrote it, here or on another device.
    public var isOwn = false
    /// The server's time of it, in wall ms.
    public var at: Int64
    /// What it says; empty when there are only attachments.
    public var text: String
    /// Stretches of the text that look special; they may overlap.
    public var spans: [Span] = []
    /// The text of the message this one answers, as far as it is loaded.
    public var quote: String?
    /// In the order of the message.
    public var attachments: [Attachment] = []
    /// What people think of it.
    public var reactions: [Reaction] = []
    /// Its text is not the first one.
    public var isEdited = false
    /// Taken back by its sender: only the fact is shown.
    public var isDeleted = false
    /// What the line is, besides what it says.
    public var kind: Kind = .message
    /// The key that does something about the line: `R retry`.
    public var offer: Hint?
    /// Its attachments on their way to the server; nil when none is.
    public var transfer: Transfer?
    /// What became of it.
    public var status: Status = .received
  }

  /// `max:121058319`, as on the command line.
  public var chat: String
  /// The messenger it belongs to.
  public var service: Service
  /// As the server titles it.
  public var title: String
  /// `online`, `last seen 12:01`; empty when unknown.
  public var subtitle = ""
  /// Oldest first.
  public var lines: [Line] = []
  /// Index into `lines` of the selected one, which is in sight; nil shows the end.
  public var selection: Int?
  /// Index into `lines` of the one that the view begins with where nothing is selected and what
  /// follows is too much for it; nil shows the end.
  public var top: Int?
  /// Index into `lines` before which the "N new" rule stands; nil for no rule.
  public var firstUnread: Int?
  /// How many messages that rule counts.
  public var unread = 0
  /// Messages after the last line that are stored and not among `lines`.
  public var below = 0
  /// There may be more of those, which are not stored.
  public var isTornBelow = false
  /// Words that were searched for, which are marked.
  public var highlight: Highlight?
  /// Who is writing now; nil when nobody is.
  public var typing: String?
  /// A page of earlier messages is on its way.
  public var isLoadingOlder = false
  /// A page of later messages is on its way.
  public var isLoadingNewer = false
  /// What was said before the first line is not stored, and the server cannot be asked.
  public var isMissingOlder = false
  /// Likewise after the last line.
  public var isMissingNewer = false
  /// On the way to the chat's beginning: how many messages have been fetched; nil otherwise.
  public var climbed: Int?
  /// What is being written here.
  public var composer = ComposerState()
  /// There is nothing before the first line, on the server neither.
  public var hasReachedBeginning = false
  /// Whether the lines are up to date.
  public var freshness: Freshness = .loading
}
