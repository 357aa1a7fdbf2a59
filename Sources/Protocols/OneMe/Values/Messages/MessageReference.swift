import JSON

/// The message that another one answers or passes on.
public struct MessageReference: Sendable, Equatable {
  /// What is done with the other message.
  public enum Kind: Sendable, Equatable { case reply, forward }

  /// What is done with the other message.
  public var kind: Kind
  /// The other message's id, if the server said it.
  public var messageId: Int64?
  /// Who wrote the other message.
  public var sender: Int64?
  /// The other message's text; may be empty.
  public var text: String
  /// Stretches of that text that mean or look something special.
  public var spans: [TextSpan]
  /// What comes with that text.
  public var attachments: [Attachment]
  /// Where a forwarded message stood.
  public var chatName: String?
  /// The chat in which a forwarded message stood.
  public var chatId: Int64?
  /// As in `Message.cutBytes`.
  public var cutBytes = 0

  /// A reference with these fields.
  public init(
    kind: Kind, messageId: Int64?, sender: Int64?, text: String, spans: [TextSpan] = [],
    attachments: [Attachment] = [], chatName: String? = nil, chatId: Int64? = nil
  ) {
    self.kind = kind
    self.messageId = messageId
    self.sender = sender
    self.text = text
    self.spans = spans
    self.attachments = attachments
    self.chatName = chatName
    self.chatId = chatId
  }
}

extension MessageReference: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    switch object.text("type") {
    case "REPLY": kind = .reply
    case "FORWARD": kind = .forward
    default:
      throw value.corrupted("neither reply nor forward")
    }
    let message = object.nested("message")
    messageId = message?.number("id") ?? object.number("messageId")
    sender = message?.number("sender")
    (text, cutBytes) = message?.textAndCut("text") ?? ("", 0)
    spans = message?.parts("elements", of: TextSpan.self) ?? []
    attachments =
      message?.parts("attaches", of: Attachment.self, limit: WireBounds.attachments) ?? []
    chatName = object.name("chatName")
    chatId = object.number("chatId")
  }
}
