import Cryptography
import JSON

/// What a message carries beside its text (MAX protocol notes §4.4).
public enum Attachment: Sendable, Equatable {
  case photo(url: String?, width: Int64?, height: Int64?, source: MediaSource = MediaSource())
  /// The duration is in milliseconds.
  case video(
    duration: Int64?, width: Int64?, height: Int64?, source: MediaSource = MediaSource())
  /// The size is in bytes.
  case file(name: String, size: Int64?, source: MediaSource = MediaSource())
  /// A voice note or music; the duration is in milliseconds.
  case audio(duration: Int64?, source: MediaSource = MediaSource())
  case sticker(url: String?)
  case share(url: String?, title: String?)
  case contact(id: Int64?, name: String?)
  /// A system line: "new", "add", "remove", "leave", "title", "pin", …, and whom it concerns.
  case control(event: String, title: String?, userIds: [Int64])
  case call(CallRecord)
  /// The buttons that a bot offers, by their labels, row by row.
  case keyboard([[String]])
  /// In degrees.
  case location(latitude: Double?, longitude: Double?)
  case poll(question: String?, answers: [String])
  case app(title: String?)
  case present(title: String?)
  /// A kind this client does not show; the text is the server's name for it.
  case unsupported(String)
}

extension Attachment: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    let type = object.name("_type") ?? "?"
    self =
      switch type {
      case "PHOTO":
        .photo(
          url: object.address("baseUrl"), width: object.count("width"),
          height: object.count("height"),
          source: MediaSource(object, id: "photoId", token: "photoToken", url: "baseUrl"))
      case "VIDEO":
        .video(
          duration: object.span("duration"), width: object.count("width"),
          height: object.count("height"), source: MediaSource(object, id: "videoId"))
      case "FILE":
        .file(
          name: object.name("name") ?? "", size: object.size("size"),
          source: MediaSource(object, id: "fileId"))
      case "AUDIO":
        .audio(
          duration: object.span("duration"),
          source: MediaSource(object, id: "audioId", url: "url"))
      case "STICKER": .sticker(url: object.address("url"))
      case "SHARE": .share(url: object.address("url"), title: object.name("title"))
      case "CONTACT": .contact(id: object.number("contactId"), name: object.name("name"))
      case "CONTROL":
        .control(
          event: object.name("event") ?? "", title: object.name("title"),
          userIds: object.numbers("userIds").prefix(WireBounds.parts)
            + [object.number("userId")].compactMap(\.self))
      case "CALL": .call(try CallRecord(from: value))
      case "INLINE_KEYBOARD":
        .keyboard(
          object.nested("keyboard")?.parts("buttons", of: WireList<Button>.self)
            .map { $0.elements.prefix(WireBounds.parts).map(\.text) } ?? [])
      case "LOCATION":
        .location(latitude: object.optional("latitude"), longitude: object.optional("longitude"))
      case "POLL":
        .poll(
          question: object.text("title"),
          answers: object.parts("answers", of: Button.self).map(\.text))
      case "APP": .app(title: object.name("title") ?? object.name("name"))
      case "PRESENT": .present(title: object.name("title") ?? object.name("text"))
      default: .unsupported(type)
      }
  }
}

/// Something with a label.
private struct Button: WireDecodable {
  var text: String

  init(from value: TreeValue) throws {
    text = try value.object().required("text", as: String.self)
      .cut(toBytes: WireBounds.nameBytes)
  }
}

/// Where the content of an attachment can be had (MAX protocol notes §4.4).
public struct MediaSource: Sendable, Equatable {
  /// The server's number of the file, video, photo or voice note.
  public var id: Int64?
  /// What the sender's server asks for when the attachment is sent on.
  public var token: Secret?
  /// Where it can be had at once; files and videos have to be asked for.
  public var url: String?

  /// A source with these fields.
  public init(id: Int64? = nil, token: Secret? = nil, url: String? = nil) {
    self.id = id
    self.token = token
    self.url = url
  }

  init(_ object: TreeObject, id: TreeKey, token: TreeKey = "token", url: TreeKey? = nil) {
    self.init(
      id: object.number(id), token: object.address(token).map { Secret($0) },
      url: url.flatMap { object.address($0) })
  }
}

/// The server has worked through an upload (MAX protocol notes §3.1, opcode 136).
public struct ProcessedUpload: Sendable, Equatable {
  /// What was uploaded, by its number.
  public enum Media: Sendable, Hashable {
    case file(Int64)
    case video(Int64)
    case audio(Int64)
  }

  /// What was uploaded.
  public var media: Media
  /// Why it cannot be used, in the server's words; nil if it can.
  public var failure: String?

  /// An upload that is done with.
  public init(media: Media, failure: String? = nil) {
    self.media = media
    self.failure = failure
  }
}

extension ProcessedUpload: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    media =
      if let id = object.number("fileId") {
        .file(id)
      } else if let id = object.number("videoId") {
        .video(id)
      } else {
        .audio(try object.requiredNumber("audioId"))
      }
    failure = object.text("error")
  }
}
