import Cryptography
import Storage

// The lines that commands print with `--json`: keys and meanings are a contract with scripts.
// Times are milliseconds since 1970 (UTC); amounts are exact decimal text; text of other people is
// as the server sent it, since JSON escapes what could harm a terminal.

/// One account of `tercet status`.
public struct StatusLine: Codable, Sendable, Equatable {
  /// Whose connection it is.
  public var service: Service
  /// `online`, `connecting`, `waiting`, `stopped`, `signed-out`.
  public var state: String
  /// The account's name or number; null when signed out.
  @OrNull public var account: String?
  /// Round trip in milliseconds; null until one was measured.
  @OrNull public var rttMs: Int64?
  /// Server clock minus ours, in milliseconds; null for a service that does not tell its time.
  @OrNull public var skewMs: Int64?
  /// Messages that no device of ours has read, over all chats.
  public var unread: Int
  /// Messages that wait to be sent.
  public var outbox: Int
  /// `binary` where MAX is spoken to in that form; left out for the usual one.
  public var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out elsewhere, and while nobody
  /// is signed in there.
  public var dialect: String?
  /// Why it is not online; left out where it is, and while nothing has failed.
  public var reason: String?
}

/// The answer of `tercet login` and `tercet logout`.
public struct LoginLine: Codable, Sendable, Equatable {
  /// Who was signed in to, or out of.
  public var service: Service
  /// As in `StatusLine`.
  public var state: String
  /// The account's name or number; null when signed out.
  @OrNull public var account: String?
  /// While a phone is waited for: what the QR code says.
  public var link: String?
  /// Until when that is good.
  public var expiresAt: Int64?
  /// Trading: `doc` or `sdk`, as the server is spoken to; left out elsewhere.
  public var dialect: String?
  /// MAX: `binary` where that form is spoken; left out for the usual one.
  public var codec: String?
  /// Trading: `sorted` or `documented`, the order of keys in what is signed; left out elsewhere.
  public var keyOrder: String?

  /// An account and the state its connection came to.
  public init(
    service: Service, state: String, account: String? = nil, link: String? = nil,
    expiresAt: Int64? = nil, dialect: String? = nil, keyOrder: String? = nil
  ) {
    self.service = service
    self.state = state
    self.account = account
    self.dialect = dialect
    self.keyOrder = keyOrder
    self.link = link
    self.expiresAt = expiresAt
  }
}

/// One chat of `tercet chats`.
public struct ChatLine: Codable, Sendable, Equatable {
  /// Its name on the command line: `max:121058319`.
  public var chat: String
  /// The messenger it belongs to.
  public var service: Service
  /// The group's title or the partner's name.
  public var title: String
  /// `dialog`, `group`, `channel`, `saved`.
  public var kind: String
  /// Messages that no device of ours has read.
  public var unread: Int
  /// Whether it asks for no attention.
  public var muted: Bool
  /// Null for a chat without messages.
  @OrNull public var lastMessageAt: Int64?
  /// In one line, in groups after its sender's name.
  @OrNull public var lastMessage: String?
}

/// One message of `tercet messages`, `tercet search` and `tercet export messages`.
public struct MessageLine: Codable, Sendable, Equatable {
  /// Something that hangs on a message.
  public struct Attachment: Codable, Sendable, Equatable {
    /// A file's name, or what it is: `photo`.
    public var name: String
    /// `photo`, `video`, `audio`, `file`, `sticker`, `share`, `contact`, `call`, `control`,
    /// `unsupported`.
    public var type: String
    /// Size; null when the server does not tell.
    @OrNull public var bytes: Int64?
    /// Where it was saved; null when it was not.
    @OrNull public var path: String?
  }

  /// A reaction, and how many people chose it.
  public struct Reaction: Codable, Sendable, Equatable {
    /// As its service writes it.
    public var emoji: String
    /// How many people chose it.
    public var count: Int
    /// Whether we are among them.
    public var own: Bool
  }

