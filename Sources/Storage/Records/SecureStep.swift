import Cryptography

/// What one step of a session changes: all of it is kept, or nothing.
public struct SecureStep: Sendable {
  /// Identity keys met for the first time or accepted by a person, by number.
  public var identities: [String: [UInt8]] = [:]
  /// Sessions made or moved on.
  public var sessions: [SecureAddress: [UInt8]] = [:]
  /// What has started sessions: remembered for good.
  public var startingKeys: [StartingKey] = []
  /// Numbers all of whose sessions go, before others come, and all that is sealed for them.
  public var endedNumbers: [String] = []
  /// Numbers for whom nothing stays sealed.
  public var unsealedNumbers: [String] = []
  /// A prekey that was used up.
  public var spentPreKey: Int64?
  /// Prekeys made; one of an id that is taken replaces it.
  public var newPreKeys: [PreKeyRecord] = []
  /// A last-resort key made; the one before it is retired.
  public var newLastResort: LastResort?
  /// Where the ids of the next batch start, if that changes.
  public var nextPreKeyId: Int64?
  /// Bytes that may be sent from now on.
  public var sealed: [Sealed] = []
  /// A message that came.
  public var arrival: SecureArrival?

  /// A step that changes nothing yet.
  public init() {}

  /// A last-resort prekey.
  public struct LastResort: Sendable {
    /// 32 bytes.
    public var privateKey: SecretBytes
    /// Wall-clock milliseconds since 1970.
    public var madeAt: Int64

    /// A key that was made then.
    public init(privateKey: SecretBytes, madeAt: Int64) {
      self.privateKey = privateKey
      self.madeAt = madeAt
    }
  }

  /// What was encrypted for a receiver of an outbox's message.
  public struct Sealed: Sendable {
    /// The message in the outbox.
    public var outboxId: Int64
    /// Whom it goes to.
    public var receiver: String
    /// nil to forget what was encrypted before.
    public var bytes: [UInt8]?

    /// Bytes for this receiver.
    public init(outboxId: Int64, receiver: String, bytes: [UInt8]?) {
      self.outboxId = outboxId
      self.receiver = receiver
      self.bytes = bytes
    }
  }
}

/// A message that came, and what it does to chats.
public struct SecureArrival: Sendable {
  /// Who wrote it.
  public var number: String
  /// The federated relay it came through; nil for our own.
  public var relay: String?
  /// Whether the sender has proved to be the sender, so that the relay it came through is theirs.
  public var provesRelay = false
  /// When it was sent, in wall-clock milliseconds since 1970.
  public var at: Int64
  /// Whether `at` is the time it came, because the sender's cannot be believed: it will be another if
  /// it comes again.
  public var isUndated = false
  /// The dialog with the sender, kept only if there is none.
  public var dialog: ChatRecord
  /// The line that shows it, without an id; nil if only a group changes.
  public var message: MessageRecord?
  /// Whether the ratchet lets it through only once. Any other that is there already is dropped.
  public var comesOnce: Bool
  /// An identity key other than the known one, and the message as it came.
  public var changed: (identity: [UInt8], signal: [UInt8])?
  /// What its line says once no more messages under another identity key are kept.
  public var noRoomText = ""
  /// The group it belongs to, and what it does there; nil in a dialog.
  public var group: GroupEdit?

  /// A message from a number.
  public init(
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
}

/// What a message does to a group, decided on the group as it is stored at that moment.
public struct GroupEdit: Sendable {
  /// The outcome.
  public enum Verdict: Sendable {
    /// The group from now on, the lines that say what changed, and whether the message is shown.
    case accepted(GroupRecord, lines: [String], showsMessage: Bool)
    /// Nothing changes; the line says so in the dialog with the sender, the message with it.
    case refused(String)
    /// Nothing changes and nobody needs to know.
    case ignored
  }

  /// The group's id in hexadecimal.
  public var id: String
  /// Decides; nil stands for a group that is not known.
  public var decide: @Sendable (GroupRecord?) -> Verdict

  /// An edit of the group of this id.
  public init(id: String, decide: @escaping @Sendable (GroupRecord?) -> Verdict) {
    self.id = id
    self.decide = decide
  }
}

/// What is new in chats after a change was stored.
public struct ChatNews: Sendable, Equatable {
  /// Messages that are new or look different.
  public var messages: [MessageRecord] = []
  /// Chats that are new or look different.
  public var chats: [ChatRecord] = []
  /// Numbers whose identity key waits for a decision now.
  public var changedIdentities: [String] = []

  /// Nothing new.
  public init() {}
}
