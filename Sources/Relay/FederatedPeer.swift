import Cryptography

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
