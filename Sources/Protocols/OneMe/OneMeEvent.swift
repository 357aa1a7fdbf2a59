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
  /// The account's own reaction changed on another device; nil if it was taken back.
  case ownReaction(chatId: Int64, messageId: Int64, String?)
  /// All messages between two moments, in wall-clock milliseconds, are gone.
  case messagesDeletedBetween(chatId: Int64, start: Int64, end: Int64)
  /// What is being written on another device; nil if it was thrown away.
  case draft(DraftPlace, Draft?)
  /// A message is to be sent later, or no longer is.
  case delayedMessage(MessageArrival)
  /// The account's owner has changed.
  case profile(Contact)
  /// An upload was processed: what it goes with can be sent now.
  case uploadReady(ProcessedUpload)
  case incomingCall(IncomingCall)
  case callHistory(CallHistoryChange)
  /// The server ended this session; the login token is void and the connection is closed.
  case signedOut
  /// The server wants this client elsewhere and the connection is closed.
  case redirected(host: String?)
  /// A ping was answered; the time it took.
  case roundTrip(Duration)
  /// A frame that could not be read and was passed over. The text is this client's own.
  case unreadable(opcode: Opcode?, reason: String)
}
