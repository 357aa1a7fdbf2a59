import Database

/// A conversation as the list of chats shows it.
public struct ChatRecord: Sendable, Equatable, Identifiable {
  /// What sort of conversation it is; `saved` is the notes to oneself.
  public enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    case dialog, group, channel, saved
  }

  /// The key everywhere in Tercet: `max:121058319`, `textsecure:+14155550100`.
  public var chat: String
  /// Where the conversation takes place.
  public var service: Service
  /// What sort of conversation it is.
  public var kind: Kind
  /// The name to show; a dialog's is its partner's.
  public var title: String
  /// The other side of a dialog, as its service names people; nil in groups.
  public var peerId: String?
  /// How many messages are unread, 0 or more.
  public var unread: Int
  /// Whether its messages make no sound and no notice.
  public var muted: Bool
  /// Wall-clock milliseconds of the last event; the list is sorted by it.
  public var lastMessageAt: Int64?
  /// The message that the line shows.
  public var lastMessageId: String?
  /// The last message in one line.
  public var lastMessage: String?
  /// Everything up to this time, in milliseconds, has been read.
  public var readMark: Int64?
  /// Whether the owner cannot write there: somebody else's channel, or a chat that was left.
  public var closed: Bool
  /// Somebody else has read everything up to this time, in milliseconds; nil where nobody tells.
  public var othersMark: Int64?

  /// The key, `chat`.
  public var id: String { chat }

  /// A conversation with these fields.
  public init(
    chat: String, service: Service, kind: Kind, title: String, peerId: String? = nil,
    unread: Int = 0, muted: Bool = false, lastMessageAt: Int64? = nil,
    lastMessageId: String? = nil, lastMessage: String? = nil, readMark: Int64? = nil,
    closed: Bool = false, othersMark: Int64? = nil
  ) {
    self.chat = chat
    self.service = service
    self.kind = kind
    self.title = title
    self.peerId = peerId
    self.unread = unread
    self.muted = muted
    self.lastMessageAt = lastMessageAt
    self.lastMessageId = lastMessageId
    self.lastMessage = lastMessage
    self.readMark = readMark
    self.closed = closed
    self.othersMark = othersMark
  }
}
