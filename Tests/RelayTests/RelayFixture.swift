import Clocks
import Cryptography
import Database
import FoundationEssentials
import TestSupport
import Testing
import Transport

@testable import Relay

/// A relay on a clock that the test moves, asked with plain HTTP: nothing of a client of ours stands
/// between test and server.
final class RelayFixture: Sendable {
  static let alice = "+14155550100"
  static let bob = "+14155550101"
  static let signalingKey = Base64.encode(Array(UInt8(0)..<52))

  let time: ManualTime
  let network = Network()
  let relay: RelayServer

  init(
    time: ManualTime = ManualTime(), seed: UInt64 = 1,
    _ adjust: (inout RelayServerConfiguration) -> Void = { _ in }
  ) async throws {
    var configuration = RelayServerConfiguration()
    adjust(&configuration)
    self.time = time
    relay = try await RelayServer.start(
      configuration, network: network, time: time, random: SeededRandom(seed: seed))
  }

  struct Answer {
    let status: Int
    let headers: HTTPHeaders
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }

    func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try JSONDecoder().decode(type, from: Data(body))
    }
  }

  /// One request; a body is JSON unless `type` says otherwise (nil: no `Content-Type`).
  func ask(
    _ method: String, _ path: String, as user: String? = nil, _ body: String? = nil,
    type: String? = "application/json", headers: HTTPHeaders = [:]
  ) async throws -> Answer {
    var request = HTTPRequest(
      method: method, url: path.hasPrefix("http") ? path : relay.url + path)
    request.headers = headers
    if let user { request.headers["Authorization"] = RelayFixture.basic(user) }
    if let body {
      request.body = .bytes(Array(body.utf8))
      request.headers["Content-Type"] = type
    }
    let response = try await network.send(request)
    return Answer(status: response.status, headers: response.headers, body: response.body)
  }

  static func basic(_ user: String, password: String = "secret") -> String {
    "Basic " + Base64.encode("\(user):\(password)".utf8)
  }

  /// - Parameter fetches: nil for the document's own form, which does not say it.
  static func registration(id: Int = 7, fetches: Bool? = true) -> String {
    let fetching = fetches.map { "\"fetchesMessages\":\($0)," } ?? ""
    return """
      {"signalingKey":"\(signalingKey)","supportsSms":false,\(fetching)"registrationId":"\(id)"}
      """
  }

  /// The next code that is sent to `number`.
  func code(for number: String) async throws -> String {
    for await event in relay.events {
      if case .code(let code) = event, code.number == number { return code.code }
    }
    throw Missed("a code for \(number)")
  }

  @discardableResult
  func register(_ number: String, id: Int = 7, fetches: Bool? = true) async throws -> Answer {
    let asked = try await ask("GET", "/v1/accounts/sms/code/\(number)")
    try #require(asked.status == 200)
    let code = try await code(for: number)
    let answer = try await ask(
      "PUT", "/v1/accounts/code/\(code)", as: number,
      RelayFixture.registration(id: id, fetches: fetches))
    try #require(answer.status / 100 == 2)
    return answer
  }

  /// Adds a device to an account and gives its id.
  func link(_ number: String, id: Int = 9) async throws -> Int {
    struct Code: Decodable { var verificationCode: String }
    struct Device: Decodable { var deviceId: Int }
    let code = try await ask("GET", "/v1/devices/provisioning_code", as: number).json(Code.self)
    return try await ask(
      "PUT", "/v1/devices/\(code.verificationCode)", as: number, RelayFixture.registration(id: id)
    ).json(Device.self).deviceId
  }

  /// What is in an envelope, whose MAC is checked.
  static func opened(_ envelope: [UInt8]) throws -> [UInt8] {
    let key = Array(UInt8(0)..<52)
    let mac: [UInt8] = Digest.sha256.authenticate(
      Array(envelope.dropLast(10)), key: Array(key[32...]))
    try #require(envelope.count > 27 && Array(envelope.suffix(10)) == Array(mac.prefix(10)))
    let signal = AES256(key: SecretBytes(key[..<32]))
      .decryptCBC(Array(envelope[17..<(envelope.count - 10)]), iv: Array(envelope[1..<17]))
    return try #require(signal)
  }

  static func publicKey(_ number: UInt8) -> String {
    Base64.encode([5] + [UInt8](repeating: number, count: 32))
  }

  static func keys(_ ids: [Int]) -> String {
    let keys = ids.map { "{\"keyId\":\($0),\"publicKey\":\"\(publicKey(UInt8($0 % 200)))\"}" }
    return """
      {"lastResortKey":{"keyId":16777215,"publicKey":"\(publicKey(250))",\
      "identityKey":"\(publicKey(251))"},"keys":[\(keys.joined(separator: ","))]}
      """
  }

  static func message(_ text: String, device: Int = 1, registration: Int? = nil) -> String {
    let id = registration.map { ",\"destinationRegistrationId\":\($0)" } ?? ""
    return """
      {"type":1,"destinationDeviceId":\(device)\(id),"body":"\(Base64.encode(text.utf8))",\
      "timestamp":"1"}
      """
  }

  func send(_ text: String, to number: String, from sender: String) async throws -> Int {
    try await ask(
      "PUT", "/v1/messages/\(number)", as: sender,
      "{\"messages\":[\(RelayFixture.message(text))],\"destination\":\"x\"}"
    ).status
  }

  func socket(
    _ user: String, name: String = "login", password: String = "secret",
    headers: HTTPHeaders = [:]
  ) async throws -> DeviceOutput {
    let user = user.replacing("+", with: "%2B")
    let url = relay.url.replacing("http", with: "ws", maxReplacements: 1)
    var request = WebSocketRequest(
      url: "\(url)/v1/websocket/?\(name)=\(user)&password=\(password)")
    request.headers = headers
    request.limits.pingInterval = nil
    return DeviceOutput(connection: try await network.connect(request))
  }
}

