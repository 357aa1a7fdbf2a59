import Database
import Domain

/// A conversation as the list of chats shows it.
package struct ChatRecord: Sendable, Equatable, Identifiable {
  /// What sort of conversation it is; `saved` is the notes to oneself.
  package enum Kind: String, Sendable, CaseIterable, DatabaseConvertible {
    case dialog, group, channel, saved
  }

  /// The key everywhere in Tercet: `max:121058319`, `textsecure:+14155550100`.
  package var chat: ChatID
  /// Where the conversation takes place.
  package var service: Service
  /// What sort of conversation it is.
  package var kind: Kind
  /// Its name, a dialog's is its partner's; empty where nobody has given one. `shownTitle` is what is
  /// to be read.
  package var title: String
  /// The other side of a dialog, as its service names people; nil in groups.
  package var peerId: String?
  /// How many messages are unread, 0 or more.
  package var unread: Int
  /// Whether its messages make no sound and no notice.
  package var muted: Bool
  /// Wall-clock milliseconds of the last event; the list is sorted by it.
  package var lastMessageAt: Int64?
  /// The message that the line shows.
  package var lastMessageId: String?
  /// The last message as the list shows it.
  package var lastMessage: ChatPreview?
  /// Everything up to this time, in milliseconds, has been read.
  package var readMark: Int64?
  /// Whether the owner cannot write there: somebody else's channel, or a chat that was left.
  package var closed: Bool
  /// Somebody else has read everything up to this time, in milliseconds; nil where nobody tells.
  package var othersMark: Int64?

  /// The name as people read it.
  package var shownTitle: String { title.isEmpty ? nameless.words : title }

  private var nameless: NamelessChat {
    switch kind {
    case .saved: .saved
    case _ where peerId != nil: .dialog(with: peerId.map { .numbered(id: $0) } ?? .someone)
    case _ where chat.groupID != nil: .group
    default: .other(id: chat.name)
    }
  }

  /// The key, `chat`.
  package var id: ChatID { chat }

  /// A conversation with these fields.
  package init(
    chat: ChatID, service: Service, kind: Kind, title: String, peerId: String? = nil,
    unread: Int = 0, muted: Bool = false, lastMessageAt: Int64? = nil,
    lastMessageId: String? = nil, lastMessage: ChatPreview? = nil, readMark: Int64? = nil,
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
