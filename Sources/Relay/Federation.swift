import Cryptography
import Synchronization
import Transport

/// How this relay asks others (TextSecure protocol notes §3.3, federation).
struct Federation: Sendable {
  static let timeout: Duration = .seconds(10)
  private static let answerBytes = 4 << 20

  /// What the others call us.
  let name: String
  let peers: [FederatedPeer]
  let network: Network
  let contacts = PeerContacts()

  /// The peer of this name; nil if there is none.
  func peer(named name: String) -> FederatedPeer? { peers.first { $0.name == name } }

  /// The peer that shows these credentials, `Basic base64(name:token)`.
  func peer(header: String?) -> FederatedPeer? {
    guard let (name, token) = Credentials.halves(of: header), let peer = peer(named: name),
      equalInConstantTime(Array(token.utf8), Array(peer.token.revealed.utf8))
    else { return nil }
    return peer
  }

  /// Asks a peer. What it refuses for the caller's sake is refused here in its words; everything else
  /// that goes wrong is 503.
  func ask(
    _ peer: FederatedPeer, _ call: FederatedCall, body: [UInt8]? = nil,
    within timeout: Duration = Federation.timeout
  ) async throws(Refusal) -> [UInt8] {
    var request = HTTPRequest(method: call.method, url: peer.url + call.path)
    request.headers["Authorization"] =
      "Basic " + Base64.encode("\(name):\(peer.token.revealed)".utf8)
    if let body {
      request.headers["Content-Type"] = "application/json"
      request.body = .bytes(body)
    }
    request.timeout = timeout
    request.responseBytes = Federation.answerBytes
    request.certificateAuthorityFile = peer.certificateAuthorityFile
    let response: HTTPResponse
    do { response = try await network.send(request) } catch { throw .unavailable }
    switch response.status {
    case 200...299: return response.body
    case 403, 404, 413, 422: throw Refusal(status: response.status)
    case 409, 410:
      throw Refusal(
        status: response.status, headers: ["Content-Type": "application/json"],
        body: response.body)
    default: throw .unavailable
    }
  }

  /// Reads what a peer answered; 503 for what cannot be read.
  func ask<Answer: Decodable>(
    _ type: Answer.Type, _ peer: FederatedPeer, _ call: FederatedCall,
    within timeout: Duration = Federation.timeout
  ) async throws(Refusal) -> Answer {
    let body = try await ask(peer, call, within: timeout)
    do { return try JSONText.decode(type, from: body) } catch { throw .unavailable }
  }
}

/// When the other relays were last asked who is registered there.
final class PeerContacts: Sendable {
  private static let interval: Duration = .seconds(60)
  private let next = Mutex(Duration.zero)

  /// Whether it is time to ask again; whoever hears yes does it.
  func isDue(at now: Duration) -> Bool {
    next.withLock { next in
      guard now >= next else { return false }
      next = now + PeerContacts.interval
      return true
    }
  }
}
