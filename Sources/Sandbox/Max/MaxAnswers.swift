/// What the server answers and pushes, by opcode (MAX protocol notes §3.1).
enum MaxAnswer {
  /// 6
  struct Hello: Encodable {
    let location = "RU"
    let countryCodes = ["RU"]
    let phoneAuthEnabled = true
    let appUpdateType = 0
    let lang = "ru"

    enum CodingKeys: String, CodingKey {
      case location, lang
      case countryCodes = "reg-country-code"
      case phoneAuthEnabled = "phone-auth-enabled"
      case appUpdateType = "app-update-type"
    }
  }

  /// 17
  struct Verification: Encodable {
    let token: String
    let codeLength = SignInDesk.codeLength
    let requestMaxDuration = 60_000
    let requestCountLeft: Int
    let altActionDuration = 60_000

    enum CodingKeys: CodingKey {
      case token, codeLength, requestMaxDuration, requestCountLeft, altActionDuration
    }
  }

  /// 18, 115, 291: either a token or a question for the password
  struct SignIn: Encodable {
    struct Attributes: Encodable {
      let login: Token
      enum CodingKeys: String, CodingKey { case login = "LOGIN" }
    }
    struct Challenge: Encodable {
      let trackId: String
      let hint: String
    }
    var tokenAttrs: Attributes?
    var profile: Profile?
    var passwordChallenge: Challenge?
  }

  struct Token: Encodable { let token: String }

  /// The account's own person. `phone` stands twice: older clients read it at the top.
  struct Profile: Encodable {
    let contact: ContactObject
    let phone: Int64?
    let profileOptions: [String] = []

    init(_ person: Person) {
      contact = ContactObject(person)
      phone = person.phone
    }

    enum CodingKeys: CodingKey { case contact, phone, profileOptions }
  }

  /// 19
  struct Login: Encodable {
    struct Drafts: Encodable {
      struct Shelf: Encodable {
        let saved = EmptyPayload()
        let discarded = EmptyPayload()
        enum CodingKeys: CodingKey { case saved, discarded }
      }
      let chats = Shelf()
      let users = Shelf()
      enum CodingKeys: CodingKey { case chats, users }
    }
    struct Configuration: Encodable {
      struct Chat: Encodable { let dontDisturbUntil: Int64 }
      let chats: [String: Chat]
      let server = ["max-msg-length": 4000, "edit-timeout": 604_800, "presence-ttl": 300]
      let user = ["PUSH_SOUND": "oki.aiff"]
      let hash = "0000"
      enum CodingKeys: CodingKey { case chats, server, user, hash }
    }
    let profile: Profile
    let chats: [ChatObject]
    let contacts: [ContactObject]
    let messages = EmptyPayload()
    let presence: [String: PresenceObject]
    let drafts = Drafts()
    let config: Configuration
    let time: Int64
    let chatMarker: Int64

    enum CodingKeys: CodingKey {
      case profile, chats, contacts, messages, presence, drafts, config, time, chatMarker
    }
  }

  /// 32
  struct Contacts: Encodable { let contacts: [ContactObject] }
  /// 35
  struct Presence: Encodable { let presence: [String: PresenceObject] }
  /// 48, 53
  struct Chats: Encodable {
    let chats: [ChatObject]
    var marker: Int64?
  }
  /// 49, 71
  struct Messages: Encodable { let messages: [Message.Object] }
  /// 50
  struct Mark: Encodable {
    let unread: Int
    let mark: Int64
  }
  /// 64
  struct Sent: Encodable {
    let chatId: Int64
    let message: Message.Object
    let unread: Int
    let mark: Int64
  }
  /// 66
  struct Deleted: Encodable { let messageIds: [String] }
  /// 67
  struct Edited: Encodable { let message: Message.Object }
  /// 158, "CallTokenRequest"
  struct CallToken: Encodable {
    let token: String
    let lifetime: Int64
    let refresh: Int64

    enum CodingKeys: String, CodingKey {
      case token
      case lifetime = "token_lifetime_ts"
      case refresh = "token_refresh_ts"
    }
  }
  /// 163
  struct CallHistory: Encodable {
    struct Item: Encodable {
      let historyId: Int
      let callId: String
      let callerId: Int64
      let chatId: Int64
      let messageId: Int64?
      let callType: String
      let hangupType: String?
      let time: Int64
    }
    let callHistoryItems: [Item]
    let callHistorySync: Int64
    let reset: Bool
  }
  /// 178, 179
  struct Reactions: Encodable { let reactionInfo: Message.ReactionInfo }
  /// 288
  struct QR: Encodable {
    let qrLink: String
    let trackId: String
    let pollingInterval = 5000
    let ttl = SignInDesk.qrLifetime
    let expiresAt: Int64
    enum CodingKeys: CodingKey { case qrLink, trackId, pollingInterval, ttl, expiresAt }
  }
  /// 289
  struct QRStatus: Encodable {
    struct Status: Encodable {
      let expiresAt: Int64
      let loginAvailable: Bool
    }
    let status: Status
  }
}

/// What the server tells unasked.
enum MaxPush {
  /// 3
  struct Redirect: Encodable { let redirectHost: String }
  /// 128
  struct NewMessage: Encodable {
    let chatId: Int64
    let message: Message.Object
    /// The one before it; a client that does not know it has missed something.
    let prevMessageId: String?
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
    let messageIds: [String]
  }
  /// 155
  struct Reactions: Encodable {
    let chatId: Int64
    let messageId: String
    let counters: [Message.Counter]
    let totalCount: Int
    let yourReaction: String?
  }
}
