/// What the server answers and pushes, by opcode (OneMe notes §3.1).
enum MaxAnswer {
  /// 6
  struct Hello: Encodable {
    let location = "RU"
    let countryCodes = ["RU"]
    let phoneAuthEnabled: Bool
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
    let codeLength = SignInService.codeLength
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

  /// 19, 22, 134: which chats are silent, and limits that clients may rely on
  struct Configuration: Encodable {
    struct Chat: Encodable { let dontDisturbUntil: Int64 }
    let chats: [String: Chat]
    let server = [
      "max-msg-length": MaxLimits.textLength, "edit-timeout": MaxLimits.editSeconds,
      "presence-ttl": 300, "max-readmarks": 100,
    ]
    let user = ["PUSH_SOUND": "oki.aiff"]
    let hash: String
    enum CodingKeys: CodingKey { case chats, server, user, hash }
  }

  /// 19, 152
  struct Drafts: Encodable {
    struct Shelf: Encodable {
      let saved: [String: SavedDraft]
      let discarded = EmptyPayload()
      enum CodingKeys: CodingKey { case saved, discarded }
    }
    let chats: Shelf
    let users: Shelf
  }

  /// 19
  struct Login: Encodable {
    let profile: Profile
    let chats: [ChatObject]
    let contacts: [ContactObject]
    let messages = EmptyPayload()
    let presence: [String: PresenceObject]
    let drafts: Drafts
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
  /// 46
  struct Contact: Encodable { let contact: ContactObject }
  /// 48, 53
  struct Chats: Encodable {
    let chats: [ChatObject]
    var marker: Int64?
  }
  /// 49, 71
  struct Messages: Encodable {
    let messages: [Message.Object]
    var chat: ChatObject?
  }
  /// 50
  struct Mark: Encodable {
    let unread: Int
    let mark: Int64
  }
  /// 59
  struct Members: Encodable {
    struct Member: Encodable {
      let contact: ContactObject
      let presence: PresenceObject?
      let readMark: Int64
    }
    let members: [Member]
    let marker: Int64
  }
  /// 64
  struct Sent: Encodable {
    let chatId: Int64
    let message: Message.Object
    let unread: Int
    let mark: Int64
  }
  /// 66
  struct Deleted: Encodable {
    let messageIds: [MessageID]
    let failedMessageIds: [MessageID]
  }
  /// 67
  struct Edited: Encodable { let message: Message.Object }
  /// 73; `marker` asks for the next page, 0 at the end
  struct Found: Encodable {
    struct Hit: Encodable {
      let chatId: Int64
      let message: Message.Object
    }
    let result: [Hit]
    let total: Int
    let marker: Int64
  }
  /// 80
  struct PhotoUpload: Encodable { let url: String }
  /// 82, 87
  struct Uploads: Encodable {
    struct Info: Encodable {
      let url: String
      let fileId: Int64?
      let videoId: Int64?
      let audioId: Int64?
      let token: String
    }
    let info: [Info]
  }
  /// 88
  struct Download: Encodable {
    let url: String
    let unsafe = false
    enum CodingKeys: CodingKey { case url, unsafe }
  }
  /// 96
  struct Sessions: Encodable {
    struct Session: Encodable {
      let client: String
      let info: String
      let location: String
      let time: Int64
      let current: Bool
    }
    let sessions: [Session]
  }
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
      let durationMs: Int64?
    }
    let callHistoryItems: [Item]
    let callHistorySync: Int64
    let reset: Bool
  }
  /// 178, 179
  struct Reactions: Encodable { let reactionInfo: Message.ReactionInfo }
  /// 180
  struct AllReactions: Encodable { let messagesReactions: [String: Message.ReactionInfo] }
  /// 181
  struct Reactors: Encodable {
    struct Reactor: Encodable {
      let userId: Int64
      let reaction: String
    }
    let reactions: [Reactor]
  }
  /// 224
  struct Captcha: Encodable { let link: String }
  /// 288
  struct QR: Encodable {
    let qrLink: String
    let trackId: String
    let pollingInterval = 5000
    let ttl = SignInService.qrLifetime
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
