import Cryptography
import JSON

/// What the server answers to a login: everything, or what changed since the marker that was sent
/// (seed 000, ChatSyncRequest; MAX protocol notes §3.2).
///
/// Merge it into what is known, never replace: after a login with a marker it holds changes alone.
public struct Snapshot: Sendable, Equatable {
  /// The account's owner.
  public var profile: Contact?
  /// In no particular order.
  public var chats: [Chat]
  /// The address book; other people are asked for with `OneMeClient.contacts(_:)`.
  public var contacts: [Contact]
  /// Messages by chat; nearly always empty.
  public var messages: [Int64: [Message]]
  /// Who is there, by user id.
  public var presence: [Int64: Presence]
  /// Chats that are not to be heard, by chat id.
  public var mutes: [Int64: Mute]
  /// What was being written, here or on another device.
  public var drafts: Drafts
  /// Bounds that the server names.
  public var limits: ServerLimits
  /// Where `OneMeClient.chats(before:count:)` goes on; nil if the server did not say.
  public var chatMarker: Int64?
  /// The server's clock in wall-clock milliseconds: the marker of the next login.
  public var time: Int64?
  /// A login token that replaces the one that was sent.
  public var token: Secret?
  /// Chats, contacts and other entries that could not be read and were left out.
  public var skipped: Int

  /// An answer with these fields.
  public init(
    profile: Contact? = nil, chats: [Chat] = [], contacts: [Contact] = [],
    messages: [Int64: [Message]] = [:], presence: [Int64: Presence] = [:],
    mutes: [Int64: Mute] = [:], drafts: Drafts = Drafts(), limits: ServerLimits = ServerLimits(),
    chatMarker: Int64? = nil, time: Int64? = nil, token: Secret? = nil, skipped: Int = 0
  ) {
    self.profile = profile
    self.chats = chats
    self.contacts = contacts
    self.messages = messages
    self.presence = presence
    self.mutes = mutes
    self.drafts = drafts
    self.limits = limits
    self.chatMarker = chatMarker
    self.time = time
    self.token = token
    self.skipped = skipped
  }
}

extension Snapshot: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    let chats = object.list("chats", of: Chat.self)
    let contacts = object.list("contacts", of: Contact.self)
    let messages = object.map("messages", of: WireList<Message>.self)
    let presence = object.map("presence", of: Presence.self)
    let config = object.nested("config")
    self.init(
      profile: object.nested("profile")?.optional("contact"),
      chats: chats.elements, contacts: contacts.elements,
      messages: messages.entries.mapValues(\.elements), presence: presence.entries,
      mutes: config?.map("chats", of: Mute.self).entries ?? [:],
      drafts: Drafts(object.nested("drafts")),
      limits: config?.optional("server") ?? ServerLimits(), chatMarker: object.number("chatMarker"),
      time: object.moment("time"), token: object.optional("token"),
      skipped: chats.skipped + contacts.skipped + messages.skipped + presence.skipped
        + messages.entries.values.reduce(0) { $0 + $1.skipped })
  }
}

/// Bounds that the server names in a login's answer (MAX protocol notes §3.2, `config.server`).
public struct ServerLimits: Sendable, Equatable {
  /// How many characters a message may have.
  public var messageLength: Int?
  /// How long after sending a message can be edited.
  public var editWindow: Duration?
  /// How long a presence is worth believing.
  public var presenceLifetime: Duration?

  /// Bounds with these values.
  public init(
    messageLength: Int? = nil, editWindow: Duration? = nil, presenceLifetime: Duration? = nil
  ) {
    self.messageLength = messageLength
    self.editWindow = editWindow
    self.presenceLifetime = presenceLifetime
  }
}

extension ServerLimits: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    messageLength = object.count("max-msg-length").flatMap(Int.init(exactly:))
    editWindow = object.count("edit-timeout").map { .seconds($0) }
    presenceLifetime = object.count("presence-ttl").map { .seconds($0) }
  }
}
