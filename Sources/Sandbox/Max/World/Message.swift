/// A message, as it is kept and as the protocol writes it (OneMe notes §4.2).
struct Message: Sendable, Codable {
  /// What a message answers or repeats.
  struct Link: Sendable, Codable {
    let type: String
    let chatId: Int64
    let message: Quoted
  }

  /// The linked message without its own links.
  struct Quoted: Sendable, Codable {
    let id: MessageID
    let time: Int64
    let type: String
    let sender: Int64?
    let text: String
    let attaches: [SandboxAttachment]
  }

  /// A stretch of formatting; offsets count UTF-16 units.
  struct Element: Sendable, Codable {
    struct Attributes: Sendable, Codable { let url: String? }
    let type: String
    var from: Int?
    var length: Int?
    var attributes: Attributes?
  }

  struct Counter: Sendable, Encodable {
    let reaction: String
    let count: Int
  }

  let id: Int64
  let time: Int64
  /// nil for a channel's post.
  let sender: Int64?
  var text: String
  /// The number a client gave it, so that sending again does not send twice.
  var clientID: Int64?
  var attaches: [SandboxAttachment] = []
  var elements: [Element] = []
  var link: Link?
  var editedAt: Int64?
  var isRemoved = false
  /// Who deleted it for himself alone.
  var hiddenFrom: Set<Int64> = []
  /// Emoji by person.
  var reactions: [Int64: String] = [:]

  var quoted: Quoted {
    Quoted(
      id: MessageID(id), time: time, type: type, sender: sender, text: text, attaches: attaches)
  }

  var counters: [Counter] {
    Dictionary(grouping: reactions.values, by: \.self)
      .map { Counter(reaction: $0.key, count: $0.value.count) }
      .sorted { ($1.count, $0.reaction) < ($0.count, $1.reaction) }
  }

  private var type: String { sender == nil ? "CHANNEL" : "USER" }
}

extension Message {
  /// The message as `viewer` sees it.
  func object(for viewer: Int64) -> Object { Object(message: self, viewer: viewer) }

  struct Object: Encodable {
    let message: Message
    let viewer: Int64

    enum CodingKeys: CodingKey {
      case id, time, type, sender, text, cid, attaches, elements, link, status, updateTime
      case reactionInfo
    }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: CodingKeys.self)
      try object.encode(MessageID(message.id), forKey: .id)
      try object.encode(message.time, forKey: .time)
      try object.encode(message.type, forKey: .type)
      try object.encodeIfPresent(message.sender, forKey: .sender)
      try object.encode(message.text, forKey: .text)
      try object.encodeIfPresent(message.clientID, forKey: .cid)
      try object.encode(message.attaches, forKey: .attaches)
      if !message.elements.isEmpty { try object.encode(message.elements, forKey: .elements) }
      try object.encodeIfPresent(message.link, forKey: .link)
      let status = message.isRemoved ? "REMOVED" : message.editedAt.map { _ in "EDITED" }
      try object.encodeIfPresent(status, forKey: .status)
      try object.encodeIfPresent(message.editedAt, forKey: .updateTime)
      if !message.reactions.isEmpty {
        try object.encode(ReactionInfo(message, viewer: viewer), forKey: .reactionInfo)
      }
    }
  }

  struct ReactionInfo: Encodable {
    let counters: [Counter]
    let totalCount: Int
    let yourReaction: String?

    init(_ message: Message, viewer: Int64) {
      counters = message.counters
      totalCount = message.reactions.count
      yourReaction = message.reactions[viewer]
    }
  }
}
