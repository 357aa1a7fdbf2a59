import Transport

/// How a relay is started.
public struct RelayServerConfiguration: Sendable {
  /// The private directory with the store and the attachments; nil keeps everything in memory.
  public var dataDirectory: String?
  /// A literal address to listen on.
  public var address = "127.0.0.1"
  /// 0 lets the system choose.
  public var port: UInt16 = 0
  /// Serves TLS. Without it only loopback addresses are served.
  public var tls: TLSIdentity?
  /// How clients reach the relay, without a final slash, where it is not the name that they ask for
  /// (`Host`): behind a proxy, for one. Attachment URLs begin with it.
  public var publicURL: String?
  /// Which status codes are answered where document and old servers disagree.
  public var dialect = RelayDialect.document
  /// What a device's connection speaks as long as the device itself has not shown it; nil goes by
  /// how it connects and by what it spoke last.
  public var socketFormat: SocketFormat?
  /// What other relays call this one; they and it must be set together.
  public var name: String?
  /// The relays with which messages are exchanged.
  public var peers: [FederatedPeer] = []
  /// Connections at once, of all and of one network address; a relay behind a proxy sees the
  /// proxy's address alone. When all are taken, the address that has most makes room.
  public var connections = 4096
  public var connectionsPerAddress = 512
  /// Cap on one attachment in bytes, as encrypted.
  public var attachmentBytes = (100 << 20) + 64
  /// Cap on all attachments together in bytes; beyond it uploads get 503.
  public var attachmentSpace: Int64 = 10 << 30
  /// How long an attachment is kept after its upload.
  public var attachmentLifetime: Duration = .seconds(30 * 86_400)
  /// Multiplies every rate limit; 1 for those of the servers of 2014.
  public var rateFactor = 1.0
  /// Brings a code to its telephone and tells whether that worked; if not, the client gets 503.
  public var deliver: @Sendable (VerificationCode) async -> Bool = { _ in true }
  /// Brings a notification to a device that is not connected, by way of APN or GCM, and tells
  /// whether that worked; nil pushes nothing, and messages wait until the device comes for them.
  public var push: (@Sendable (PushNotification) async -> Bool)?

  /// A relay in memory, on a free port of 127.0.0.1, whose codes go nowhere but to its events.
  public init() {}
}

/// A code on its way to a telephone.
public struct VerificationCode: Sendable, Equatable {
  /// How it travels.
  public enum Transport: String, Sendable { case sms, voice }

  /// `+` and 10 ... 15 digits.
  public let number: String
  /// Six digits.
  public let code: String
  /// What the client asked for.
  public let transport: Transport
}
