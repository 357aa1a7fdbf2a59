import Axolotl
import Cryptography
import FoundationEssentials
import Transport

@testable import TextSecure

/// A relay of one device a number, in memory: enough for two clients to talk.
actor SmallRelay {
  struct Key: Codable {
    var keyId: UInt32
    var publicKey: String
    var identityKey: String
    var deviceId: UInt32?
    var registrationId: UInt32?
  }
  struct Keys: Codable {
    var lastResortKey: Key
    var keys: [Key]
  }
  struct Message: Codable {
    var type: UInt32
    var destinationDeviceId: UInt32
    var body: String
  }
  struct Messages: Codable {
    var relay: String?
    var messages: [Message]
  }
  struct Registration: Codable {
    var signalingKey: String
    var fetchesMessages: Bool
    var registrationId: UInt32
  }
  struct Account {
    var registration: Registration
    var keys: Keys?
    var mail: [[UInt8]] = []
    var line: AsyncStream<[UInt8]>.Continuation?
  }

  /// Whether the line speaks protocol buffers.
  let isBinary: Bool
  private(set) var requests: [HTTPServer.Request] = []
  private(set) var acknowledgements = 0
  private(set) var uploads = 0
  private var accounts: [String: Account] = [:]
  /// Holds mail back until it is shuffled out.
  private var isHolding = false

  init(isBinary: Bool = false) { self.isBinary = isBinary }

  func answer(_ request: HTTPServer.Request) -> HTTPServer.Reply {
    requests.append(request)
    let path = String(request.target.prefix { $0 != "?" })
    let parts = path.split(separator: "/").map(String.init)
    let user = user(of: request)
    switch (request.method, parts.dropFirst().first ?? "") {
    case ("GET", "websocket"): return line(for: query(request.target, "login"))
    case ("GET", "accounts"): return .response(status: 200)
    case ("PUT", "accounts"): return register(user, request)
    case ("PUT", "keys"):
      uploads += 1
      accounts[user]?.keys = read(Keys.self, request)
      return .response(status: 204)
    case ("GET", "keys") where parts.count == 2:
      return json("{\"count\":\(accounts[user]?.keys?.keys.count ?? 0)}")
    case ("GET", "keys"): return key(of: parts[2])
    case ("PUT", "messages"): return deliver(from: user, to: parts[2], request)
    default: return .response(status: 404)
    }
  }

  /// Keeps what is sent from now on; ``release(_:)`` gives it out.
  func hold() { isHolding = true }

  /// What is held back for a number, in its order.
  func mail(of number: String) -> [[UInt8]] { accounts[number]?.mail ?? [] }

  func release(_ number: String, reversed: Bool = false) {
    isHolding = false
    let mail = accounts[number]?.mail ?? []
    for envelope in reversed ? mail.reversed() : mail { accounts[number]?.line?.yield(envelope) }
    accounts[number]?.mail = []
  }

  /// Delivers an envelope, whoever made it.
  func inject(_ envelope: [UInt8], to number: String) { accounts[number]?.line?.yield(envelope) }

  func leaveKeys(_ count: Int, of number: String) {
    let keys = accounts[number]?.keys?.keys ?? []
    accounts[number]?.keys?.keys = Array(keys.prefix(count))
  }

  private func register(_ user: String, _ request: HTTPServer.Request) -> HTTPServer.Reply {
    guard request.target.hasSuffix("/code/123456") else { return .response(status: 403) }
    guard let registration = read(Registration.self, request),
      Base64.decode(registration.signalingKey)?.count == 52, registration.fetchesMessages
    else { return .response(status: 422) }
    accounts[user] = Account(registration: registration)
    return .response(status: 204)
  }

  private func key(of number: String) -> HTTPServer.Reply {
    guard let account = accounts[number], let keys = account.keys else {
      return .response(status: 404)
    }
    var key = keys.keys.isEmpty ? keys.lastResortKey : keys.keys[0]
    if !keys.keys.isEmpty { accounts[number]?.keys?.keys.removeFirst() }
    key.deviceId = 1
    key.registrationId = account.registration.registrationId
    do {
      let text = String(decoding: try JSONEncoder().encode(key), as: UTF8.self)
      return json("{\"keys\":[\(text)]}")
    } catch { return .response(status: 500) }
  }

  private func deliver(
    from source: String, to number: String, _ request: HTTPServer.Request
  ) -> HTTPServer.Reply {
    guard let list = read(Messages.self, request), let account = accounts[number],
      let bytes = Base64.decode(account.registration.signalingKey),
      let key = try? SignalingKey(SecretBytes(bytes))
    else { return .response(status: 404) }
    for message in list.messages {
      var signal = ProtobufMessage()
      signal.append(1, message.type)
      signal.append(2, source)
      signal.append(5, UInt64(1_395_187_200_000))
      signal.append(6, Base64.decode(message.body) ?? [])
      signal.append(7, 1 as UInt32)
      let envelope = key.seal(signal.serialized, random: SystemRandom())
      if let line = account.line, !isHolding {
        line.yield(envelope)
      } else {
        accounts[number]?.mail.append(envelope)
      }
    }
    return .response(status: 204)
  }

  private func line(for number: String) -> HTTPServer.Reply {
    guard accounts[number] != nil else { return .response(status: 401) }
    let (mail, sink) = AsyncStream<[UInt8]>.makeStream()
    accounts[number]?.line = sink
    if !isHolding { release(number) }
    let isBinary = isBinary
    return .webSocket { connection in
      let reader = Task {
        for await _ in connection.messages { await self.acknowledged() }
        sink.finish()
      }
      var id = 0
      for await envelope in mail {
        do {
          try await connection.send(SmallRelay.frame(id, envelope, isBinary: isBinary))
        } catch { break }
        id += 1
      }
      reader.cancel()
    }
  }

  private func acknowledged() { acknowledgements += 1 }

  private static func frame(_ id: Int, _ envelope: [UInt8], isBinary: Bool) -> WebSocketMessage {
    guard isBinary else {
      return .text("{\"id\":\(id),\"message\":\"\(Base64.encode(envelope))\"}")
    }
    var request = ProtobufMessage()
    request.append(1, "PUT")
    request.append(2, "/api/v1/message")
    request.append(3, envelope)
    request.append(4, UInt64(id))
    var frame = ProtobufMessage()
    frame.append(1, 1 as UInt32)
    frame.append(2, request)
    return .binary(frame.serialized)
  }

  private func user(of request: HTTPServer.Request) -> String {
    let field = request.headers["Authorization"]?.split(separator: " ").last ?? ""
    let text = String(decoding: Base64.decode(field) ?? [], as: UTF8.self)
    return String(text.prefix { $0 != ":" })
  }

  private func query(_ target: String, _ name: String) -> String {
    let fields = target.drop { $0 != "?" }.dropFirst().split(separator: "&")
    let field = fields.first { $0.hasPrefix(name + "=") }?.dropFirst(name.count + 1) ?? ""
    return field.hasPrefix("%2B") ? "+" + field.dropFirst(3) : String(field)
  }

  private func read<Value: Decodable>(
    _ type: Value.Type, _ request: HTTPServer.Request
  ) -> Value? {
    try? JSONDecoder().decode(type, from: Data(request.body))
  }

  private func json(_ text: String) -> HTTPServer.Reply {
    .response(status: 200, headers: ["Content-Type": "application/json"], body: Array(text.utf8))
  }
}