/// A device's WebSocket.
struct DeviceOutput {
  struct Frame: Decodable, Equatable {
    var id: Int?
    var message: String?
    var type: Int?
  }

  let connection: WebSocketConnection

  func message() async throws -> WebSocketMessage {
    let message = try await withDeadline(
      .seconds(60), time: SystemTime(), error: Missed("a frame") as any Error
    ) { [connection] in
      var iterator = connection.messages.makeAsyncIterator()
      return await iterator.next()
    }
    guard let message else { throw Missed("a frame before the end") }
    return message
  }

  func next() async throws -> Frame {
    guard case .text(let text) = try await message() else { throw Missed("a text frame") }
    return try JSONDecoder().decode(Frame.self, from: Data(text.utf8))
  }

  func resource() async throws -> WebSocketResource {
    guard case .binary(let bytes) = try await message() else { throw Missed("a binary frame") }
    return try #require(WebSocketResource(bytes))
  }

  /// The next frame's id and what was sent to us in its envelope.
  func envelope() async throws -> (id: Int, signal: [UInt8]) {
    let frame = try await next()
    let id = try #require(frame.id)
    let bytes = try #require(frame.message.flatMap { Base64.decode($0) })
    return (id, try RelayFixture.opened(bytes))
  }

  func send(_ text: String) async throws { try await connection.send(.text(text)) }

  /// Acknowledges, and returns when that has been understood.
  func acknowledge(_ id: Int) async throws {
    try await send("{\"type\":\"1\",\"id\":\"\(id)\"}")
    try await send("{\"type\":2}")
    #expect(try await next() == Frame(id: nil, message: nil, type: 3))
  }
}

/// A store with one account.
enum RelayStoreSample {
  static func database() throws -> Database {
    let hash = SaltedHash("x", random: SeededRandom(seed: 1))
    return try Database.inMemory(
      RelaySchema.migrations + [
        Migration("an account") { connection in
          try connection.execute(
            "INSERT INTO account (number, token, supports_sms) VALUES (?, ?, 0)",
            [RelayFixture.alice, [UInt8](repeating: 0, count: 10)])
          try connection.insert(
            Device(
              address: DeviceAddress(number: RelayFixture.alice, device: 1), password: hash,
              signalingKey: Array(0..<52), registrationID: 1, fetching: .always, name: nil,
              createdAt: 0, seenAt: 0))
        }
      ])
  }
}
