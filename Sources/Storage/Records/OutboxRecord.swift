import Database

/// Something written that has not arrived at everybody yet.
public struct OutboxRecord: Sendable, Equatable, Identifiable {
  /// Counts up; messages go out in this order.
  public var id: Int64
  /// Through which service it goes.
  public var service: Service
  /// The chat it was written in.
  public var chat: String
  /// The message that shows it there; nil for what has no line of its own.
  public var messageId: String?
  /// What to send, in its service's own form.
  public var body: String
  /// Wall-clock milliseconds since 1970.
  public var createdAt: Int64
}

/// Something to be written into the outbox, with the line that shows it.
public struct OutboxDraft: Sendable {
  /// Its chat, kept only if there is none of its key.
  public var chat: ChatRecord
  /// The line that shows it, without an id: it is given one; nil for none.
  public var message: MessageRecord?
  /// What the message makes of a group; nil for no change.
  public var group: GroupUpdate?
  /// To whom it goes; none makes it sent at once.
  public var receivers: [String]
  /// What to send, in its service's own form.
  public var body: String
  /// Wall-clock milliseconds since 1970.
  public var createdAt: Int64

  /// Something to be sent to these receivers.
  public init(
    chat: ChatRecord, message: MessageRecord?, group: GroupUpdate? = nil, receivers: [String],
    body: String, createdAt: Int64
  ) {
    self.chat = chat
    self.message = message
    self.group = group
    self.receivers = receivers
    self.body = body
    self.createdAt = createdAt
  }
}

/// A group before and after a change of ours.
public struct GroupUpdate: Sendable {
  /// As it was when the change was decided; nil for a new one.
  public var from: GroupRecord?
  /// As it is to be.
  public var to: GroupRecord

  /// A change between these.
  public init(from: GroupRecord?, to: GroupRecord) {
    self.from = from
    self.to = to
  }
}

/// One receiver whom a message of the outbox has not reached.
public struct DispatchRecord: Sendable, Equatable {
  /// What keeps it.
  public enum State: String, Sendable, DatabaseConvertible {
    /// Nothing but the line, or those before it.
    case waiting
    /// A decision that a person has to make.
    case held
    /// It was given up; a person may have it tried again.
    case failed
  }

  /// The message.
  public var outboxId: Int64
  /// Whom: a telephone number in TextSecure, the chat in MAX.
  public var receiver: String
  /// What keeps it.
  public var state: State
  /// Why it is held or has failed.
  public var reason: String?
  /// The bytes that may have been sent already.
  public var sealed: [UInt8]?
}
