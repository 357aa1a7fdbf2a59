import Clocks
import Cryptography
import FoundationEssentials
import Transport

/// The calls of a TextSecure relay (seed 002), each a request and its answer.
///
/// Every call throws ``TextSecureError``; any status 2xx is a success (TextSecure protocol notes §8).
public struct RelayClient: Sendable {
  public let configuration: RelayConfiguration
  let network: Network
  let time: any TimeSource
  let random: any RandomSource
  /// nil before there is an account.
  let credentials: Credentials?

  public init(
    configuration: RelayConfiguration, credentials: Credentials?, network: Network,
    time: any TimeSource, random: any RandomSource
  ) {
    self.configuration = configuration
    self.credentials = credentials
    self.network = network
    self.time = time
    self.random = random
  }

  /// A request to the relay with its account's credentials.
  ///
  /// - Parameter missing: what the status 404 means, which each call uses for something else.
  func call(
    _ method: String, _ path: String, body: (some Encodable & Sendable)? = Optional<String>.none,
    isPatient: Bool = true, missing: TextSecureError = .refused(status: 404)
  ) async throws(TextSecureError) -> [UInt8] {
    var request = HTTPRequest(method: method, url: configuration.url + path)
    request.headers["Authorization"] = credentials?.authorization.revealed
    if let body {
      do { request.body = .bytes(Array(try JSONEncoder().encode(body))) } catch {
        throw .malformed("a request that is no JSON")
      }
      request.headers["Content-Type"] = "application/json"
    }
    return try await send(request, isPatient: isPatient, missing: missing)
  }

  /// Sends a request, and again after growing pauses while the relay is busy and `isPatient`.
  func send(
    _ request: HTTPRequest, isPatient: Bool = true,
    missing: TextSecureError = .refused(status: 404)
  ) async throws(TextSecureError) -> [UInt8] {
    var request = request
    request.timeout = configuration.timeout
    request.certificateAuthorityFile = configuration.certificateAuthorityFile
    var backoff = Backoff(random: random)
    while true {
      let response: HTTPResponse
      do { response = try await network.send(request) } catch .cancelled { throw .cancelled } catch
      {
        throw .transport(error)
      }
      guard let error = TextSecureError(response) else { return response.body }
      guard response.status != 404 else { throw missing }
      let isBusy = error == .rateLimited || error == .unavailable
      guard isBusy, isPatient, backoff.attempts + 1 < configuration.attempts else { throw error }
      do { try await time.sleep(for: backoff.next()) } catch { throw .cancelled }
    }
  }

  /// Reads an answer; throws ``TextSecureError/malformed(_:)``.
  func decode<Answer: Decodable>(
    _ type: Answer.Type, _ body: [UInt8]
  ) throws(TextSecureError) -> Answer {
    do { return try JSONText.decode(type, from: body) } catch {
      throw .malformed("an answer without what it must have")
    }
  }

  /// `relay` as a query; federated numbers alone need one.
  static func query(_ relay: String?) -> String {
    relay.map { "?relay=" + PercentEncoding.encode($0) } ?? ""
  }
}

extension TextSecureError {
  private struct Mismatch: Decodable {
    let missingDevices: [WireInteger]?
    let extraDevices: [WireInteger]?
    let staleDevices: [WireInteger]?
  }

  /// What a status means; nil for a success.
  init?(_ response: HTTPResponse) {
    func devices(_ list: KeyPath<Mismatch, [WireInteger]?>) -> [UInt32] {
      do {
        let mismatch = try JSONText.decode(Mismatch.self, from: response.body)
        return mismatch[keyPath: list]?.prefix(64).compactMap(\.uint32) ?? []
      } catch {
        // Without a list that can be read there is nothing to repair.
        return []
      }
    }
    switch response.status {
    case 200...299:
      // Whatever stands between us and the relay has answered in its place: nothing was done.
      let type = response.headers["Content-Type"]?.lowercased() ?? ""
      guard type.hasPrefix("text/html") else { return nil }
      self = .malformed("a web page in place of an answer")
    // Nobody is followed elsewhere: it is as if the relay could not be reached.
    case 300...399:
      self = .transport(.upgradeRefused(status: response.status, headers: response.headers))
    case 401: self = .badCredentials
    case 409:
      self = .mismatchedDevices(missing: devices(\.missingDevices), extra: devices(\.extraDevices))
    case 410: self = .staleDevices(devices(\.staleDevices))
    // The document's word for it, and that of what stands before a relay.
    case 413, 429: self = .rateLimited
    case 503: self = .unavailable
    default: self = .refused(status: response.status)
    }
  }
}

/// Which relay, and how long it may take.
public struct RelayConfiguration: Sendable, Equatable {
  /// `https://…`, without the `/v1`; `http://` for loopback addresses alone.
  public var url: String
  /// A file of PEM certificates trusted besides those of the system.
  public var certificateAuthorityFile: String?
  /// For each request, from start to end; for an attachment's, how long nothing may come or go.
  public var timeout: Duration = .seconds(30)
  /// How often a request is made altogether while the relay answers 413 or 503.
  public var attempts = 3

  /// A relay with the usual limits.
  public init(url: String) {
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
  }

  /// The address of the receiving connection. Servers of different ages want the account under
  /// `login` or under `user`; each ignores the other (TextSecure protocol notes §3.4).
  func webSocketURL(for credentials: Credentials) -> String {
    let account = PercentEncoding.encode(credentials.address.description)
    let password = PercentEncoding.encode(credentials.password.revealed)
    let scheme = url.hasPrefix("https:") ? "wss" : "ws"
    let rest = url.drop { $0 != ":" }
    return "\(scheme)\(rest)/v1/websocket/?login=\(account)&user=\(account)&password=\(password)"
  }
}
