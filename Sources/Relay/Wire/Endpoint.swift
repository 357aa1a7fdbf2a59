import Transport

/// Which of the API's calls a request is; the method has been looked at as well.
enum Endpoint: Equatable {
  case requestCode(transport: String, number: String)
  case voiceScript(code: String)
  case verify(code: String)
  case setPush(PushService)
  case clearPush(PushService)
  case provisioningCode
  case linkDevice(code: String)
  case listDevices
  case removeDevice(id: String)
  case putKeys
  case countKeys
  case fetchKey(number: String)
  case fetchKeys(number: String, device: String)
  case putBundle
  case fetchBundles(number: String, device: String)
  case putSignedKey
  case signedKey
  case lookUp
  case lookUpOne(token: String)
  case send(number: String)
  case listMessages
  case removeMessage(source: String, timestamp: String)
  case receipt(number: String, timestamp: String)
  case allocateAttachment
  case locateAttachment(id: String)
  case upload(id: String)
  case download(id: String)
  case socket
  case keepAlive
  case federated(FederatedCall)

  enum PushService: String { case gcm, apn }

  /// The endpoint of a method and a path's parts; a path may end in a slash.
  init?(method: String, path: [String]) {
    let parts = Array(path.last == "" ? path.dropLast() : path[...])
    let rest = parts.dropFirst()
    let found: Endpoint? =
      switch parts.first {
      // The document spells `acccounts` once; the servers never did.
      case "v1": Endpoint(method, rest.map { $0 == "acccounts" ? "accounts" : $0 })
      case "v2": Endpoint(keysWithSignature: method, Array(rest))
      case "attachments": Endpoint(storage: method, Array(rest))
      default: nil
      }
    guard let found else { return nil }
    self = found
  }

  private init?(_ method: String, _ words: [String]) {
    switch (method, words.first ?? "", words.count) {
    case ("GET", "accounts", 4) where words[2] == "code":
      self = .requestCode(transport: words[1], number: words[3])
    case ("POST", "accounts", 4) where words[1] == "voice" && words[2] == "twiml":
      self = .voiceScript(code: words[3])
    case ("PUT", "accounts", 3) where words[1] == "code": self = .verify(code: words[2])
    case ("PUT", "accounts", 2), ("DELETE", "accounts", 2):
      guard let service = PushService(rawValue: words[1]) else { return nil }
      self = method == "PUT" ? .setPush(service) : .clearPush(service)
    case ("GET", "devices", 1): self = .listDevices
    case ("GET", "devices", 2) where words[1] == "provisioning_code": self = .provisioningCode
    case ("GET", "devices", 3) where words[1...] == ["provisioning", "code"]:
      self = .provisioningCode
    case ("PUT", "devices", 2): self = .linkDevice(code: words[1])
    case ("DELETE", "devices", 2): self = .removeDevice(id: words[1])
    case ("PUT", "keys", 1): self = .putKeys
    case ("GET", "keys", 1): self = .countKeys
    case ("GET", "keys", 2): self = .fetchKey(number: words[1])
    case ("GET", "keys", 3): self = .fetchKeys(number: words[1], device: words[2])
    case ("PUT", "directory", 2) where words[1] == "tokens": self = .lookUp
    case ("GET", "directory", 2): self = .lookUpOne(token: words[1])
    case ("PUT", "messages", 2): self = .send(number: words[1])
    case ("GET", "messages", 1): self = .listMessages
    case ("DELETE", "messages", 3):
      self = .removeMessage(source: words[1], timestamp: words[2])
    case ("PUT", "receipt", 3): self = .receipt(number: words[1], timestamp: words[2])
    case ("GET", "attachments", 1): self = .allocateAttachment
    case ("GET", "attachments", 2): self = .locateAttachment(id: words[1])
    case ("GET", "websocket", _): self = .socket
    case ("GET", "keepalive", 1): self = .keepAlive
    case (_, "federation", _):
      guard let call = FederatedCall(method, Array(words.dropFirst())) else { return nil }
      self = .federated(call)
    default: return nil
    }
  }

  /// The calls of July 2014 and later, whose keys are signed (protocol notes §3.3, `/v2/keys`).
  private init?(keysWithSignature method: String, _ words: [String]) {
    switch (method, words.first ?? "", words.count) {
    case ("PUT", "keys", 1): self = .putBundle
    case ("GET", "keys", 1): self = .countKeys
    case ("PUT", "keys", 2) where words[1] == "signed": self = .putSignedKey
    case ("GET", "keys", 2) where words[1] == "signed": self = .signedKey
    case ("GET", "keys", 3): self = .fetchBundles(number: words[1], device: words[2])
    default: return nil
    }
  }

  private init?(storage method: String, _ words: [String]) {
    switch (method, words.count) {
    case ("PUT", 1): self = .upload(id: words[0])
    case ("GET", 1): self = .download(id: words[0])
    default: return nil
    }
  }

  /// The path with placeholders, for the log.
  var template: String {
    switch self {
    case .requestCode: "/v1/accounts/{transport}/code/{number}"
    case .voiceScript: "/v1/accounts/voice/twiml/{code}"
    case .verify: "/v1/accounts/code/{code}"
    case .setPush(let service), .clearPush(let service): "/v1/accounts/\(service.rawValue)"
    case .provisioningCode: "/v1/devices/provisioning_code"
    case .linkDevice: "/v1/devices/{code}"
    case .listDevices: "/v1/devices"
    case .removeDevice: "/v1/devices/{device}"
    case .putKeys, .countKeys: "/v1/keys"
    case .fetchKey: "/v1/keys/{number}"
    case .fetchKeys: "/v1/keys/{number}/{device}"
    case .putBundle: "/v2/keys"
    case .fetchBundles: "/v2/keys/{number}/{device}"
    case .putSignedKey, .signedKey: "/v2/keys/signed"
    case .lookUp: "/v1/directory/tokens"
    case .lookUpOne: "/v1/directory/{token}"
    case .send: "/v1/messages/{number}"
    case .listMessages: "/v1/messages"
    case .removeMessage: "/v1/messages/{number}/{timestamp}"
    case .receipt: "/v1/receipt/{number}/{timestamp}"
    case .allocateAttachment: "/v1/attachments"
    case .locateAttachment: "/v1/attachments/{id}"
    case .upload, .download: "/attachments/{id}"
    case .socket: "/v1/websocket"
    case .keepAlive: "/v1/keepalive"
    case .federated(let call): call.template
    }
  }
}
