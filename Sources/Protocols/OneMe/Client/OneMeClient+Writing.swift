import Clocks
import Transport

extension OneMeClient {
  /// Sends a message (opcode 64, MAX protocol notes §3.3).
  ///
  /// Safe to repeat after an error with the same `clientId`: the server takes each once. While it
  /// still works on an attachment this waits and tries again, for a minute at most. The spans of the
  /// answer are those that were sent: the server leaves them out.
  /// - Throws: `refused` with kind `notAllowed` where the account may not write, among others.
  public func send(
    _ message: OutgoingMessage, to recipient: Recipient
  ) async throws(OneMeError)
    -> MessageArrival
  {
    let start = time.uptime
    while true {
      let seen = uploads.ready
      do throws(OneMeError) {
        var sent: MessageArrival = try await ask(.send, Sending(message, to: recipient))
        sent.message.clientId = sent.message.clientId ?? message.clientId
        if sent.message.spans.isEmpty { sent.message.spans = message.spans }
        return sent
      } catch {
        guard case .refused(let refusal) = error, refusal.kind == .notReady,
          time.uptime - start < OneMeClient.uploadPatience
        else { throw error }
      }
      if let ending { throw ending }
      await uploads.wait(after: seen, atMost: OneMeClient.uploadPause, time: time)
      if Task.isCancelled { throw .cancelled }
    }
  }

  /// Changes the text of a message (opcode 67). The server allows it for `ServerLimits.editWindow`.
  ///
  /// - Parameter attachments: Those that the message keeps; without them it loses what it had.
  /// - Returns: the message as it is now, with the spans that were sent.
  public func edit(
    _ messageId: Int64, chat: Int64, text: String, spans: [TextSpan] = [],
    attachments: [OutgoingAttachment] = []
  ) async throws(OneMeError) -> Message {
    var message: Message = try await ask(
      .edit,
      Edit(
        chatId: chat, messageId: MessageID(messageId), text: text, elements: spans,
        attachments: attachments)
    ) { try $0.required("message", as: Message.self) }
    if message.spans.isEmpty { message.spans = spans }
    return message
  }

  /// Deletes messages for the account alone, or for everybody in the chat (opcode 66).
  ///
  /// - Returns: the ids of those that the server did not delete.
  public func delete(
    _ messageIds: [Int64], chat: Int64, forEverybody: Bool
  ) async throws(OneMeError)
    -> [Int64]
  {
    try await ask(
      .delete,
      Deletion(
        chatId: chat, messageIds: messageIds.map(MessageID.init), forMe: !forEverybody),
      ifEmpty: []
    ) { $0.numbers("failedMessageIds") }
  }

  /// Says that the account's owner has read a chat up to a message (opcode 50). Others see it.
  ///
  /// - Parameter time: Of that message, in wall-clock milliseconds.
  public func markRead(
    chat: Int64, upTo messageId: Int64, time: Int64
  ) async throws(OneMeError)
    -> ReadMark
  {
    try await mark("READ_MESSAGE", chat, messageId, time)
  }

  /// Makes a chat count as unread from a message on (opcode 50).
  ///
  /// - Parameter time: Of that message, in wall-clock milliseconds.
  public func markUnread(
    chat: Int64, from messageId: Int64, time: Int64
  ) async throws(OneMeError)
    -> ReadMark
  {
    try await mark("SET_AS_UNREAD", chat, messageId, time)
  }

  /// Tells the others in a chat that a message is being written (opcode 65); to be called at every key:
  /// once in 6 seconds it reaches the server, which knows no end of writing.
  public func showTyping(chat: Int64) async throws(OneMeError) {
    guard typing.mayTell(chat, at: time.uptime) else { return }
    try await tell(.sendTyping, Typing(chatId: chat))
  }

  private func mark(
    _ type: String, _ chat: Int64, _ messageId: Int64, _ time: Int64
  ) async throws(OneMeError) -> ReadMark {
    let mark = Mark(type: type, chatId: chat, messageId: MessageID(messageId), mark: time)
    return try await ask(.markRead, mark, ifEmpty: ReadMark()) { object in
      ReadMark(unread: object.count("unread"), mark: object.moment("mark"))
    }
  }

  /// How long a message waits for its attachments, and how long between two attempts.
  private static let uploadPatience: Duration = .seconds(60)
  private static let uploadPause: Duration = .seconds(3)
}

/// How far a chat is read, in the server's words.
public struct ReadMark: Sendable, Equatable {
  /// How many messages are unread now.
  public var unread: Int64?
  /// Up to which time they are read, in wall-clock milliseconds.
  public var mark: Int64?

  /// A mark with these values.
  public init(unread: Int64? = nil, mark: Int64? = nil) {
    self.unread = unread
    self.mark = mark
  }
}

private struct Sending: Encodable {
  var chatId: Int64?
  var userId: Int64?
  var message: OutgoingMessage
  var notify: Bool

  init(_ message: OutgoingMessage, to recipient: Recipient) {
    self.message = message
    notify = !message.isSilent
    switch recipient {
    case .chat(let id): chatId = id
    case .user(let id): userId = id
    }
  }
}

/// Both arrays are obligatory (MAX protocol notes §3.1, opcode 67).
private struct Edit: Encodable {
  var chatId: Int64
  var messageId: MessageID
  var text: String
  var elements: [TextSpan]
  var attachments: [OutgoingAttachment]
}

private struct Deletion: Encodable {
  var chatId: Int64
  var messageIds: [MessageID]
  var forMe: Bool
}

private struct Mark: Encodable {
  var type: String
  var chatId: Int64
  var messageId: MessageID
  var mark: Int64
}

private struct Typing: Encodable {
  var chatId: Int64
  var type = "TEXT"
}
