/// What clients ask for, by opcode. A member that is missing or of another type is refused with its
/// name, so everything the documents call required is not optional here.
enum MaxRequest {
  /// 1
  struct Ping: Decodable { let interactive: Bool }

  /// 6, "ClientHello"
  struct Hello: Decodable {
    struct UserAgent: Decodable {
      let deviceType: String
      let locale: String
      let deviceLocale: String
      let osVersion: String
      let deviceName: String
      let headerUserAgent: String
      let appVersion: String
      let screen: String
      let timezone: String
    }
    let userAgent: UserAgent
    let deviceId: String
  }

  /// 17, "VerificationRequest"
  struct Verification: Decodable {
    enum Kind: String, Decodable {
      case start = "START_AUTH"
      case again = "RESEND"
    }
    let phone: String
    let type: Kind
    let language: String
  }

  /// 18, "CodeEnter"
  struct Code: Decodable {
    enum Kind: String, Decodable { case checkCode = "CHECK_CODE" }
    let token: String
    let verifyCode: String
    let authTokenType: Kind
  }

  /// 19, "ChatSyncRequest"
  struct Login: Decodable {
    let token: String
    let interactive: Bool
    let chatsCount: Int
    let chatsSync: Int64
    let contactsSync: Int64
    let presenceSync: Int64
    let draftsSync: Int64
  }

  /// 22: what it changes; mute is a time in ms, -1 for ever, 0 for not at all
  struct Configuration: Decodable {
    struct Settings: Decodable {
      struct Chat: Decodable { let dontDisturbUntil: Int64 }
      let chats: [String: Chat]?
      let user: [String: WireValue]?
    }
    let settings: Settings
  }

  /// 32, 35
  struct Contacts: Decodable { let contactIds: [Int64] }
  /// 46
  struct Phone: Decodable { let phone: String }
  /// 48
  struct Chats: Decodable { let chatIds: [Int64] }

  /// 49
  struct History: Decodable {
    let chatId: Int64
    let from: Int64
    let forward: Int
    let backward: Int
    let getMessages: Bool?
    let getChat: Bool?
    /// Nothing here is written for later.
    let itemType: Kind?

    enum Kind: String, Decodable {
      case regular = "REGULAR"
      case delayed = "DELAYED"
    }
  }

  /// 50
  struct Mark: Decodable {
    enum Kind: String, Decodable {
      case read = "READ_MESSAGE"
      case unread = "SET_AS_UNREAD"
    }
    let type: Kind
    let chatId: Int64
    let messageId: MessageID
    let mark: Int64
  }

  /// 53
  struct ChatsList: Decodable {
    let marker: Int64
    let count: Int?
  }

  /// 59
  struct Members: Decodable {
    let chatId: Int64
    let type: String?
    let marker: Int64?
    let count: Int?
  }

  /// 64
  struct Send: Decodable {
    struct Draft: Decodable {
      struct Link: Decodable {
        enum Kind: String, Decodable { case reply = "REPLY", forward = "FORWARD" }
        let type: Kind
        let messageId: MessageID
        let chatId: Int64?
      }
      /// What was uploaded, named as its kind wants it.
      struct Attachment: Decodable {
        let type: String
        let photoToken: String?
        let token: String?
        let fileId: Int64?
        let videoId: Int64?
        let audioId: Int64?
        let duration: Int?

        enum CodingKeys: String, CodingKey {
          case type = "_type"
          case photoToken, token, fileId, videoId, audioId, duration
        }
      }
      let text: String?
      let cid: Int64
      let elements: [Message.Element]?
      let attaches: [Attachment]?
      let link: Link?
    }
    let chatId: Int64?
    let userId: Int64?
    let message: Draft
  }

  /// 65
  struct Typing: Decodable {
    let chatId: Int64
    let type: String?
  }

  /// 66
  struct Delete: Decodable {
    let chatId: Int64
    let messageIds: [MessageID]
    let forMe: Bool
  }

  /// 67; both arrays are obligatory
  struct Edit: Decodable {
    let chatId: Int64
    let messageId: MessageID
    let text: String
    let elements: [Message.Element]
    let attachments: [Send.Draft.Attachment]
  }

  /// 71, 180
  struct Messages: Decodable {
    let chatId: Int64
    let messageIds: [MessageID]
  }

  /// 73
  struct Search: Decodable {
    let chatId: Int64?
    let query: String
    let count: Int
    let marker: Int64?
  }

  /// 75
  struct Subscription: Decodable {
    let chatId: Int64
    let subscribe: Bool
  }

  /// 80, 82, 87
  struct Upload: Decodable {
    let count: Int
    let type: Int?
  }

  /// 83
  struct Play: Decodable {
    let videoId: Int64
    let chatId: Int64
    let messageId: MessageID
  }

  /// 88
  struct Download: Decodable {
    let fileId: Int64
    let chatId: Int64
    let messageId: MessageID
  }

  /// 115
  struct Password: Decodable {
    let trackId: String
    let password: String
  }

  /// 128, a client's acknowledgement
  struct Receipt: Decodable {
    let chatId: Int64
    let messageId: MessageID
  }

  /// 163
  struct CallHistory: Decodable { let callHistorySync: Int64 }

  /// 167
  struct HangUp: Decodable {
    let conversationId: String
    let reason: String?
  }

  /// 176
  struct Draft: Decodable {
    let chatId: Int64
    let text: String
    let time: Int64
  }

  /// 177
  struct DraftChoice: Decodable { let chatId: Int64 }

  /// 178; without `reaction` 179
  struct Reaction: Decodable {
    struct Choice: Decodable {
      let reactionType: String
      let id: String
    }
    let chatId: Int64
    let messageId: MessageID
    let reaction: Choice?
  }

  /// 181
  struct Reactors: Decodable {
    let chatId: Int64
    let messageId: MessageID
    let count: Int
  }

  /// 224
  struct Captcha: Decodable {
    enum Source: String, Decodable { case auth }
    let source: Source
    let identifier: String
  }

  /// 289, 291
  struct Track: Decodable { let trackId: String }

  /// 290
  struct Approval: Decodable { let qrLink: String }
}
