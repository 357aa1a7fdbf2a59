import Transport

/// How a relay is started.
public struct RelayConfiguration: Sendable {
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
  /// Cap on one attachment in bytes, as encrypted.
  public var attachmentBytes = (100 << 20) + 64
  /// Cap on all attachments together in bytes; beyond it uploads get 503.
  public var attachmentSpace: Int64 = 10 << 30
  /// How long an attachment is kept after its upload.
  public var attachmentLifetime: Duration = .seconds(30 * 86_400)
  /// Brings a code to its telephone and tells whether that worked; if not, the client gets 503.
  public var deliver: @Sendable (VerificationCode) async -> Bool = { _ in true }

  /// A relay in memory, on a free port of 127.0.0.1, whose codes go nowhere but to its events.
  public init() {}
}

/// Where the TextSecure API document and the servers of its time answer differently.
public enum RelayDialect: String, Sendable, CaseIterable {
  /// The document's words: 200 for success, 415 for an unknown transport and for malformed JSON.
  case document = "doc"
  /// What TextSecure-Server 0.4 to 0.17 did: 204, 422 and 400.
  case server

  var success: Int { self == .document ? 200 : 204 }
  var unknownTransport: Int { self == .document ? 415 : 422 }
  var malformedJSON: Int { self == .document ? 415 : 400 }
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
