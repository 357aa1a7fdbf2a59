import Cryptography
import Domain
import Storage

// The lines that commands print with `--json`: keys and meanings are a contract with scripts.
// Times are milliseconds since 1970 (UTC); amounts are exact decimal text; text of other people is
// as the server sent it, since JSON escapes what could harm a terminal.

/// One account of `tercet status`.
package struct StatusLine: Codable, Sendable, Equatable {
  /// Whose connection it is.
  package var service: Service
  /// `online`, `connecting`, `waiting`, `stopped`, `signed-out`.
  package var state: String
  /// The account's name or number; null when signed out.
  @OrNull package var account: String?
  /// Round trip in milliseconds; null until one was measured.
  @OrNull package var rttMs: Int64?
  /// Server clock minus ours, in milliseconds; null for a service that does not tell its time.
  @OrNull package var skewMs: Int64?
  /// Messages that no device of ours has read, over all chats.
  package var unread: Int
  /// Messages that wait to be sent.
  package var outbox: Int
  /// `binary` where MAX is spoken to in that form; left out for the usual one.
  package var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out elsewhere, and while nobody
  /// is signed in there.
  package var dialect: String?
  /// Why it is not online; left out where it is, and while nothing has failed.
  package var reason: String?
}

/// The answer of `tercet login` and `tercet logout`.
package struct LoginLine: Codable, Sendable, Equatable {
  /// Who was signed in to, or out of.
  package var service: Service
  /// As in `StatusLine`.
  package var state: String
  /// The account's name or number; null when signed out.
  @OrNull package var account: String?
  /// While a phone is waited for: what the QR code says.
  package var link: String?
  /// Until when that is good.
  package var expiresAt: Int64?
  /// Trading: `doc` or `sdk`, as the server is spoken to; left out elsewhere.
  package var dialect: String?
  /// MAX: `binary` where that form is spoken; left out for the usual one.
  package var codec: String?
  /// Trading: `sorted` or `documented`, the order of keys in what is signed; left out elsewhere.
  package var keyOrder: String?

  /// An account and the state its connection came to.
  package init(
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
package struct ChatLine: Codable, Sendable, Equatable {
  /// Its name on the command line: `max:121058319`.
  package var chat: String
  /// The messenger it belongs to.
  package var service: Service
  /// The group's title or the partner's name.
  package var title: String
  /// `dialog`, `group`, `channel`, `saved`.
  package var kind: String
  /// Messages that no device of ours has read.
  package var unread: Int
  /// Whether it asks for no attention.
  package var muted: Bool
  /// Null for a chat without messages.
  @OrNull package var lastMessageAt: Int64?
  /// In one line, in groups after its sender's name.
  @OrNull package var lastMessage: String?
}

/// One message of `tercet messages`, `tercet search` and `tercet export messages`.
package struct MessageLine: Codable, Sendable, Equatable {
  /// Something that hangs on a message.
  package struct Attachment: Codable, Sendable, Equatable {
    /// A file's name, or what it is: `photo`.
    package var name: String
    /// `photo`, `video`, `audio`, `file`, `sticker`, `share`, `contact`, `call`, `control`,
    /// `unsupported`.
    package var type: String
    /// Size; null when the server does not tell.
    @OrNull package var bytes: Int64?
    /// Where it was saved; null when it was not.
    @OrNull package var path: String?

    package init(
      name: String,
      type: String,
      bytes: Int64? = nil,
      path: String? = nil
    ) {
      self.name = name
      self.type = type
      self.bytes = bytes
      self.path = path
    }
  }

  /// A reaction, and how many people chose it.
  package struct Reaction: Codable, Sendable, Equatable {
    /// As its service writes it.
    package var emoji: String
    /// How many people chose it.
    package var count: Int
    /// Whether we are among them.
    package var own: Bool
  }

  /// The chat's name on the command line.
  package var chat: String
  /// Unique within the chat, and what `--before` takes; a message that was written here keeps its.
  package var id: String
  /// The sender's name, or id while nobody has introduced them; null for the system's own lines.
  @OrNull package var from: String?
  /// The server's time of it.
  package var at: Int64
  /// Empty when there are only attachments.
  package var text: String
  /// `received`, `queued`, `sent`, `failed`, `deleted`.
  package var status: String
  /// The id of the message this one answers.
  @OrNull package var replyTo: String?
  /// In the order of the message.
  package var attachments: [Attachment]
  /// Whether the text is not its first one.
  package var edited: Bool
  /// What people think of it; empty where nobody has said.
  package var reactions: [Reaction]
}

/// The answer of `tercet send`.
package struct SentLine: Codable, Sendable, Equatable {
  /// The chat's name on the command line.
  package var chat: String
  /// The message's id in its chat.
  package var id: String
  /// `queued`, `sent` or `failed`.
  package var status: String
}

/// One identity of `tercet identity`.
package struct IdentityLine: Codable, Sendable, Equatable {
  /// Whose it is.
  package var number: String
  /// What people read to each other: 33 bytes in hexadecimal.
  package var fingerprint: String
  /// How far it is trusted.
  package var state: IdentityState
  /// What a QR code of it holds.
  package var shareText: String
  /// The fingerprint of the key that waits for a decision; null without one.
  @OrNull package var newFingerprint: String?
  /// What a QR code of that one holds.
  @OrNull package var newShareText: String?
}

/// One group of TextSecure.
package struct GroupLine: Codable, Sendable, Equatable {
  /// Its chat's name on the command line.
  package var chat: String
  /// Its name.
  package var title: String
  /// The numbers of its members, our own among them.
  package var members: [String]
  /// Whether we are in it.
  package var active: Bool

  package init(
    chat: String,
    title: String,
    members: [String],
    active: Bool
  ) {
    self.chat = chat
    self.title = title
    self.members = members
    self.active = active
  }
}

/// How far a file has come.
package struct TransferLine: Codable, Sendable, Equatable {
  /// What the file is called.
  package var name: String
  /// How many bytes are through.
  package var bytesDone: Int64
  /// How many there are; null when the server does not tell.
  @OrNull package var bytesTotal: Int64?
  /// Where the file is, once it is whole.
  @OrNull package var path: String?
}

/// One call, or news about one, of `tercet calls`.
package struct CallLine: Codable, Sendable, Equatable {
  /// `incoming`, `ended`, `declined`, `missed`, `ignored`.
  package var event: String
  /// What `tercet calls decline` takes.
  package var conversationId: String
  /// The caller's user id.
  package var callerId: String
  /// The caller's name; null while nobody has introduced them.
  @OrNull package var caller: String?
  /// Whom we called; only for calls of our own.
  package var callee: String?
  /// Milliseconds of talk; only where the server tells.
  package var durationMs: Int64?
  /// `audio` or `video`.
  package var kind: String
  /// When it began to ring.
  package var at: Int64
  /// Address of the signalling server, without its token; null when the call's configuration could
  /// not be read.
  @OrNull package var signaling: String?
  /// Address of the STUN server; null likewise.
  @OrNull package var stun: String?
  /// Addresses of the TURN relays.
  package var turn: [String]
  /// The user name for the relays.
  @OrNull package var turnUser: String?
  /// For the signalling server; only with `--reveal`.
  package var token: Secret?
  /// For the relays; only with `--reveal`.
  package var turnPassword: Secret?
}

/// One person of `tercet contacts`.
package struct ContactLine: Codable, Sendable, Equatable {
  /// The messenger that introduced them.
  package var service: Service
  /// The service's id of the person.
  package var id: String
  /// As the person calls themselves, or as our address book on the server does.
  package var name: String
  /// Whether the service knows the person.
  package var registered: Bool
}

/// One balance of `tercet balances`.
package struct BalanceLine: Codable, Sendable, Equatable {
  /// `ETH`, as the server spells it.
  package var asset: String
  /// Everything that is held; empty, as the others are, while watching an asset of which nothing that
  /// could be read was ever told.
  package var total: String
  /// What open orders have set aside.
  package var locked: String
  /// Total minus locked, exactly.
  package var available: String
  /// When the server told.
  package var at: Int64
  /// True where what the server said last cannot be read, so that these amounts are older; left out
  /// elsewhere.
  package var unreadable: Bool?
}

/// The answer of `tercet estimate`.
package struct QuoteLine: Codable, Sendable, Equatable {
  /// One exchange of the way from the one asset to the other.
  package struct Step: Codable, Sendable, Equatable {
    /// The asset that goes in; empty when the server does not tell.
    package var from: String
    /// The asset that comes out; empty likewise.
    package var to: String
    /// How much goes in.
    @OrNull package var amountIn: String?
    /// How much comes out.
    @OrNull package var amountOut: String?
    /// The name of the exchange or the address of the pool.
    @OrNull package var venue: String?

    package init(
      from: String,
      to: String,
      amountIn: String? = nil,
      amountOut: String? = nil,
      venue: String? = nil
    ) {
      self.from = from
      self.to = to
      self.amountIn = amountIn
      self.amountOut = amountOut
      self.venue = venue
    }
  }

  /// The asset paid with.
  package var from: String
  /// The asset received.
  package var to: String
  /// How much of `from` is paid.
  package var amount: String
  /// How much of `to` is received if the price holds.
  package var expectedOut: String
  /// Of one unit paid; null when the server does not tell.
  @OrNull package var price: String?
  /// As the server wrote it, which leaves its unit open.
  @OrNull package var fee: String?
  /// By the server's clock; null when it gave no usable time.
  @OrNull package var expiresAt: Int64?
  /// In the order of the exchanges; empty when the server does not tell.
  package var route: [Step]
  /// What cannot be right in it, in sentences; left out where nothing is odd.
  package var warnings: [String]?
}

/// The answer of `tercet swap`.
package struct SwapLine: Codable, Sendable, Equatable {
  /// Our name for the order, which every later question about it takes.
  package var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull package var orderId: String?
  /// The server's word, or `NOT_SENT`, `REJECTED`, `UNKNOWN`.
  package var status: String
  /// How much was received; null until the server tells.
  @OrNull package var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull package var txHash: String?
}

/// One order of `tercet orders`.
package struct OrderLine: Codable, Sendable, Equatable {
  /// Our name for the order.
  package var clientOrderId: String
  /// The server's; null until it has accepted the order.
  @OrNull package var orderId: String?
  /// As in `SwapLine`.
  package var status: String
  /// The asset paid with.
  package var from: String
  /// The asset received.
  package var to: String
  /// How much of `from` is paid.
  package var amount: String
  /// How much of `to` was received; null until the server tells.
  @OrNull package var filledOut: String?
  /// The transaction on the chain; null until there is one.
  @OrNull package var txHash: String?
  /// The server's time of the newest news about the order.
  @OrNull package var updatedAt: Int64?
  /// When it was placed.
  package var at: Int64
  /// How much of `to` the confirmed quote promised.
  @OrNull package var expectedOut: String?
  /// The least that was confirmed.
  @OrNull package var minimumOut: String?
  /// Why it was rejected or is unknown.
  @OrNull package var reason: String?

  package init(
    clientOrderId: String,
    orderId: String? = nil,
    status: String,
    from: String,
    to: String,
    amount: String,
    filledOut: String? = nil,
    txHash: String? = nil,
    updatedAt: Int64? = nil,
    at: Int64,
    expectedOut: String? = nil,
    minimumOut: String? = nil,
    reason: String? = nil
  ) {
    self.clientOrderId = clientOrderId
    self.orderId = orderId
    self.status = status
    self.from = from
    self.to = to
    self.amount = amount
    self.filledOut = filledOut
    self.txHash = txHash
    self.updatedAt = updatedAt
    self.at = at
    self.expectedOut = expectedOut
    self.minimumOut = minimumOut
    self.reason = reason
  }
}

/// The answer of `tercet orders verify`.
package struct JournalLine: Codable, Sendable, Equatable {
  /// How many rows were looked at, from the first one on.
  package var rows: Int
  /// Whether each follows from the one before it, and none is missing at the end.
  package var whole: Bool
  /// The first row that does not follow from the ones before it; null when the journal is whole.
  @OrNull package var brokenAt: Int64?
  /// What is wrong with that row.
  @OrNull package var reason: String?
}

/// The answer of `tercet halt` and `tercet resume`.
package struct HaltLine: Codable, Sendable, Equatable {
  /// Whether the kill switch is on now.
  package var halted: Bool
}

/// One check of `tercet doctor`.
package struct FindingLine: Codable, Sendable, Equatable {
  /// What was looked at: `database`.
  package var check: String
  /// Whether it is as it should be.
  package var ok: Bool
  /// What was found, in words.
  package var detail: String

  /// What a check has found.
  package init(check: String, ok: Bool, detail: String) {
    self.check = check
    self.ok = ok
    self.detail = detail
  }
}

/// Where a service is looked for.
package struct ServerLine: Codable, Sendable, Equatable {
  /// Whose address it is.
  package var service: Service
  /// `wss://…`, or `ws://` for loopback; a relay's is `https://…` or `http://`.
  package var url: String
  /// `json` or `binary`, the form in which MAX is spoken to; left out for other services.
  package var codec: String?
  /// `doc`, `sdk` or parts of the latter, as TheOne is spoken to; left out for other services.
  package var dialect: String?
}
