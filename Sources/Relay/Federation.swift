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
  ) async throws(RelayRefusal) -> [UInt8] {
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
    case 403, 404, 413, 422: throw RelayRefusal(status: response.status)
    case 409, 410:
      throw RelayRefusal(
        status: response.status, headers: ["Content-Type": "application/json"],
        body: response.body)
    default: throw .unavailable
    }
  }

  /// Reads what a peer answered; 503 for what cannot be read.
  func ask<Answer: Decodable>(
    _ type: Answer.Type, _ peer: FederatedPeer, _ call: FederatedCall,
    within timeout: Duration = Federation.timeout
  ) async throws(RelayRefusal) -> Answer {
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

/// Another relay whose people can be written to from this one, and whose people write here.
public struct FederatedPeer: Sendable {
  /// What we call it, and what it calls itself when it asks: letters, digits, `.`, `-` and `_`.
  public let name: String
  /// `https://…` without a final slash; `http://` for loopback addresses alone.
  public let url: String
  /// What both sides show each other.
  public let token: Secret
  /// A file of PEM certificates trusted for it besides those of the system.
  public let certificateAuthorityFile: String?

  /// Names a peer; the text of a list of them is read by `list`.
  public init(name: String, url: String, token: Secret, certificateAuthorityFile: String? = nil) {
    self.name = name
    self.url = url.hasSuffix("/") ? String(url.dropLast()) : url
    self.token = token
    self.certificateAuthorityFile = certificateAuthorityFile
  }

  /// Reads a list of peers, one a line as `name URL token [CA-file]`; lines that begin with `#` and
  /// empty ones are passed over. Throws `.badPeers` with the number of the line that is no peer.
  public static func list(_ text: String) throws(RelayError) -> [FederatedPeer] {
    var peers: [FederatedPeer] = []
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      let words = line.split { $0 == " " || $0 == "\t" || $0 == "\r" }.map(String.init)
      guard let name = words.first, !name.hasPrefix("#") else { continue }
      guard 3...4 ~= words.count, isName(name), !peers.contains(where: { $0.name == name }),
        words[1].hasPrefix("https://") || words[1].hasPrefix("http://"),
        16...256 ~= words[2].utf8.count, !words[2].contains(":")
      else { throw .badPeers(line: index + 1) }
      peers.append(
        FederatedPeer(
          name: name, url: words[1], token: Secret(words[2]),
          certificateAuthorityFile: words.count == 4 ? words[3] : nil))
    }
    return peers
  }

  /// Whether `text` can be a relay's name.
  public static func isName(_ text: String) -> Bool {
    1...64 ~= text.utf8.count
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
          UInt8(ascii: "_"):
          true
        default: false
        }
      }
  }
}
