/// The JSON bodies that clients send. Unknown members are ignored; real clients send some.

/// Of `PUT /v1/accounts/code/{code}` and `PUT /v1/devices/{code}`.
struct RegistrationBody: Decodable {
  var signalingKey: String
  var supportsSms: Bool?
  /// Not in the document: the device will come for its messages, nothing has to be pushed.
  var fetchesMessages: Bool?
  var registrationId: LooseInteger
  /// What later clients call a linked device.
  var name: String?
}

/// Of `PUT /v1/accounts/gcm/` and `/apn/`.
struct PushBody: Decodable {
  var gcmRegistrationId: String?
  var apnRegistrationId: String?
}

/// Of `PUT /v1/keys/`.
struct KeysBody: Decodable {
  struct Key: Decodable {
    var keyId: LooseInteger
    var publicKey: String
    var identityKey: String?
  }

  var lastResortKey: Key
  var keys: [Key]
}

/// Of `PUT /v2/keys/`.
struct BundleBody: Decodable {
  var identityKey: String
  var lastResortKey: KeysBody.Key
  var preKeys: [KeysBody.Key]
  var signedPreKey: SignedKey
}

/// Of `PUT /v1/directory/tokens`.
struct TokensBody: Decodable {
  var contacts: [String]
}

/// Of `PUT /v1/messages/{number}`, and what is passed on to the relay that it names.
struct MessagesBody: Codable, Sendable {
  struct Message: Codable, Sendable {
    var type: LooseInteger
    var destinationDeviceId: LooseInteger?
    var destinationRegistrationId: LooseInteger?
    var body: String
  }

  var relay: String?
  var messages: [Message]
  /// Later clients name the time of sending here; each message's own `timestamp` never counted.
  var timestamp: LooseInteger?
}

/// What a client says on its WebSocket.
struct SocketBody: Decodable {
  var type: LooseInteger
  var id: LooseInteger?
}
