import Domain
import Phrases
import Storage

/// News about what the hub holds; by the time it is told, it has been stored.
package enum AccountEvent: Sendable, Equatable {
  /// How a service's connection is doing, or who is signed in to it.
  case connection(ConnectionStatus)
  /// Chats that are new or look different now.
  case chats([ChatRecord])
  /// Messages of one chat that are new or changed.
  case messages(chat: ChatID, [MessageRecord])
  /// Messages of many chats, told at once: what a login brings.
  case arrivals([MessageRecord])
  /// What was missed in a chat cannot be had for now: what came after it is told without it.
  case unfilled(chat: ChatID)
  /// Somebody writes in a chat; the mark goes at `until` (ms of uptime) unless they go on.
  case typing(chat: ChatID, name: String, until: Int64)
  /// Something that was being written on another device of the owner's.
  case draft(DraftRecord)
  /// Whether partners of dialogs are online.
  case presence([DialogPresence])
  /// Messages of one chat that are gone without a trace.
  case removed(chat: ChatID, [String])
  /// How far the owner trusts a number now, and the dialog with it.
  case identity(number: String, chat: ChatID, state: IdentityState)
  /// How much of a queued message's files is uploaded.
  case transfer(chat: ChatID, message: String, bytesDone: Int64, bytesTotal: Int64?)
  /// A call that rings, or one that has stopped ringing.
  case call(CallRecord)
  /// Calls of the log that are new or look different, and calls that are gone: from the server's
  /// history, so none of them rings.
  case callLog(changed: [CallRecord], removed: [String])
  /// All balances, and when they were received.
  case balances([BalanceRecord])
  /// An order that is new or changed.
  case order(OrderRecord)
  /// Something happened to an order that nobody was told of before.
  case alert(OrderAlert, OrderRecord)
  /// A price that somebody waited for was reached; the second is what it is.
  case priceReached(PriceAlert, String)
  /// A price that was asked for, kept as the newest of its pair.
  case price(PricePoint)
  /// A service's stored content was replaced as a whole: read it again.
  case reloaded(Service)
  /// The kill switch was turned.
  case halted(Bool)
  /// What may be swapped from here was changed.
  case limits(SwapLimits)
  /// What could not be stored has an end: something was stored again.
  case storeWorks
  /// Something to tell the person that belongs to no pane.
  case notice(NoticeText)
}

/// Whether a dialog's partner is online.
package struct DialogPresence: Sendable, Equatable {
  /// The dialog with them.
  package var chat: ChatID
  /// Whether they are there now.
  package var isOnline: Bool
  /// When they were last there (wall ms), if the server tells.
  package var seen: Int64?

  package init(
    chat: ChatID,
    isOnline: Bool,
    seen: Int64? = nil
  ) {
    self.chat = chat
    self.isOnline = isOnline
    self.seen = seen
  }
}

extension AccountEvent {
  /// Whether it tells of messages in a chat; nil stands for any chat.
  func hasMessages(in chat: ChatID?) -> Bool {
    switch self {
    case .messages(let name, _): chat == nil || chat == name
    case .arrivals(let messages): messages.contains { chat == nil || chat == $0.chat }
    default: false
    }
  }
}

/// The words of a notice, before it has a place on the screen.
package struct NoticeText: Sendable, Equatable {
  /// How much it matters.
  package var kind: NoticeKind
  /// A whole sentence; without its full stop where a hint follows.
  package var text: String
  /// What to do about it, without a full stop.
  package var hint: String?
  /// The service whose connection it is about: once that is there again, the notice is old.
  package var connection: Service?
  /// It says that something could not be stored: once something is, it is old.
  package var isAboutStore = false

  /// What failed.
  package init(_ error: UserError, about connection: Service? = nil) {
    self.init(.failure, error.message, hint: error.hint, about: connection)
    isAboutStore = error.code == UserError.storage
  }

  /// A program of the person's own that cannot be started.
  ///
  /// - Parameter setting: where it is named.
  package static func programMissing(
    _ program: String, setting: String, _ reason: String
  ) -> NoticeText {
    NoticeText(
      .warning, Phrase.programMissing.with(program, setting, reason),
      hint: Phrase.programMissingHint.text)
  }

  /// A notice, about a connection or something else.
  package init(
    _ kind: NoticeKind, _ text: String, hint: String? = nil, about connection: Service? = nil
  ) {
    self.kind = kind
    self.connection = connection
    self.text = hint == nil ? text : text.withoutFullStop
    self.hint = hint?.withoutFullStop
  }
}
