import Cryptography
import Database

/// What is needed to sign in again without asking. There is one account a service.
public struct AccountRecord: Sendable, Equatable {
  /// Where the account is.
  public var service: Service
  /// The address that the login was made with.
  public var url: String
  /// What a person knows the account by: a telephone number or an API key.
  public var identifier: String
  /// The account's own id at the server; nil where there is none, or before it is known.
  public var userId: String?
  /// The owner's name, where the service knows one.
  public var displayName: String?
  /// The login token of MAX, the API secret of trading, the password of TextSecure.
  public var secret: Secret
  /// What this installation calls itself at the server.
  public var deviceId: String?
  /// How its server is spoken to.
  public var settings: AccountSettings
  /// The server's time of the last sync, to be sent with the next one, in milliseconds.
  public var syncMarker: Int64?
  /// Wall-clock milliseconds since 1970.
  public var createdAt: Int64

  /// An account with these fields.
  public init(
    service: Service, url: String, identifier: String, userId: String? = nil,
    displayName: String? = nil, secret: Secret, deviceId: String? = nil,
    settings: AccountSettings = AccountSettings(), syncMarker: Int64? = nil, createdAt: Int64
  ) {
    self.service = service
    self.url = url
    self.identifier = identifier
    self.userId = userId
    self.displayName = displayName
    self.secret = secret
    self.deviceId = deviceId
    self.settings = settings
    self.syncMarker = syncMarker
    self.createdAt = createdAt
  }
}

/// How the account's server is spoken to, as it was when the login was made.
public struct AccountSettings: Sendable, Equatable, Codable {
  /// Trading: `doc` or `sdk`.
  public var dialect: String?
  /// Trading: the order of keys in what is signed.
  public var keyOrder: String?
  /// MAX: `json` or `binary`.
  public var codec: String?
  /// MAX: the address at which the text form was refused, so that the binary one is spoken.
  public var textRefusedAt: String?
  /// MAX: the moment, in milliseconds, before which chats have not been told of; 0 when all have, nil
  /// before anybody asked.
  public var chatMarker: Int64?

  /// Nil stands for the service's usual way.
  public init(
    dialect: String? = nil, keyOrder: String? = nil, codec: String? = nil,
    textRefusedAt: String? = nil, chatMarker: Int64? = nil
  ) {
    self.dialect = dialect
    self.keyOrder = keyOrder
    self.codec = codec
    self.textRefusedAt = textRefusedAt
    self.chatMarker = chatMarker
  }
}
