import Cryptography

/// A message to be sent (MAX protocol notes §3.1, opcode 64).
public struct OutgoingMessage: Sendable, Equatable {
  /// What is done with another message.
  public enum Reference: Sendable, Equatable {
    /// Answers it; it has to be of the same chat.
    case reply(messageId: Int64)
    /// Passes it on, with all it holds; the text stays empty.
    case forward(chatId: Int64, messageId: Int64)
  }

  /// The number by which the server knows a repetition: it takes each number once and answers another
  /// request with the same message. Keep it with the message until it is known to be sent; wall-clock
  /// milliseconds of writing will do.
  public var clientId: Int64
  /// At most `ServerLimits.messageLength` characters; may be empty beside attachments.
  public var text: String
  /// Stretches of the text that mean or look something special.
  public var spans: [TextSpan]
  /// What was uploaded before.
  public var attachments: [OutgoingAttachment]
  /// Another message that this one answers or passes on.
  public var reference: Reference?
  /// Whether it arrives without a sound.
  public var isSilent: Bool

  /// A message with these fields.
  public init(
    clientId: Int64, text: String, spans: [TextSpan] = [], attachments: [OutgoingAttachment] = [],
    reference: Reference? = nil, isSilent: Bool = false
  ) {
    self.clientId = clientId
    self.text = text
    self.spans = spans
    self.attachments = attachments
    self.reference = reference
    self.isSilent = isSilent
  }
}

/// Something on the server that goes with a message (MAX protocol notes §4.4, "Outgoing").
public enum OutgoingAttachment: Sendable, Equatable {
  case photo(token: Secret)
  case video(id: Int64, token: Secret)
  case file(id: Int64)

  /// The same as a message received has it, for sending it on or keeping it through an edit; nil for
  /// what can only be made by the server or lacks what names it.
  public init?(_ attachment: Attachment) {
    switch attachment {
    case .photo(_, _, _, let source):
      guard let token = source.token else { return nil }
      self = .photo(token: token)
    case .video(_, _, _, let source):
      guard let id = source.id, let token = source.token else { return nil }
      self = .video(id: id, token: token)
    case .file(_, _, let source):
      guard let id = source.id else { return nil }
      self = .file(id: id)
    default: return nil
    }
  }
}

/// Whom a message is for.
public enum Recipient: Sendable, Equatable {
  case chat(Int64)
  /// A person with whom there is no dialog yet; the answer names the chat.
  case user(Int64)
}

extension OutgoingMessage: Encodable {
  private enum CodingKeys: String, CodingKey { case text, cid, elements, attaches, link }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(text, forKey: .text)
    try object.encode(clientId, forKey: .cid)
    try object.encode(spans, forKey: .elements)
    try object.encode(attachments, forKey: .attaches)
    try object.encodeIfPresent(reference, forKey: .link)
  }
}

extension OutgoingMessage.Reference: Encodable {
  private enum CodingKeys: String, CodingKey { case type, chatId, messageId }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .reply(let messageId):
      try object.encode("REPLY", forKey: .type)
      try object.encode(MessageID(messageId), forKey: .messageId)
    case .forward(let chatId, let messageId):
      try object.encode("FORWARD", forKey: .type)
      try object.encode(chatId, forKey: .chatId)
      try object.encode(MessageID(messageId), forKey: .messageId)
    }
  }
}

extension OutgoingAttachment: Encodable {
  private enum CodingKeys: String, CodingKey {
    case type = "_type"
    case photoToken, videoId, token, fileId
  }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    switch self {
    case .photo(let token):
      try object.encode("PHOTO", forKey: .type)
      try object.encode(token, forKey: .photoToken)
    case .video(let id, let token):
      try object.encode("VIDEO", forKey: .type)
      try object.encode(id, forKey: .videoId)
      try object.encode(token, forKey: .token)
    case .file(let id):
      try object.encode("FILE", forKey: .type)
      try object.encode(id, forKey: .fileId)
    }
  }
}

extension TextSpan: Encodable {
  private enum CodingKeys: String, CodingKey { case type, from, length, attributes, entityId }

  public func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: CodingKeys.self)
    try object.encode(kind, forKey: .type)
    try object.encode(start, forKey: .from)
    try object.encode(length, forKey: .length)
    if let url { try object.encode(["url": url], forKey: .attributes) }
    try object.encodeIfPresent(userId, forKey: .entityId)
  }
}
