import JSON

/// A dialog, group or channel (MAX protocol notes §4.1).
public struct Chat: Sendable, Equatable {
  /// What sort of chat it is.
  public enum Kind: Sendable, Equatable {
    case dialog, group, channel
    /// A kind this client does not know, in the server's word.
    case other(String)
  }

  /// Zero is the chat with oneself; dialogs are positive, groups and channels negative.
  public var id: Int64
  /// What sort of chat it is.
  public var kind: Kind
  /// False once the account's owner has left it or it was removed or closed: drop it.
  public var isActive: Bool
  /// The user id of who made it.
  public var owner: Int64?
  /// Absent in dialogs, which go by the other participant's name.
  public var title: String?
  /// A description, in groups and channels.
  public var about: String?
  /// Where it can be joined, if it is public.
  public var link: String?
  /// Each participant known, and up to which time (wall-clock milliseconds) they have read.
  public var participants: [Int64: Int64]
  /// How many take part; `participants` may name fewer.
  public var participantsCount: Int64?
  /// The message that the list of chats shows.
  public var lastMessage: Message?
  /// The message that its owner keeps in sight.
  public var pinnedMessage: Message?
  /// Wall-clock milliseconds; chats are listed newest first by it.
  public var lastEventTime: Int64
  /// Unread messages; nil if the server did not say.
  public var unread: Int64?

  /// A chat with these fields.
  public init(
    id: Int64, kind: Kind, isActive: Bool = true, owner: Int64? = nil, title: String? = nil,
    about: String? = nil, link: String? = nil, participants: [Int64: Int64] = [:],
    participantsCount: Int64? = nil, lastMessage: Message? = nil, pinnedMessage: Message? = nil,
    lastEventTime: Int64 = 0, unread: Int64? = nil
  ) {
    self.id = id
    self.kind = kind
    self.isActive = isActive
    self.owner = owner
    self.title = title
    self.about = about
    self.link = link
    self.participants = participants
    self.participantsCount = participantsCount
    self.lastMessage = lastMessage
    self.pinnedMessage = pinnedMessage
    self.lastEventTime = lastEventTime
    self.unread = unread
  }

  /// The other person of a dialog, seen by `owner`; nil in other chats and in the chat with oneself.
  public func partner(of owner: Int64) -> Int64? {
    guard kind == .dialog, id != 0 else { return nil }
    // A dialog's id is the exclusive or of the two user ids.
    return participants.keys.first { $0 != owner } ?? (id ^ owner)
  }
}

extension Chat: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    id = try object.requiredNumber("id")
    kind =
      switch object.text("type") {
      case "DIALOG": .dialog
      case "CHAT": .group
      case "CHANNEL": .channel
      case let other: .other(other ?? "")
      }
    isActive = !["LEFT", "REMOVED", "CLOSED"].contains(object.text("status"))
    owner = object.number("owner")
    title = object.name("title")
    about = object.text("description")
    link = object.text("link")
    participants = object.map("participants", of: WireMoment.self).entries.mapValues(\.value)
    participantsCount = object.count("participantsCount")
    lastMessage = object.optional("lastMessage")
    pinnedMessage = object.optional("pinnedMessage")
    lastEventTime = object.moment("lastEventTime") ?? 0
    unread = object.count("newMessages")
  }
}

/// Whether a chat may make itself heard (MAX protocol notes §3.2, `config.chats`).
public enum Mute: Sendable, Equatable {
  case off
  case always
  /// Wall-clock milliseconds at which it ends.
  case until(Int64)
}

extension Mute: WireDecodable {
  init(from value: TreeValue) throws {
    let time = try value.object().requiredNumber("dontDisturbUntil")
    self = time == 0 ? .off : time < 0 ? .always : .until(time.brought(to: WireBounds.moment))
  }
}
