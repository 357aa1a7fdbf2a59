extension Attachment {
  /// The attachment in one line, for where nothing better can be shown. Parts of it are the sender's
  /// words: make control characters visible before it reaches a screen.
  public var summary: String {
    switch self {
    case .photo(_, let width, let height, _): Self.join("photo", Self.size(width, height))
    case .video(let duration, let width, let height, _):
      Self.join("video", Self.length(duration), Self.size(width, height))
    case .file(let name, let bytes, _):
      Self.join("file", name, bytes.map { "\($0) bytes" })
    case .audio(let duration, _): Self.join("voice", Self.length(duration))
    case .sticker: "sticker"
    case .share(let url, let title): Self.join("link", title, url)
    case .contact(let id, let name): Self.join("contact", name ?? id.map(String.init))
    case .control(let event, let title, let users):
      Self.join("note", event, title, users.map(String.init).joined(separator: " "))
    case .call(let call):
      Self.join(call.isVideo ? "video call" : "call", call.outcome, Self.length(call.duration))
    case .keyboard(let rows): Self.join("buttons", rows.joined().joined(separator: " | "))
    case .location(let latitude?, let longitude?): "location: \(latitude), \(longitude)"
    case .location: "location"
    case .poll(let question, let answers):
      Self.join("poll", question, answers.joined(separator: " | "))
    case .app(let title): Self.join("app", title)
    case .present(let title): Self.join("present", title)
    case .unsupported(let kind): "[unsupported: \(kind)]"
    }
  }

  /// What is known, behind the kind.
  private static func join(_ kind: String, _ details: String?...) -> String {
    let known = details.compactMap(\.self).filter { !$0.isEmpty }
    return known.isEmpty ? kind : "\(kind): \(known.joined(separator: ", "))"
  }

  private static func size(_ width: Int64?, _ height: Int64?) -> String? {
    guard let width, let height else { return nil }
    return "\(width)×\(height)"
  }

  /// Minutes and seconds of a length in milliseconds; nothing of 0.
  private static func length(_ milliseconds: Int64?) -> String? {
    guard let milliseconds, milliseconds > 0 else { return nil }
    let seconds = milliseconds / 1000
    return "\(seconds / 60):\(seconds % 60 < 10 ? "0" : "")\(seconds % 60)"
  }
}
