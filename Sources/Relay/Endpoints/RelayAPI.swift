import Clocks
import Cryptography
import Database
import Synchronization
import Transport

/// What all endpoints work with. The endpoints themselves are its extensions, one file for each
/// part of the API.
struct RelayAPI: Sendable {
  /// Cap on a request's JSON body in bytes.
  static let jsonBytes = 1 << 20

  let configuration: RelayServerConfiguration
  let storage: RelayStorage
  /// Signs attachment URLs and blinds the ids in the log.
  let key: [UInt8]
  let limiter: RateLimiter
  let connected = ConnectedDevices()
  let federation: Federation
  let pusher: Pusher?
  let time: any TimeSource
  let random: any RandomSource
  let events: AsyncStream<RelayEvent>.Continuation

  // MARK: Asking and answering

  func success() -> HTTPServer.Reply { .response(status: configuration.dialect.success) }

  func json(_ value: some Encodable) -> HTTPServer.Reply {
    .response(
      status: 200, headers: ["Content-Type": "application/json"], body: JSONText.bytes(of: value))
  }

  func decode<Body: Decodable>(
    _ type: Body.Type, from request: HTTPServer.Request
  ) throws(RelayRefusal) -> Body {
    guard request.body.count <= RelayAPI.jsonBytes else { throw .tooLarge }
    let kind = (request.headers["Content-Type"] ?? "").prefix { $0 != ";" }
    guard kind.lowercased().trimmed == "application/json" else { throw .wrongMediaType }
    do {
      return try JSONText.decode(type, from: request.body)
    } catch DecodingError.dataCorrupted(let context) where context.codingPath.isEmpty {
      throw RelayRefusal(status: configuration.dialect.malformedJSON)
    } catch {
      throw .invalid
    }
  }

  /// The relay that a client names; nil for this one. Unknown names are 404.
  func peer(named name: String?) throws(RelayRefusal) -> FederatedPeer? {
    guard let name, !name.isEmpty else { return nil }
    guard let peer = federation.peer(named: name) else { throw .notFound }
    return peer
  }

  // MARK: Who asks

  func authenticate(_ request: HTTPServer.Request) async throws -> Device {
    guard let credentials = Credentials(header: request.headers["Authorization"]) else {
      throw RelayRefusal.unauthorized
    }
    guard let device = try await device(credentials, request) else {
      throw RelayRefusal.unauthorized
    }
    return device
  }

  /// The device, if the password is its. Whoever guesses too often is refused without a look.
  func device(_ credentials: Credentials, _ request: HTTPServer.Request) async throws -> Device? {
    try limiter.checkGuesses(at: credentials.address.name, from: request)
    let device = try await storage.database.read { try $0.device(credentials.address) }
    guard let device, device.password.matches(credentials.password.revealed) else {
      try limiter.chargeGuess(at: credentials.address.name, from: request)
      return nil
    }
    return device
  }

  /// What stands for a device in the log.
  func blinded(_ address: DeviceAddress) -> String {
    let hash: [UInt8] = Digest.sha256.authenticate(Array("log \(address.name)".utf8), key: key)
    return Hexadecimal.encode(hash.prefix(8))
  }

  /// Six digits, the first of them no zero.
  func freshCode() -> String {
    let bits = random.bytes(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return String(100_000 + bits % 900_000)
  }
}

extension String {
  fileprivate var trimmed: Substring {
    let blanks: Set<Character> = [" ", "\t"]
    let start = drop { blanks.contains($0) }
    return start.dropLast(start.reversed().prefix { blanks.contains($0) }.count)
  }
}
