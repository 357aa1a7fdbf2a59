import Database
import Domain

/// Something written that has not arrived at everybody yet.
package struct OutboxRecord: Sendable, Equatable, Identifiable {
  /// Counts up; messages go out in this order.
  package var id: Int64
  /// Through which service it goes.
  package var service: Service
  /// The chat it was written in.
  package var chat: ChatID
  /// The message that shows it there; nil for what has no line of its own.
  package var messageId: String?
  /// What to send, in its service's own form.
  package var body: String
  /// Wall-clock milliseconds since 1970.
  package var createdAt: Int64
}

/// Something to be written into the outbox, with the line that shows it.
package struct OutboxDraft: Sendable {
  /// Its chat, kept only if there is none of its key.
  package var chat: ChatRecord
  /// The line that shows it, without an id: it is given one; nil for none.
  package var message: MessageRecord?
  /// What the message makes of a group; nil for no change.
  package var group: GroupUpdate?
  /// To whom it goes; none makes it sent at once.
  package var receivers: [String]
  /// What to send, in its service's own form.
  package var body: String
  /// Wall-clock milliseconds since 1970.
  package var createdAt: Int64
  /// Whether its time is this machine's for good, as no server gives it another one.
  package var isDatedHere: Bool

  /// Something to be sent to these receivers.
  package init(
    chat: ChatRecord, message: MessageRecord?, group: GroupUpdate? = nil, receivers: [String],
    body: String, createdAt: Int64, isDatedHere: Bool = false
  ) {
    self.chat = chat
    self.message = message
    self.group = group
    self.receivers = receivers
    self.body = body
    self.createdAt = createdAt
    self.isDatedHere = isDatedHere
  }
}

/// A group before and after a change of ours.
package struct GroupUpdate: Sendable {
  /// As it was when the change was decided; nil for a new one.
  package var from: GroupRecord?
  /// As it is to be.
  package var to: GroupRecord

  /// A change between these.
  package init(from: GroupRecord?, to: GroupRecord) {
    self.from = from
    self.to = to
  }
}

/// One receiver whom a message of the outbox has not reached.
package struct DispatchRecord: Sendable, Equatable {
  /// What keeps it.
  package enum State: String, Sendable, DatabaseConvertible {
    /// Nothing but the line, or those before it.
    case waiting
    /// A decision that a person has to make.
    case held
    /// It was given up; a person may have it tried again.
    case failed
  }

  /// The message.
  package var outboxId: Int64
  /// Whom: a telephone number in TextSecure, the chat in MAX.
  package var receiver: String
  /// What keeps it.
  package var state: State
  /// Why it is held or has failed.
  package var reason: SendFailure?
  /// The bytes that may have been sent already.
  package var sealed: [UInt8]?
}
