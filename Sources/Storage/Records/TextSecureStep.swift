import Cryptography
import Domain

/// What one step of a session changes: all of it is kept, or nothing.
package struct TextSecureStep: Sendable {
  /// Identity keys met for the first time or accepted by a person, by number.
  package var identities: [String: [UInt8]] = [:]
  /// Sessions made or moved on.
  package var sessions: [TextSecureAddress: [UInt8]] = [:]
  /// What has started sessions: remembered for good.
  package var startingKeys: [StartingKey] = []
  /// Numbers all of whose sessions go, before others come, and all that is sealed for them.
  package var endedNumbers: [String] = []
  /// Numbers for whom nothing stays sealed.
  package var unsealedNumbers: [String] = []
  /// Prekeys that were used up.
  package var spentPreKeys: [Int64] = []
  /// Prekeys made; one of an id that is taken replaces it.
  package var newPreKeys: [PreKeyRecord] = []
  /// A last-resort key made; the one before it is retired.
  package var newLastResort: LastResort?
  /// Where the ids of the next batch start, if that changes.
  package var nextPreKeyId: Int64?
  /// Bytes that may be sent from now on.
  package var sealed: [Sealed] = []
  /// Messages that came together, in their order.
  package var arrivals: [TextSecureArrival] = []

  /// A step that changes nothing yet.
  package init() {}

  /// A last-resort prekey.
  package struct LastResort: Sendable {
    /// 32 bytes.
    package var privateKey: SecretBytes
    /// Wall-clock milliseconds since 1970.
    package var madeAt: Int64

    /// A key that was made then.
    package init(privateKey: SecretBytes, madeAt: Int64) {
      self.privateKey = privateKey
      self.madeAt = madeAt
    }
  }

  /// What was encrypted for a receiver of an outbox's message.
  package struct Sealed: Sendable {
    /// The message in the outbox.
    package var outboxId: Int64
    /// Whom it goes to.
    package var receiver: String
    /// nil to forget what was encrypted before.
    package var bytes: [UInt8]?

    /// Bytes for this receiver.
    package init(outboxId: Int64, receiver: String, bytes: [UInt8]?) {
      self.outboxId = outboxId
      self.receiver = receiver
      self.bytes = bytes
    }
  }
}

/// A message that came, and what it does to chats.
package struct TextSecureArrival: Sendable {
  /// Who wrote it.
  package var number: String
  /// The federated relay it came through; nil for our own.
  package var relay: String?
  /// Whether the sender has proved to be the sender, so that the relay it came through is theirs.
  package var provesRelay = false
  /// When it was sent, in wall-clock milliseconds since 1970.
  package var at: Int64
  /// What our clock says, in wall-clock milliseconds; nil where that is `at`.
  package var now: Int64?
  /// Whether `at` is the time it came, because the sender's cannot be believed: it will be another if
  /// it comes again.
  package var isUndated = false
  /// The dialog with the sender, kept only if there is none.
  package var dialog: ChatRecord
  /// The line that shows it, without an id; nil if only a group changes.
  package var message: MessageRecord?
  /// Whether the ratchet lets it through only once. Any other that is there already is dropped.
  package var comesOnce: Bool
  /// An identity key other than the known one, and the message as it came.
  package var changed: (identity: [UInt8], signal: [UInt8])?
  /// The group it belongs to, and what it does there; nil in a dialog.
  package var group: GroupEdit?

  /// A message from a number.
  package init(
    number: String, relay: String?, at: Int64, dialog: ChatRecord,
    message: MessageRecord? = nil, comesOnce: Bool = false
  ) {
    self.number = number
    self.relay = relay
    self.at = at
    self.dialog = dialog
    self.message = message
    self.comesOnce = comesOnce
  }

  /// Where it may be shown.
  package var chats: [ChatID] {
    [dialog.chat] + (group.map { [ChatID(dialog.service, group: $0.id)] } ?? [])
  }
}

/// What a message does to a group, decided on the group as it is stored at that moment.
package struct GroupEdit: Sendable {
  /// The outcome.
  package enum Verdict: Sendable {
    /// The group from now on, the lines that say what changed, and whether the message is shown.
    case accepted(GroupRecord, lines: [MessageNote], showsMessage: Bool)
    /// Nothing changes; the line says so in the dialog with the sender, the message with it.
    case refused(MessageNote)
    /// Nothing changes and nobody needs to know.
    case ignored
  }

  /// The group's id in hexadecimal.
  package var id: String
  /// Decides; nil stands for a group that is not known.
  package var decide: @Sendable (GroupRecord?) -> Verdict

  /// An edit of the group of this id.
  package init(id: String, decide: @escaping @Sendable (GroupRecord?) -> Verdict) {
    self.id = id
    self.decide = decide
  }
}

/// What is new in chats after a change was stored.
package struct ChatNews: Sendable, Equatable {
  /// Messages that are new or look different.
  package var messages: [MessageRecord] = []
  /// Chats that are new or look different.
  package var chats: [ChatRecord] = []
  /// Numbers whose identity key waits for a decision now.
  package var changedIdentities: [String] = []

  /// Nothing new.
  package init() {}
}
