/// What the server tells unasked (OneMe notes §3.1).
enum MaxPush {
  /// 3
  struct Redirect: Encodable { let redirectHost: String }
  /// 128
  struct NewMessage: Encodable {
    let chatId: Int64
    let message: Message.Object
    /// The one before it; a client that does not know it has missed something.
    let prevMessageId: MessageID?
    let unread: Int
    let mark: Int64
    let chat: ChatObject?
    let ttl = false
    enum CodingKeys: CodingKey { case chatId, message, prevMessageId, unread, mark, chat, ttl }
  }
  /// 129
  struct Typing: Encodable {
    let chatId: Int64
    let userId: Int64
    let type: String
  }
  /// 130
  struct Mark: Encodable {
    let chatId: Int64
    let userId: Int64
    let mark: Int64
    let setAsUnread: Bool
  }
  /// 132
  struct Presence: Encodable {
    let userId: Int64
    let presence: PresenceObject
  }
  /// 134
  struct Configuration: Encodable { let config: MaxAnswer.Configuration }
  /// 135
  struct Chat: Encodable { let chat: ChatObject }
  /// 136
  struct Attach: Encodable {
    let fileId: Int64?
    let videoId: Int64?
    let audioId: Int64?
    let error: String?
  }
  /// 137, "WaitForIncomingCall"
  struct IncomingCall: Encodable {
    let vcp: String
    let callerId: Int64
    let conversationId: String
    let type: String
    let chatId: Int64 = 0
    let isContact: Bool
    enum CodingKeys: CodingKey { case vcp, callerId, conversationId, type, chatId, isContact }
  }
  /// 142
  struct Deleted: Encodable {
    let chatId: Int64
    let messageIds: [MessageID]
  }
  /// 152, without a draft 153
  struct Draft: Encodable {
    let chatId: Int64
    let draft: SavedDraft?
  }
  /// 155
  struct Reactions: Encodable {
    let chatId: Int64
    let messageId: MessageID
    let counters: [Message.Counter]
    let totalCount: Int
    let yourReaction: String?
  }
}
