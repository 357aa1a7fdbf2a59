import Cryptography
import Database
import Domain

/// What is needed to sign in again without asking. There is one account a service.
package struct AccountRecord: Sendable, Equatable {
  /// Where the account is.
  package var service: Service
  /// The address that the login was made with.
  package var url: String
  /// What a person knows the account by: a telephone number or an API key.
  package var identifier: String
  /// The account's own id at the server; nil where there is none, or before it is known.
  package var userId: String?
  /// The owner's name, where the service knows one.
  package var displayName: String?
  /// The login token of MAX, the API secret of trading, the password of TextSecure.
  package var secret: Secret
  /// What this installation calls itself at the server.
  package var deviceId: String?
  /// How its server is spoken to.
  package var settings: AccountSettings
  /// The server's time of the last sync, to be sent with the next one, in milliseconds.
  package var syncMarker: Int64?
  /// Wall-clock milliseconds since 1970.
  package var createdAt: Int64

  /// An account with these fields.
  package init(
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
package struct AccountSettings: Sendable, Equatable, Codable {
  /// Trading: `doc` or `sdk`.
  package var dialect: String?
  /// Trading: the order of keys in what is signed.
  package var keyOrder: String?
  /// MAX: `json` or `binary`.
  package var codec: String?
  /// MAX: the address at which the text form was refused, so that the binary one is spoken.
  package var textRefusedAt: String?
  /// MAX: the moment, in milliseconds, before which chats have not been told of; 0 when all have, nil
  /// before anybody asked.
  package var chatMarker: Int64?

  /// Nil stands for the service's usual way.
  package init(
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
