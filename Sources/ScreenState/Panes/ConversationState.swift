import Domain

/// The open chat.
package struct ConversationState: Sendable, Equatable {
  /// What became of a message of ours; `received` for everybody else's.
  package enum Status: Sendable, Equatable {
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
  package struct Attachment: Sendable, Equatable {
    /// A file name or what it is: `photo`, `voice 0:12`, `unsupported: POLL`.
    package var label: String
    /// Size; nil when the server does not tell.
    package var bytes: Int64?
    /// One sign for what it is: a call is no file.
    package var mark = "📎"
    /// Where it was saved; nil before that.
    package var path: String?

    package init(
      label: String,
      bytes: Int64? = nil,
      mark: String = "📎",
      path: String? = nil
    ) {
      self.label = label
      self.bytes = bytes
      self.mark = mark
      self.path = path
    }
  }

  /// How far bytes on their way are.
  package struct Transfer: Sendable, Equatable {
    /// How many are there already.
    package var done: Int64
    /// How many there will be; nil when nobody knows.
    package var total: Int64?

    package init(
      done: Int64,
      total: Int64? = nil
    ) {
      self.done = done
      self.total = total
    }
  }

  /// How a stretch of a message's text looks.
  package struct Span: Sendable, Equatable {
    /// What its writer wanted of it.
    package enum Look: Sendable, Equatable {
      case strong, emphasised, underlined, struckThrough, code, quote, link, mention
    }

    /// What its writer wanted of it.
    package var look: Look
    /// Which characters of the text.
    package var range: Range<Int>

    package init(
      look: Look,
      range: Range<Int>
    ) {
      self.look = look
      self.range = range
    }
  }

  /// A reaction, and how many people chose it.
  package struct Reaction: Sendable, Equatable {
    /// As its service writes it.
    package var emoji: String
    /// How many people chose it.
    package var count: Int
    /// Whether the owner is among them.
    package var isOwn = false

    package init(
      emoji: String,
      count: Int,
      isOwn: Bool = false
    ) {
      self.emoji = emoji
      self.count = count
      self.isOwn = isOwn
    }
  }

  /// What a line is, besides what it says.
  package enum Kind: Sendable, Equatable {
    /// What somebody wrote.
    case message
    /// What somebody sent and we cannot read, or will not until somebody decides something; the
    /// text says why.
    case obstacle
  }

  /// One message.
  package struct Message: Sendable, Equatable, Identifiable {
    /// Unique within the chat.
    package var id: String
    /// Display name of the sender; nil for a line that the system wrote.
    package var sender: String?
    /// A number that is always the same for the same person, by which they are coloured.
    package var person: UInt8?
    /// Whether we wrote it, here or on another device.
    package var isOwn = false
    /// The server's time of it, in wall ms.
    package var at: Int64
    /// What it says; empty when there are only attachments.
    package var text: String
    /// Stretches of the text that look special; they may overlap.
    package var spans: [Span] = []
    /// The text of the message this one answers, as far as it is loaded.
    package var quote: String?
    /// In the order of the message.
    package var attachments: [Attachment] = []
    /// What people think of it.
    package var reactions: [Reaction] = []
    /// Its text is not the first one.
    package var isEdited = false
    /// Taken back by its sender: only the fact is shown.
    package var isDeleted = false
    /// What the line is, besides what it says.
    package var kind: Kind = .message
    /// The key that does something about the line: `R retry`.
    package var offer: Hint?
    /// Its attachments on their way to the server; nil when none is.
    package var transfer: Transfer?
    /// What became of it.
    package var status: Status = .received

    package init(
      id: String,
      sender: String? = nil,
      isOwn: Bool = false,
      at: Int64,
      text: String,
      spans: [Span] = [],
      quote: String? = nil,
      attachments: [Attachment] = [],
      reactions: [Reaction] = [],
      isEdited: Bool = false,
      isDeleted: Bool = false,
      kind: Kind = .message,
      offer: Hint? = nil,
      transfer: Transfer? = nil,
      status: Status = .received
    ) {
      self.id = id
      self.sender = sender
      self.isOwn = isOwn
      self.at = at
      self.text = text
      self.spans = spans
      self.quote = quote
      self.attachments = attachments
      self.reactions = reactions
      self.isEdited = isEdited
      self.isDeleted = isDeleted
      self.kind = kind
      self.offer = offer
      self.transfer = transfer
      self.status = status
    }
  }

  /// `max:121058319`, as on the command line.
  package var chat: ChatID
  /// The messenger it belongs to.
  package var service: Service
  /// As the server titles it.
  package var title: String
  /// `online`, `last seen 12:01`; empty when unknown.
  package var subtitle = ""
  /// Only one other person is in it: who wrote what needs no name.
  package var isOfTwo = false
  /// What is known of the partner's key; nil where there are no keys.
  package var identity: IdentityState?
  /// Oldest first: the messages in memory that may be in sight.
  package var lines: Excerpt<Message> = []
  /// Index into `lines` of the selected one, which is in sight; nil shows the end.
  package var selection: Int?
  /// Index into `lines` of the one that the view begins with where nothing is selected and what
  /// follows is too much for it; nil shows the end.
  package var top: Int?
  /// Index into `lines` before which the "N new" rule stands; nil for no rule.
  package var firstUnread: Int?
  /// How many messages that rule counts.
  package var unread = 0
  /// Messages after the last line that are stored and not among `lines`.
  package var below = 0
  /// There may be more of those, which are not stored.
  package var isTornBelow = false
  /// Words that were searched for, which are marked.
  package var highlight: Highlight?
  /// Who is writing now; nil when nobody is.
  package var typing: String?
  /// A page of earlier messages is on its way.
  package var isLoadingOlder = false
  /// A page of later messages is on its way.
  package var isLoadingNewer = false
  /// What was said before the first line is not stored, and the server cannot be asked.
  package var isMissingOlder = false
  /// Likewise after the last line.
  package var isMissingNewer = false
  /// On the way to the chat's beginning: how many messages have been fetched; nil otherwise.
  package var climbed: Int?
  /// What is being written here.
  package var composer = ComposerState()
  /// There is nothing before the first line, on the server neither.
  package var hasReachedBeginning = false
  /// Whether the lines are up to date.
  package var freshness: Freshness = .loading

  package init(
    chat: ChatID,
    service: Service,
    title: String,
    subtitle: String = "",
    lines: Excerpt<Message> = [],
    selection: Int? = nil,
    top: Int? = nil,
    firstUnread: Int? = nil,
    unread: Int = 0,
    below: Int = 0,
    isTornBelow: Bool = false,
    highlight: Highlight? = nil,
    typing: String? = nil,
    isLoadingOlder: Bool = false,
    isLoadingNewer: Bool = false,
    isMissingOlder: Bool = false,
    isMissingNewer: Bool = false,
    climbed: Int? = nil,
    composer: ComposerState = ComposerState(),
    hasReachedBeginning: Bool = false,
    freshness: Freshness = .loading
  ) {
    self.chat = chat
    self.service = service
    self.title = title
    self.subtitle = subtitle
    self.lines = lines
    self.selection = selection
    self.top = top
    self.firstUnread = firstUnread
    self.unread = unread
    self.below = below
    self.isTornBelow = isTornBelow
    self.highlight = highlight
    self.typing = typing
    self.isLoadingOlder = isLoadingOlder
    self.isLoadingNewer = isLoadingNewer
    self.isMissingOlder = isMissingOlder
    self.isMissingNewer = isMissingNewer
    self.climbed = climbed
    self.composer = composer
    self.hasReachedBeginning = hasReachedBeginning
    self.freshness = freshness
  }
}