  /// The chat's name on the command line.
  public var chat: String
  /// Unique within the chat, and what `--before` takes; a message that was written here keeps its.
  public var id: String
  /// The sender's name, or id while nobody has introduced them; null for the system's own lines.
  @OrNull public var from: String?
  /// The server's time of it.
  public var at: Int64
  /// Empty when there are only attachments.
  public var text: String
  /// `received`, `queued`, `sent`, `failed`, `deleted`.
  public var status: String
  /// The id of the message this one answers.
  @OrNull public var replyTo: String?
  /// In the order of the message.
  public var attachments: [Attachment]
  /// Whether the text is not its first one.
  public var edited: Bool
  /// What people think of it; empty where nobody has said.
  public var reactions: [Reaction]
}

/// The answer of `tercet send`.
public struct SentLine: Codable, Sendable, Equatable {
  /// The chat's name on the command line.
  public var chat: String
  /// The message's id in its chat.
  public var id: String
  /// `queued`, `sent` or `failed`.
  public var status: String
}

/// One identity of `tercet identity`.
public struct IdentityLine: Codable, Sendable, Equatable {
  /// Whose it is.
  public var number: String
  /// What people read to each other: 33 bytes in hexadecimal.
  public var fingerprint: String
  /// How far it is trusted.
  public var state: IdentityState
  /// What a QR code of it holds.
  public var shareText: String
  /// The fingerprint of the key that waits for a decision; null without one.
  @OrNull public var newFingerprint: String?
  /// What a QR code of that one holds.
  @OrNull public var newShareText: String?
}

/// How far an identity key is trusted.
public enum IdentityState: String, Codable, Sendable {
  /// It is the owner's.
  case own
  /// It was the first one seen, or was accepted.
  case trusted
  /// The owner has compared its fingerprint.
  case verified
  /// Another one was seen since, which waits for a decision.
  case changed
}

/// One group of TextSecure.
public struct GroupLine: Codable, Sendable, Equatable {
  /// Its chat's name on the command line.
  public var chat: String
  /// Its name.
  public var title: String
  /// The numbers of its members, our own among them.
  public var members: [String]
  /// Whether we are in it.
  public var active: Bool
}

/// How far a file has come.
public struct TransferLine: Codable, Sendable, Equatable {
  /// What the file is called.
  public var name: String
  /// How many bytes are through.
  public var bytesDone: Int64
  /// How many there are; null when the server does not tell.
  @OrNull public var bytesTotal: Int64?
  /// Where the file is, once it is whole.
  @OrNull public var path: String?
}

/// One call, or news about one, of `tercet calls`.
public struct CallLine: Codable, Sendable, Equatable {
  /// `incoming`, `ended`, `declined`, `missed`, `ignored`.
  public var event: String
  /// What `tercet calls decline` takes.
  public var conversationId: String
  /// The caller's user id.
  public var callerId: String
  /// The caller's name; null while nobody has introduced them.
  @OrNull public var caller: String?
  /// Whom we called; only for calls of our own.
  public var callee: String?
  /// Milliseconds of talk; only where the server tells.
  public var durationMs: Int64?
  /// `audio` or `video`.
  public var kind: String
  /// When it began to ring.
  public var at: Int64
  /// Address of the signalling server, without its token; null when the call's configuration could
  /// not be read.
  @OrNull public var signaling: String?
  /// Address of the STUN server; null likewise.
  @OrNull public var stun: String?
  /// Addresses of the TURN relays.
  public var turn: [String]
  /// The user name for the relays.
  @OrNull public var turnUser: String?
  /// For the signalling server; only with `--reveal`.
  public var token: Secret?
  /// For the relays; only with `--reveal`.
  public var turnPassword: Secret?
}

/// One person of `tercet contacts`.
public struct ContactLine: Codable, Sendable, Equatable {
  /// The messenger that introduced them.
  public var service: Service
  /// The service's id of the person.
  public var id: String
  /// As the person calls themselves, or as our address book on the server does.
  public var name: String
  /// Whether the service knows the person.
  public var registered: Bool
}

/// One balance of `tercet balances`.
public struct BalanceLine: Codable, Sendable, Equatable {
  /// `ETH`, as the server spells it.
  public var asset: String
  /// Everything that is held; empty, as the others are, while watching an asset of which nothing that
  /// could be read was ever told.
  public var total: String
  /// What open orders have set aside.
  public var locked: String
  /// Total minus locked, exactly.
  public var available: String
  /// When the server told.
  public var at: Int64
  /// True where what the server said last cannot be read, so that these amounts are older; left out
  /// elsewhere.
  public var unreadable: Bool?
}

