import JSON

/// A message with what its chat becomes through it (MAX protocol notes §3.1, opcode 128).
public struct MessageArrival: Sendable, Equatable {
  /// The chat it is in.
  public var chatId: Int64
  /// The message itself; an edited or removed one comes again under its id.
  public var message: Message
  /// How many messages of the chat are unread now.
  public var unread: Int64?
  /// Up to which time the account's owner has read, in wall-clock milliseconds.
  public var mark: Int64?
  /// The message before it; if that is not known, something was missed.
  public var previousId: Int64?
  /// The chat, when it is new.
  public var chat: Chat?
  /// What an acknowledgement needs; nil for what no server waits to hear of.
  var receipt: DeliveryReceipt?

  /// An arrival with these fields.
  public init(
    chatId: Int64, message: Message, unread: Int64? = nil, mark: Int64? = nil,
    previousId: Int64? = nil, chat: Chat? = nil
  ) {
    self.chatId = chatId
    self.message = message
    self.unread = unread
    self.mark = mark
    self.previousId = previousId
    self.chat = chat
  }
}

extension MessageArrival: WireDecodable {
  init(from value: TreeValue) throws {
    let object = try value.object()
    chatId = try object.requiredNumber("chatId")
    message = try object.required("message", as: Message.self)
    unread = object.count("unread")
    mark = object.moment("mark")
    previousId = object.number("prevMessageId")
    chat = object.optional("chat")
  }
}

/// Which frame brought a message, for the answer that acknowledges it.
struct DeliveryReceipt: Sendable, Equatable {
  /// A connection, for as long as anybody remembers what came on it. Sequence numbers start anew with
  /// each: a message that came on an earlier one must not be acknowledged on a later one.
  final class Connection: Sendable {}

  var header: FrameHeader
  var connection: Connection

  static func == (left: DeliveryReceipt, right: DeliveryReceipt) -> Bool {
    left.header == right.header && left.connection === right.connection
  }
}
