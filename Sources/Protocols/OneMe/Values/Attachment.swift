/// What a message carries beside its text (MAX protocol notes §4.4).
public enum Attachment: Sendable, Equatable {
  case photo(url: String?, width: Int64?, height: Int64?)
  /// The duration is in milliseconds.
  case video(duration: Int64?, width: Int64?, height: Int64?)
  /// The size is in bytes.
  case file(name: String, size: Int64?)
  /// A voice note or music; the duration is in milliseconds.
  case audio(duration: Int64?)
  case sticker(url: String?)
  case share(url: String?, title: String?)
  case contact(id: Int64?, name: String?)
  /// A system line: "new", "add", "remove", "leave", "title", "pin", …, and whom it concerns.
  case control(event: String, title: String?, userIds: [Int64])
  case call(CallRecord)
  /// A kind this client does not show; the text is the server's name for it.
  case unsupported(String)
}

/// A call as the chat remembers it; the server writes it when the call is over.
public struct CallRecord: Sendable, Equatable {
  /// The server's id of the call.
  public var conversationId: String?
  /// Whether it was a video call.
  public var isVideo: Bool
  /// HUNGUP, CANCELED, REJECTED, MISSED, or another word of the server's.
  public var outcome: String?
  /// As the server gives it, in milliseconds; 0 for a call nobody took.
  public var duration: Int64?
  /// User ids of those who took part.
  public var participants: [Int64]

  /// A call with these fields.
  public init(
    conversationId: String?, isVideo: Bool, outcome: String?, duration: Int64? = nil,
    participants: [Int64] = []
  ) {
    self.conversationId = conversationId
    self.isVideo = isVideo
    self.outcome = outcome
    self.duration = duration
    self.participants = participants
  }
}

extension Attachment: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    let type = object.text("_type") ?? "?"
    self =
      switch type {
      case "PHOTO":
        .photo(
          url: object.text("baseUrl"), width: object.number("width"),
          height: object.number("height"))
      case "VIDEO":
        .video(
          duration: object.number("duration"), width: object.number("width"),
          height: object.number("height"))
      case "FILE": .file(name: object.text("name") ?? "", size: object.number("size"))
      case "AUDIO": .audio(duration: object.number("duration"))
      case "STICKER": .sticker(url: object.text("url"))
      case "SHARE": .share(url: object.text("url"), title: object.text("title"))
      case "CONTACT": .contact(id: object.number("contactId"), name: object.text("name"))
      case "CONTROL":
        .control(
          event: object.text("event") ?? "", title: object.text("title"),
          userIds: object.numbers("userIds") + [object.number("userId")].compactMap(\.self))
      case "CALL": .call(try CallRecord(from: decoder))
      default: .unsupported(type)
      }
  }
}

extension CallRecord: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    conversationId = object.text("conversationId")
    isVideo = object.text("callType") == "VIDEO"
    outcome = object.text("hangupType")
    duration = object.number("duration")
    participants = object.numbers("contactIds")
  }
}
