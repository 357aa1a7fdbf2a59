import Transport

/// Which of the API's calls a request is; the method has been looked at as well.
enum Endpoint: Equatable {
  case requestCode(transport: String, number: String)
  case verify(code: String)
  case setPush(PushService)
  case clearPush(PushService)
  case provisioningCode
  case linkDevice(code: String)
  case putKeys
  case countKeys
  case fetchKey(number: String)
  case fetchKeys(number: String, device: String)
  case lookUp
  case lookUpOne(token: String)
  case send(number: String)
  case allocateAttachment
  case locateAttachment(id: String)
  case upload(id: String)
  case download(id: String)
  case socket

  enum PushService: String { case gcm, apn }

  /// The endpoint of a method and a path's parts; a path may end in a slash.
  init?(method: String, path: [String]) {
    let parts = path.last == "" ? path.dropLast() : path[...]
    // The document spells `acccounts` once; the servers never did.
    let name = parts.first == "v1" ? parts.dropFirst() : []
    let words = name.map { $0 == "acccounts" ? "accounts" : $0 }
    switch (method, words.first ?? "", words.count) {
    case ("GET", "accounts", 4) where words[2] == "code":
      self = .requestCode(transport: words[1], number: words[3])
    case ("PUT", "accounts", 3) where words[1] == "code": self = .verify(code: words[2])
    case ("PUT", "accounts", 2), ("DELETE", "accounts", 2):
      guard let service = PushService(rawValue: words[1]) else { return nil }
      self = method == "PUT" ? .setPush(service) : .clearPush(service)
    case ("GET", "devices", 2) where words[1] == "provisioning_code": self = .provisioningCode
    case ("PUT", "devices", 2): self = .linkDevice(code: words[1])
    case ("PUT", "keys", 1): self = .putKeys
    case ("GET", "keys", 1): self = .countKeys
    case ("GET", "keys", 2): self = .fetchKey(number: words[1])
    case ("GET", "keys", 3): self = .fetchKeys(number: words[1], device: words[2])
    case ("PUT", "directory", 2) where words[1] == "tokens": self = .lookUp
    case ("GET", "directory", 2): self = .lookUpOne(token: words[1])
    case ("PUT", "messages", 2): self = .send(number: words[1])
    case ("GET", "attachments", 1): self = .allocateAttachment
    case ("GET", "attachments", 2): self = .locateAttachment(id: words[1])
    case ("GET", "websocket", _): self = .socket
    default:
      guard parts.count == 2, parts.first == "attachments", let id = parts.last else { return nil }
      switch method {
      case "PUT": self = .upload(id: id)
      case "GET": self = .download(id: id)
      default: return nil
      }
    }
  }

  /// The path with placeholders, for the log.
  var template: String {
    switch self {
    case .requestCode: "/v1/accounts/{transport}/code/{number}"
    case .verify: "/v1/accounts/code/{code}"
    case .setPush(let service), .clearPush(let service): "/v1/accounts/\(service.rawValue)"
    case .provisioningCode: "/v1/devices/provisioning_code"
    case .linkDevice: "/v1/devices/{code}"
    case .putKeys, .countKeys: "/v1/keys"
    case .fetchKey: "/v1/keys/{number}"
    case .fetchKeys: "/v1/keys/{number}/{device}"
    case .lookUp: "/v1/directory/tokens"
    case .lookUpOne: "/v1/directory/{token}"
    case .send: "/v1/messages/{number}"
    case .allocateAttachment: "/v1/attachments"
    case .locateAttachment: "/v1/attachments/{id}"
    case .upload, .download: "/attachments/{id}"
    case .socket: "/v1/websocket"
    }
  }
}
