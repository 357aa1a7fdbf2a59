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

extension Attachment: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    let type = object.text("_type") ?? "?"
    self =
      switch type {
      case "PHOTO":
        .photo(
          url: object.text("baseUrl"), width: object.count("width"),
          height: object.count("height"),
          source: MediaSource(object, id: "photoId", token: "photoToken", url: "baseUrl"))
      case "VIDEO":
        .video(
          duration: object.span("duration"), width: object.count("width"),
          height: object.count("height"), source: MediaSource(object, id: "videoId"))
      case "FILE":
        .file(
          name: object.text("name") ?? "", size: object.size("size"),
          source: MediaSource(object, id: "fileId"))
      case "AUDIO":
        .audio(
          duration: object.span("duration"),
          source: MediaSource(object, id: "audioId", url: "url"))
      case "STICKER": .sticker(url: object.text("url"))
      case "SHARE": .share(url: object.text("url"), title: object.text("title"))
      case "CONTACT": .contact(id: object.number("contactId"), name: object.text("name"))
      case "CONTROL":
        .control(
          event: object.text("event") ?? "", title: object.text("title"),
          userIds: object.numbers("userIds") + [object.number("userId")].compactMap(\.self))
      case "CALL": .call(try CallRecord(from: decoder))
      case "INLINE_KEYBOARD":
        .keyboard(
          object.nested("keyboard")?.list("buttons", of: WireList<Button>.self).elements
            .map { $0.elements.map(\.text) } ?? [])
      case "LOCATION":
        .location(latitude: object.optional("latitude"), longitude: object.optional("longitude"))
      case "POLL":
        .poll(
          question: object.text("title"),
          answers: object.list("answers", of: Button.self).elements.map(\.text))
      case "APP": .app(title: object.text("title") ?? object.text("name"))
      case "PRESENT": .present(title: object.text("title") ?? object.text("text"))
      default: .unsupported(type)
      }
  }
}

/// Something with a label.
private struct Button: Decodable {
  var text: String

  init(from decoder: any Decoder) throws {
    text = try decoder.object().decode(String.self, forKey: "text")
  }
}
