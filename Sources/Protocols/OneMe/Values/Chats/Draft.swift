import JSON

/// A message that its writer has not sent yet, the same on all their devices (MAX protocol notes
/// §3.1, opcodes 152 and 176; §3.2, `drafts`).
public struct Draft: Sendable, Equatable {
  /// What has been written so far.
  public var text: String
  /// Wall-clock milliseconds of the newest change.
  public var time: Int64?

  /// A draft with these fields.
  public init(text: String, time: Int64? = nil) {
    self.text = text
    self.time = time
  }
}

extension Draft: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    // Both places were seen named; only one source describes either.
    text = object.text("text") ?? object.nested("message")?.text("text") ?? ""
    time = object.moment("time") ?? object.moment("updateTime")
  }
}

/// Whom a draft is for.
public enum DraftPlace: Sendable, Hashable {
  case chat(Int64)
  /// A person with whom there is no chat yet.
  case user(Int64)

  init(_ object: TreeObject) throws {
    if let chat = object.number("chatId") {
      self = .chat(chat)
    } else {
      self = .user(try object.requiredNumber("userId"))
    }
  }
}

/// Drafts as a login brings them.
public struct Drafts: Sendable, Equatable {
  /// By chat id.
  public var chats: [Int64: Draft]
  /// By user id, for dialogs that have no chat yet.
  public var users: [Int64: Draft]
  /// Chats whose draft was thrown away.
  public var discardedChats: Set<Int64>

  /// Drafts by whom they are for.
  public init(
    chats: [Int64: Draft] = [:], users: [Int64: Draft] = [:], discardedChats: Set<Int64> = []
  ) {
    self.chats = chats
    self.users = users
    self.discardedChats = discardedChats
  }
}

extension Drafts {
  init(_ object: TreeObject?) {
    let chats = object?.nested("chats")
    self.init(
      chats: chats?.map("saved", of: Draft.self).entries ?? [:],
      users: object?.nested("users")?.map("saved", of: Draft.self).entries ?? [:],
      discardedChats: Set(chats?.map("discarded", of: JSONValue.self).entries.map(\.key) ?? []))
  }
}
