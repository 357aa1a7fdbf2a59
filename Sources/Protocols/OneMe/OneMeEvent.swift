/// What a MAX server tells of its own accord.
public enum OneMeEvent: Sendable, Equatable {
  /// A message is new, was edited or was removed: its status says which. It may come twice; its id
  /// does not change.
  case message(MessageArrival)
  case messagesDeleted(chatId: Int64, messageIds: [Int64])
  /// Somebody is typing, recording or choosing: "TEXT", "AUDIO", …; show it for some 8 seconds.
  case typing(chatId: Int64, userId: Int64, kind: String)
  /// `userId` (perhaps the account's owner, elsewhere) has read up to `mark`, in wall-clock
  /// milliseconds; `asUnread` means they set it back.
  case marked(chatId: Int64, userId: Int64, mark: Int64, asUnread: Bool)
  case presence(userId: Int64, Presence)
  /// Replace the chat; drop it if it is not active any more.
  case chat(Chat)
  case contact(Contact)
  case mutes([Int64: Mute])
  case reactions(chatId: Int64, messageId: Int64, Reactions)
  case incomingCall(IncomingCall)
  /// The server ended this session; the login token is void and the line is closed.
  case signedOut
  /// The server wants this client elsewhere and the line is closed.
  case redirected(host: String?)
  /// A ping was answered; the time it took.
  case roundTrip(Duration)
  /// A frame that could not be read and was passed over. The text is this client's own.
  case unreadable(opcode: Opcode?, reason: String)
}

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

extension MessageArrival: Decodable {
  public init(from decoder: any Decoder) throws {
    let object = try decoder.object()
    chatId = try object.requiredNumber("chatId")
    message = try object.decode(Message.self, forKey: "message")
    unread = object.number("unread")
    mark = object.number("mark")
    previousId = object.number("prevMessageId")
    chat = object.optional("chat")
  }
}
