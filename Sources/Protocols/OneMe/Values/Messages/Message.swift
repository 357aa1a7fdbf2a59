import JSON

/// One message of a chat (MAX protocol notes §4.2).
public struct Message: Sendable, Equatable {
  /// Whether the message is as it was sent.
  public enum Status: Sendable, Equatable { case normal, edited, removed }

  /// Unique on the server; about 18 digits.
  public var id: Int64
  /// Wall-clock milliseconds at which the server took it.
  public var time: Int64
  /// Nil for a post of a channel.
  public var sender: Int64?
  /// Empty when the message is attachments alone.
  public var text: String
  /// Stretches of the text that mean or look something special.
  public var spans: [TextSpan]
  /// What comes with the text, in its order.
  public var attachments: [Attachment]
  /// Whether the message is as it was sent.
  public var status: Status
  /// Wall-clock milliseconds of the newest edit.
  public var updateTime: Int64?
  /// The number its sender's client gave it, the same for every copy of it.
  public var clientId: Int64?
  /// The message that it answers or passes on.
  public var reference: MessageReference?
  /// What others think of it; nil if the server did not say.
  public var reactions: Reactions?
  /// How many saw it, in channels.
  public var views: Int64?
  /// Bytes that the text had beyond those that are taken; 0 for nearly every message.
  public var cutBytes = 0

  /// A message with these fields.
  public init(
    id: Int64, time: Int64, sender: Int64?, text: String, spans: [TextSpan] = [],
    attachments: [Attachment] = [], status: Status = .normal, updateTime: Int64? = nil,
    clientId: Int64? = nil, reference: MessageReference? = nil, reactions: Reactions? = nil,
    views: Int64? = nil
  ) {
    self.id = id
    self.time = time
    self.sender = sender
    self.text = text
    self.spans = spans
    self.attachments = attachments
    self.status = status
    self.updateTime = updateTime
    self.clientId = clientId
    self.reference = reference
    self.reactions = reactions
    self.views = views
  }
}

extension Message: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    id = try object.requiredNumber("id")
    time = object.moment("time") ?? 0
    sender = object.number("sender")
    (text, cutBytes) = object.textAndCut("text") ?? ("", 0)
    spans = object.parts("elements", of: TextSpan.self)
    attachments = object.parts("attaches", of: Attachment.self, limit: WireBounds.attachments)
    status =
      switch object.text("status") {
      case "EDITED": .edited
      case "REMOVED": .removed
      default: .normal
      }
    updateTime = object.moment("updateTime")
    clientId = object.number("cid")
    reference = object.optional("link")
    reactions = object.optional("reactionInfo")
    views = object.nested("stats")?.count("views")
  }
}

extension Message {
  /// Every address that the message names, once and in order: marked links, shared pages and bare
  /// addresses in the text. What they lead to is the sender's choice: show them before opening.
  public var links: [String] {
    let marked = spans.filter { $0.kind == "LINK" }.compactMap { span in
      span.url ?? span.range(in: text).map { String(text[$0]) }
    }
    let shared = attachments.compactMap { attachment in
      if case .share(let url?, _) = attachment { url } else { nil as String? }
    }
    var seen: Set<String> = []
    return (marked + Self.addresses(in: text) + shared)
      .filter { Self.isAddress($0) && seen.insert($0).inserted }
  }

  private static func addresses(in text: String) -> [String] {
    text.split(whereSeparator: \.isWhitespace).map { word in
      let bare = word.drop { "([{<\"«'".contains($0) }
      // Punctuation behind an address belongs to the sentence.
      return String(bare.reversed().drop { ".,;:!?)]}>\"»'".contains($0) }.reversed())
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    ["https://", "http://"].contains { text.lowercased().hasPrefix($0) && text.count > $0.count }
  }
}
