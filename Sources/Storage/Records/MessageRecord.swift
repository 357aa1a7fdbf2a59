import Database

/// One message of a chat.
public struct MessageRecord: Sendable, Equatable, Identifiable {
  /// How far the message has come.
  public enum Status: String, Sendable, CaseIterable, DatabaseConvertible {
    case received, queued, sent, failed
    /// A tombstone: the message was here, its text and attachments are gone.
    case deleted
  }

  /// The key of its chat.
  public var chat: String
  /// The server's id, or a local one until the server has given it; unique within its chat.
  public var id: String
  /// The sender as its service names people; nil for a channel's own posts.
  public var senderId: String?
  /// The sender's name as it was when the message came.
  public var senderName: String?
  /// Wall-clock milliseconds since 1970, by the server where it says.
  public var at: Int64
  /// Empty where only something is attached, and in tombstones.
  public var text: String
  /// How far the message has come.
  public var status: Status
  /// The id of the message that this one answers, in the same chat.
  public var replyTo: String?
  /// Whether its text was changed after it was sent.
  public var edited: Bool
  /// When it was changed last, by the server; nil where it was not, or nobody said.
  public var editedAt: Int64?
  /// `text`, or the service's word for a line of another kind: `forward` of what was passed on,
  /// `system`; `unreadable` and `held` of encrypted messages whose text is not known.
  public var kind: String
  /// What came with it, in its order.
  public var attachments: [Attachment]
  /// Written by the account's owner, here or on another device.
  public var own: Bool
  /// Why it has not been sent, of one that failed or is held back.
  public var failure: String?
  /// How stretches of the text look.
  public var spans: [MessageSpan]
  /// What others and the owner think of it; nil where nobody has said. Saving nil keeps what is known.
  public var reactions: [MessageReaction]?
  /// The id that the message had here before its server gave it `id`; nil for what was not written
  /// here. Saving does not touch it.
  public var writtenId: String?

  /// The id by which scripts know the message: one of its own keeps it on its way.
  public var lastingId: String { writtenId ?? id }

  /// A message with these fields.
  public init(
    chat: String, id: String, senderId: String? = nil, senderName: String? = nil, at: Int64,
    text: String, status: Status = .received, replyTo: String? = nil, edited: Bool = false,
    editedAt: Int64? = nil,
    kind: String = "text", attachments: [Attachment] = [], own: Bool = false,
    failure: String? = nil, spans: [MessageSpan] = [], reactions: [MessageReaction]? = nil
  ) {
    self.chat = chat
    self.id = id
    self.senderId = senderId
    self.senderName = senderName
    self.at = at
    self.text = text
    self.status = status
    self.replyTo = replyTo
    self.edited = edited
    self.editedAt = editedAt
    self.kind = kind
    self.attachments = attachments
    self.own = own
    self.failure = failure
    self.spans = spans
    self.reactions = reactions
  }

  /// The message in one line: its text, or else the name of what is attached.
  public var preview: String {
    text.isEmpty ? attachments.first.map { $0.name ?? $0.type } ?? "" : text
  }
}

/// A file, picture or anything else that came with a message.
public struct Attachment: Sendable, Equatable, Codable {
  /// The name of the file, where it has one.
  public var name: String?
  /// The service's word: `PHOTO`, `FILE`, `image/jpeg`.
  public var type: String
  /// The size, where the service says it.
  public var bytes: Int64?
  /// Where the file is on this machine, once it has been saved.
  public var path: String?
  /// How its service finds and opens it, as text that nobody else needs to understand. It may hold a
  /// key: never printed.
  public var source: String?

  /// An attachment with these fields.
  public init(
    name: String? = nil, type: String, bytes: Int64? = nil, path: String? = nil,
    source: String? = nil
  ) {
    self.name = name
    self.type = type
    self.bytes = bytes
    self.path = path
    self.source = source
  }
}