/// The answer of `tercet estimate`.
public struct QuoteLine: Codable, Sendable, Equatable {
  /// One exchange of the way from the one asset to the other.
  public struct Step: Codable, Sendable, Equatable {
    /// The asset that goes in; empty when the server does not tell.
    public var from: String
    /// The asset that comes out; empty likewise.
    public var to: String
    /// How much goes in.
    @OrNull public var amountIn: String?
    /// How much comes out.
    @OrNull public var amountOut: String?
    /// The name of the exchange or the address of the pool.
    @OrNull public var venue: String?
  }

  /// The asset paid with.
  public var from: String
  /// The asset received.
  public var to: String
  /// How much of `from` is paid.
  public var amount: String
  /// How much of `to` is received if the price holds.
  public var expectedOut: String
  /// Of one unit paid; null when the server does not tell.
  @OrNull public var price: String?
  /// As the server wrote it, which leaves its unit open.
  @OrNull public var fee: String?
  /// By the server's clock; null when it gave no usable time.
  @OrNull public var expiresAt: Int64?
  /// In the order of the exchanges; empty when the server does not tell.
  public var route: [Step]
  /// What cannot be right in it, in sentences; left out where nothing is odd.
  public var warnings: [String]?
}

/// The answer of `tercet swap`.
public struct SwapLine: Codable, Sendable, Equatable {
  /// Our name for the order, which every later question about it takes.
  public var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull public var orderId: String?
  /// The server's word, or `NOT_SENT`, `REJECTED`, `UNKNOWN`.
  public var status: String
  /// How much was received; null until the server tells.
  @OrNull public var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull public var txHash: String?
}

/// One order of `tercet orders`.
public struct OrderLine: Codable, Sendable, Equatable {
  /// Our name for the order.
  public var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull public var orderId: String?
  /// As in `SwapLine`.
  public var status: String
  /// The asset paid with.
  public var from: String
  /// The asset received.
  public var to: String
  /// How much of `from` is paid.
  public var amount: String
  /// How much of `to` was received; null until the server tells.
  @OrNull public var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull public var txHash: String?
  /// The server's time of the newest news about the order.
  @OrNull public var updatedAt: Int64?
  /// When it was placed.
  public var at: Int64
  /// How much of `to` the confirmed quote promised.
  @OrNull public var expectedOut: String?
  /// The least that was confirmed.
  @OrNull public var minimumOut: String?
  /// Why it was rejected or is unknown.
  @OrNull public var reason: String?
}

/// The answer of `tercet orders verify`.
public struct JournalLine: Codable, Sendable, Equatable {
  /// How many rows were looked at, from the first one on.
  public var rows: Int
  /// Whether each follows from the one before it, and none is missing at the end.
  public var whole: Bool
  /// The first row that does not follow from the ones before it; null when the journal is whole.
  @OrNull public var brokenAt: Int64?
  /// What is wrong with that row.
  @OrNull public var reason: String?
}

/// The answer of `tercet halt` and `tercet resume`.
public struct HaltLine: Codable, Sendable, Equatable {
  /// Whether the kill switch is on now.
  public var halted: Bool
}

/// One check of `tercet doctor`.
public struct FindingLine: Codable, Sendable, Equatable {
  /// What was looked at: `database`.
  public var check: String
  /// Whether it is as it should be.
  public var ok: Bool
  /// What was found, in words.
  public var detail: String

  /// What a check has found.
  public init(check: String, ok: Bool, detail: String) {
    self.check = check
    self.ok = ok
    self.detail = detail
  }
}

/// Where a service is looked for.
public struct ServerLine: Codable, Sendable, Equatable {
  /// Whose address it is.
  public var service: Service
  /// `wss://…`, or `ws://` for loopback; a relay's is `https://…` or `http://`.
  public var url: String
  /// `json` or `binary`, the form in which MAX is spoken to; left out for other services.
  public var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out for other services.
  public var dialect: String?
}
